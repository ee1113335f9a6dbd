import type { Sample } from './sample.ts'
import { checksText, deploymentText, fileText, namespaceText, workload } from './write.ts'

const DNS_PORTS = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
] as const
const KUBE_DNS = fileText(
  namespaceText('kube-system'),
  deploymentText('kube-system', 'kube-dns', DNS_PORTS, { 'k8s-app': 'kube-dns' }),
)

const ALLOW_DNS = `# Nothing may leave …
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny-egress
  namespace: apps
spec:
  podSelector: {}
  policyTypes:
    - Egress
---
# … but every pod may ask for names. Without this, "it can't connect" mostly means "it can't resolve".
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-dns
  namespace: apps
spec:
  podSelector: {}
  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector: # no dash here: *these* pods in *that* namespace
            matchLabels:
              k8s-app: kube-dns
      ports: # both: long answers come over TCP
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`

const RESTRICT_EGRESS = `# The app may only talk to addresses of the company's network.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: restrict-egress
  namespace: apps
spec:
  podSelector:
    matchLabels:
      app: app
  policyTypes:
    - Egress
  egress:
    - to:
        - ipBlock:
            cidr: 10.0.0.0/16 # 10.0.0.0 to 10.0.255.255
`

/** Where pods may go: DNS, and an IP block. */
export const egress: readonly Sample[] = [
  {
    id: 'allow-dns',
    name: 'Allow DNS',
    about: 'Default deny for egress, with the one hole that every namespace needs.',
    hint: 'Draw a line from app to db, as the next thing that app needs.',
    files: [
      { path: 'policies.yaml', text: ALLOW_DNS },
      {
        path: 'workloads.yaml',
        text: fileText(
          namespaceText('apps'),
          deploymentText('apps', 'app'),
          deploymentText('apps', 'db', [{ name: 'postgres', port: 5432 }]),
          KUBE_DNS,
        ),
      },
      {
        path: 'checks.yaml',
        text: checksText([
          {
            name: 'app finds names',
            from: workload('apps', 'app'),
            to: workload('kube-system', 'kube-dns'),
            ports: 'TCP/53, UDP/53',
            expect: 'allowed',
          },
          {
            name: 'app sends nothing else',
            from: workload('apps', 'app'),
            to: workload('apps', 'db'),
            ports: 'TCP/5432',
            expect: 'denied',
          },
          {
            name: 'app does not call the internet',
            from: workload('apps', 'app'),
            to: '{ internet: true }',
            ports: 'TCP/443',
            expect: 'denied',
          },
        ]),
      },
    ],
  },
  {
    id: 'restrict-egress',
    name: 'Restrict egress to an IP block',
    about: 'What leaves may only go to 10.0.0.0/16.',
    hint: 'Add an `except` for 10.0.1.0/24 below the `cidr`, and watch the line to it.',
    files: [
      { path: 'policies.yaml', text: RESTRICT_EGRESS },
      {
        path: 'workloads.yaml',
        text: fileText(namespaceText('apps'), deploymentText('apps', 'app'), deploymentText('apps', 'other')),
      },
      {
        path: 'checks.yaml',
        text: checksText([
          {
            name: 'app reaches the company',
            from: workload('apps', 'app'),
            to: '{ cidr: 10.0.0.0/16 }',
            expect: 'allowed',
          },
          {
            name: 'app reaches the database host',
            from: workload('apps', 'app'),
            to: '{ cidr: 10.0.1.0/24 }',
            ports: 'TCP/5432',
            expect: 'allowed',
          },
          {
            name: 'app stays off the internet',
            from: workload('apps', 'app'),
            to: '{ internet: true }',
            expect: 'denied',
          },
          {
            name: 'other is free',
            from: workload('apps', 'other'),
            to: '{ internet: true }',
            ports: 'TCP/443',
            expect: 'allowed',
          },
        ]),
      },
    ],
  },
]
