import type { Sample } from './sample.ts'
import { checksText, deploymentText, fileText, namespaceText, workload } from './write.ts'

const HTTP = [{ name: 'http', port: 80 }]

const THREE_NAMESPACES = `# Only ns3 may reach ns1, and only on port 80.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: only-from-ns3
  namespace: ns1 # a policy selects pods of its own namespace, and of no other
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ns3 # the label that every namespace has by itself
      ports:
        - protocol: TCP
          port: 80
`

const FRONTEND_BACKEND = `# In production, the backend is called by the frontend on 8080 and by nobody else.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: backend-from-frontend
  namespace: production
spec:
  podSelector:
    matchLabels:
      app: backend # whom it protects
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: frontend # pods of production; those of staging carry this label, too, and stay out
      ports:
        - protocol: TCP
          port: 8080
`

const MONITORING = `# Every pod of apps may be scraped from the namespace monitoring, and from nowhere else.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-monitoring
  namespace: apps
spec:
  podSelector: {}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector: # all pods of the namespaces that match: prometheus, and whatever else runs there
            matchLabels:
              kubernetes.io/metadata.name: monitoring
      ports:
        - protocol: TCP
          port: metrics # by name: each pod's own port that is called so
`

/** Who may come in: by namespace, by pod, by port name. */
export const ingress: readonly Sample[] = [
  {
    id: 'three-namespaces',
    name: 'Three namespaces',
    about: 'ns1, ns2 and ns3: only ns3 may reach ns1, on port 80.',
    hint: 'Click the red line from ns2: the inspector says what its namespace would need.',
    files: [
      { path: 'policies.yaml', text: THREE_NAMESPACES },
      {
        path: 'workloads.yaml',
        text: fileText(
          ...['ns1', 'ns2', 'ns3'].flatMap((name) => [namespaceText(name), deploymentText(name, 'app', HTTP)]),
        ),
      },
      {
        path: 'checks.yaml',
        text: checksText([
          {
            name: 'ns3 reaches ns1',
            from: workload('ns3', 'app'),
            to: workload('ns1', 'app'),
            ports: 'TCP/80',
            expect: 'allowed',
          },
          {
            name: 'ns3 on another port',
            from: workload('ns3', 'app'),
            to: workload('ns1', 'app'),
            ports: 'TCP/443',
            expect: 'denied',
          },
          {
            name: 'ns2 stays out',
            from: workload('ns2', 'app'),
            to: workload('ns1', 'app'),
            ports: 'TCP/80',
            expect: 'denied',
          },
          {
            name: 'ns1 reaches ns2',
            from: workload('ns1', 'app'),
            to: workload('ns2', 'app'),
            ports: 'TCP/80',
            expect: 'allowed',
          },
        ]),
      },
    ],
  },
  {
    id: 'frontend-backend',
    name: 'Backend from frontend',
    about: 'In production the backend takes calls from the frontend on 8080, not from staging’s frontend.',
    hint: 'Two frontends carry the same label. Click their lines to see why only one gets through.',
    files: [
      { path: 'policies.yaml', text: FRONTEND_BACKEND },
      {
        path: 'workloads.yaml',
        text: fileText(
          namespaceText('production'),
          deploymentText('production', 'frontend', HTTP),
          deploymentText('production', 'backend', [{ name: 'http', port: 8080 }]),
          deploymentText('production', 'batch'),
          namespaceText('staging'),
          deploymentText('staging', 'frontend', HTTP),
        ),
      },
      {
        path: 'checks.yaml',
        text: checksText([
          {
            name: 'frontend calls backend',
            from: workload('production', 'frontend'),
            to: workload('production', 'backend'),
            ports: 'TCP/8080',
            expect: 'allowed',
          },
          {
            name: 'batch does not',
            from: workload('production', 'batch'),
            to: workload('production', 'backend'),
            ports: 'TCP/8080',
            expect: 'denied',
          },
          {
            name: 'staging does not',
            from: workload('staging', 'frontend'),
            to: workload('production', 'backend'),
            ports: 'TCP/8080',
            expect: 'denied',
          },
          {
            name: 'anyone sees the frontend',
            from: '{ internet: true }',
            to: workload('production', 'frontend'),
            ports: 'TCP/80',
            expect: 'allowed',
          },
        ]),
      },
    ],
  },
  {
    id: 'allow-monitoring',
    name: 'Allow monitoring',
    about: 'Pods may be scraped from one namespace, on the port that each of them calls metrics.',
    hint: 'api and worker listen on different ports, and one rule covers both: look at its `port`.',
    files: [
      { path: 'policies.yaml', text: MONITORING },
      {
        path: 'workloads.yaml',
        text: fileText(
          namespaceText('apps'),
          deploymentText('apps', 'api', [
            { name: 'http', port: 8080 },
            { name: 'metrics', port: 9100 },
          ]),
          deploymentText('apps', 'worker', [{ name: 'metrics', port: 9200 }]),
          namespaceText('monitoring'),
          deploymentText('monitoring', 'prometheus', [{ name: 'http', port: 9090 }]),
        ),
      },
      {
        path: 'checks.yaml',
        text: checksText([
          {
            name: 'api is scraped',
            from: workload('monitoring', 'prometheus'),
            to: workload('apps', 'api'),
            ports: 'TCP/9100',
            expect: 'allowed',
          },
          {
            name: 'worker is scraped',
            from: workload('monitoring', 'prometheus'),
            to: workload('apps', 'worker'),
            ports: 'TCP/metrics',
            expect: 'allowed',
          },
          {
            name: 'monitoring gets metrics only',
            from: workload('monitoring', 'prometheus'),
            to: workload('apps', 'api'),
            ports: 'TCP/8080',
            expect: 'denied',
          },
          {
            name: 'apps do not scrape each other',
            from: workload('apps', 'worker'),
            to: workload('apps', 'api'),
            ports: 'TCP/9100',
            expect: 'denied',
          },
        ]),
      },
    ],
  },
]
