/** The cluster of semantics.md G, with nodes: web and b/hn run on n1, the others on n2. */
export const CLUSTER = `
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Namespace, metadata: { name: a, labels: { team: x } } }
  - { apiVersion: v1, kind: Namespace, metadata: { name: b, labels: { team: 'y' } } }
  - { apiVersion: v1, kind: Node, metadata: { name: n1 }, status: { addresses: [{ type: InternalIP, address: 192.168.0.1 }] } }
  - { apiVersion: v1, kind: Node, metadata: { name: n2 }, status: { addresses: [{ type: InternalIP, address: 192.168.0.2 }] } }
  - apiVersion: v1
    kind: Pod
    metadata: { name: web, namespace: a, labels: { app: web } }
    spec: { nodeName: n1, containers: [{ name: c, image: i, ports: [{ name: http, containerPort: 8080 }] }] }
    status: { podIP: 10.0.1.1 }
  - apiVersion: v1
    kind: Pod
    metadata: { name: db, namespace: a, labels: { app: db } }
    spec: { nodeName: n2, containers: [{ name: c, image: i, ports: [{ containerPort: 5432 }] }] }
    status: { podIP: 10.0.1.2 }
  - apiVersion: v1
    kind: Pod
    metadata: { name: bare, namespace: a }
    spec: { nodeName: n2, containers: [{ name: c, image: i }] }
    status: { podIP: 10.0.1.3 }
  - apiVersion: v1
    kind: Pod
    metadata: { name: cli, namespace: b, labels: { app: cli } }
    spec: { nodeName: n2, containers: [{ name: c, image: i }] }
    status: { podIP: 10.0.2.1 }
  - apiVersion: v1
    kind: Pod
    metadata: { name: hn, namespace: b, labels: { app: hn } }
    spec: { nodeName: n1, hostNetwork: true, containers: [{ name: c, image: i }] }
    status: { podIP: 192.168.0.1 }
  - apiVersion: v1
    kind: Pod
    metadata: { name: dual, namespace: a, labels: { app: dual } }
    spec: { nodeName: n2, containers: [{ name: c, image: i }] }
    status: { podIP: 10.0.1.4, podIPs: [{ ip: 10.0.1.4 }, { ip: 'fd00::4' }] }
`
