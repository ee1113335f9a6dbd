import type { Sample } from './sample.ts'
import { checksText, deploymentText, fileText, type Line, namespaceText, workload } from './write.ts'

const HTTP = [{ name: 'http', port: 8080 }]
const WORKLOADS = fileText(
  namespaceText('team'),
  deploymentText('team', 'web', HTTP),
  deploymentText('team', 'worker', HTTP),
  namespaceText('other'),
  deploymentText('other', 'client', HTTP),
)

interface Expected {
  readonly inside: Line['expect']
  readonly incoming: Line['expect']
  readonly outgoing: Line['expect']
}

const [WEB, WORKER, CLIENT] = [workload('team', 'web'), workload('team', 'worker'), workload('other', 'client')]

function checks({ inside, incoming, outgoing }: Expected): string {
  return checksText([
    { name: 'within the namespace', from: WORKER, to: WEB, ports: 'TCP/8080', expect: inside },
    { name: 'from another namespace', from: CLIENT, to: WEB, ports: 'TCP/8080', expect: incoming },
    { name: 'to another namespace', from: WORKER, to: CLIENT, ports: 'TCP/8080', expect: outgoing },
  ])
}

const DENY_INGRESS = `# Default deny for ingress: nothing comes in, everything may still go out.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny-ingress
  namespace: team
spec:
  podSelector: {} # every pod of the namespace is selected, so every pod is isolated …
  policyTypes:
    - Ingress # … in this direction, and there is no rule that lets anyone in
`

const DENY_EGRESS = `# Default deny for egress: nothing goes out, not even a question to DNS. Others may still come in.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny-egress
  namespace: team
spec:
  podSelector: {}
  policyTypes:
    - Egress # without this line the policy would be about ingress: that is the default
`

const ALLOW_INGRESS = `# Allow all ingress. The pods count as isolated, but one rule lets everyone in.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-all-ingress
  namespace: team
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - {} # an empty rule: from anyone, on every port. \`ingress: []\` would be the opposite!
---
# It wins over this one: policies add up, and there is no way to take back what another policy allows.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny-ingress
  namespace: team
spec:
  podSelector: {}
  policyTypes:
    - Ingress
`

const ALLOW_EGRESS = `# Allow all egress, whatever other policies say about it.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-all-egress
  namespace: team
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - {} # to anyone, on every port
---
# Both halves must agree: web may be called by nobody, although everybody here may call.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web-ingress
  namespace: team
spec:
  podSelector:
    matchLabels: { app: web }
  policyTypes:
    - Ingress
`

/** Default deny and allow × ingress and egress. */
export const defaults: readonly Sample[] = [
  {
    id: 'default-deny-ingress',
    name: 'Default deny: ingress',
    about: 'One policy without rules closes every pod of a namespace for what comes in.',
    hint: 'Draw a line from worker to web: Drawbridge writes the policy that lets this one in.',
    files: [
      { path: 'policies.yaml', text: DENY_INGRESS },
      { path: 'workloads.yaml', text: WORKLOADS },
      { path: 'checks.yaml', text: checks({ inside: 'denied', incoming: 'denied', outgoing: 'allowed' }) },
    ],
  },
  {
    id: 'default-deny-egress',
    name: 'Default deny: egress',
    about: 'The same for what goes out, and why DNS is the first thing that breaks.',
    hint: 'Click a red line: its source may not send. Then look at what `policyTypes` says.',
    files: [
      { path: 'policies.yaml', text: DENY_EGRESS },
      { path: 'workloads.yaml', text: WORKLOADS },
      { path: 'checks.yaml', text: checks({ inside: 'denied', incoming: 'allowed', outgoing: 'denied' }) },
    ],
  },
  {
    id: 'allow-all-ingress',
    name: 'Allow all: ingress',
    about: 'An empty rule opens everything, even beside a default deny: policies only add.',
    hint: 'Replace `- {}` by `[]` behind `ingress:` and watch the lines.',
    files: [
      { path: 'policies.yaml', text: ALLOW_INGRESS },
      { path: 'workloads.yaml', text: WORKLOADS },
      { path: 'checks.yaml', text: checks({ inside: 'allowed', incoming: 'allowed', outgoing: 'allowed' }) },
    ],
  },
  {
    id: 'allow-all-egress',
    name: 'Allow all: egress',
    about: 'Everything may go out, and yet web gets nothing: both halves of a connection must agree.',
    hint: 'Click the line from worker to web: which of the two halves says no?',
    files: [
      { path: 'policies.yaml', text: ALLOW_EGRESS },
      { path: 'workloads.yaml', text: WORKLOADS },
      { path: 'checks.yaml', text: checks({ inside: 'denied', incoming: 'denied', outgoing: 'allowed' }) },
    ],
  },
]
