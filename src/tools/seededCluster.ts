/** A file of a made-up cluster. */
export interface SeededFile {
  readonly path: string
  readonly text: string
  readonly counts: boolean
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const PER_NAMESPACE = 20

/**
 * A cluster as teams build them: namespaces of some twenty workloads with Services, default deny and DNS in each,
 * and per workload an ingress rule for its callers, most with the egress rule to go with it. One file per namespace.
 */
export function seededCluster(workloads: number, seed = 1): readonly SeededFile[] {
  const random = seeded(seed)
  const count = Math.ceil(workloads / PER_NAMESPACE)
  const names = Array.from({ length: workloads }, (_, i) => ({
    namespace: `team-${i % count}`,
    app: `app-${i}`,
    port: 8000 + (i % 90),
  }))
  return Array.from({ length: count }, (_, i) => {
    const namespace = `team-${i}`
    const own = names.filter((name) => name.namespace === namespace)
    const documents = [
      namespaceText(namespace, i),
      ...baseline(namespace),
      ...own.flatMap((name) => team(name, names, random)),
    ]
    return { path: `${namespace}.yaml`, text: documents.join('---\n'), counts: true }
  })
}

interface Name {
  readonly namespace: string
  readonly app: string
  readonly port: number
}

function team(name: Name, all: readonly Name[], random: () => number): string[] {
  const callers = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(all, name, random))
  const block = random() < 0.1 ? [egressToBlock(name, random)] : []
  return [
    deployment(name),
    service(name),
    ingress(name, callers),
    ...callers.flatMap((caller) => (random() < 0.8 ? [egress(caller, name)] : [])),
    ...block,
  ]
}

function pick(all: readonly Name[], near: Name, random: () => number): Name {
  const pool = random() < 0.75 ? all.filter((name) => name.namespace === near.namespace) : all
  return pool[Math.floor(random() * pool.length)] ?? near
}

function namespaceText(name: string, i: number): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n    team: t${i}\n    env: ${i % 3 === 0 ? 'prod' : 'dev'}\n`
}

function deployment({ namespace, app, port }: Name): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${app}
  namespace: ${namespace}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${app}
  template:
    metadata:
      labels:
        app: ${app}
        tier: ${port % 2 === 0 ? 'backend' : 'frontend'}
    spec:
      containers:
        - name: main
          image: registry.example/${app}:1.2.3
          ports:
            - name: http
              containerPort: ${port}
          resources:
            requests: { cpu: 100m, memory: 128Mi }
`
}

function service({ namespace, app, port }: Name): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${app}
  namespace: ${namespace}
spec:
  selector:
    app: ${app}
  ports:
    - port: 80
      targetPort: ${port}
`
}

function baseline(namespace: string): string[] {
  const denyAll = policy(namespace, 'default-deny', '{}') + '  policyTypes: [Ingress, Egress]\n'
  const dns = `${policy(namespace, 'allow-dns', '{}')}  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - { protocol: UDP, port: 53 }
        - { protocol: TCP, port: 53 }
`
  return [denyAll, dns]
}

function ingress({ namespace, app, port }: Name, callers: readonly Name[]): string {
  return `${policy(namespace, `${app}-ingress`, `{ matchLabels: { app: ${app} } }`)}  policyTypes: [Ingress]
  ingress:
    - from:
${callers.map(peer).join('')}      ports:
        - protocol: TCP
          port: ${port}
`
}

function egress(from: Name, to: Name): string {
  return `${policy(from.namespace, `${from.app}-to-${to.app}`, `{ matchLabels: { app: ${from.app} } }`)}  policyTypes: [Egress]
  egress:
    - to:
${peer(to)}      ports:
        - protocol: TCP
          port: ${to.port}
`
}

function egressToBlock(name: Name, random: () => number): string {
  return `${policy(name.namespace, `${name.app}-out`, `{ matchLabels: { app: ${name.app} } }`)}  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 203.${Math.floor(random() * 4)}.113.0/24
      ports:
        - protocol: TCP
          port: 443
`
}

function peer({ namespace, app }: Name): string {
  return `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${namespace}
          podSelector:
            matchLabels:
              app: ${app}
`
}

function policy(namespace: string, name: string, selector: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector: ${selector}
`
}

/** One List as `kubectl get pods,networkpolicies -A -o yaml` writes it, grown with pods until it has so many bytes. */
export function seededDump(bytes: number, seed = 1): SeededFile {
  const random = seeded(seed)
  const items: string[] = []
  for (let size = 0, i = 0; size < bytes; i++) {
    const item = i % 12 === 0 ? policyItem(i) : podItem(i, random)
    items.push(item)
    size += item.length
  }
  return {
    path: 'dump.yaml',
    text: `apiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`,
    counts: true,
  }
}

function policyItem(i: number): string {
  const text = ingress({ namespace: `team-${i % 40}`, app: `app-${i % 300}`, port: 8080 }, [
    { namespace: `team-${i % 40}`, app: `app-${(i + 40) % 300}`, port: 80 },
  ])
  return asItem(text.replace(`-ingress`, `-ingress-${i}`))
}

function podItem(i: number, random: () => number): string {
  const app = `app-${i % 300}`
  const hash = Math.floor(random() * 16 ** 8)
    .toString(16)
    .padStart(8, '0')
  return asItem(`apiVersion: v1
kind: Pod
metadata:
  annotations:
    checksum/config: ${hash.repeat(8)}
    prometheus.io/scrape: "true"
  creationTimestamp: "2026-01-01T00:00:00Z"
  generateName: ${app}-${hash}-
  labels:
    app: ${app}
    pod-template-hash: ${hash}
  name: ${app}-${hash}-${i}
  namespace: team-${i % 40}
  ownerReferences:
  - apiVersion: apps/v1
    blockOwnerDeletion: true
    controller: true
    kind: ReplicaSet
    name: ${app}-${hash}
    uid: ${hash}-0000-4000-8000-${hash}0000
  resourceVersion: "${100000 + i}"
spec:
  containers:
  - env:
${Array.from({ length: 12 }, (_, n) => `    - name: SETTING_${n}\n      value: "value-${n}-${hash}"\n`).join('')}    image: registry.example/${app}:1.2.3
    imagePullPolicy: IfNotPresent
    name: main
    ports:
    - containerPort: 8080
      name: http
      protocol: TCP
    resources:
      limits:
        cpu: 500m
        memory: 256Mi
    terminationMessagePath: /dev/termination-log
    terminationMessagePolicy: File
    volumeMounts:
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access
      readOnly: true
  dnsPolicy: ClusterFirst
  nodeName: node-${i % 60}
  restartPolicy: Always
  schedulerName: default-scheduler
  tolerations:
  - effect: NoExecute
    key: node.kubernetes.io/not-ready
    operator: Exists
    tolerationSeconds: 300
status:
  conditions:
  - lastProbeTime: null
    lastTransitionTime: "2026-01-01T00:00:00Z"
    status: "True"
    type: Ready
  containerStatuses:
  - containerID: containerd://${hash.repeat(8)}
    image: registry.example/${app}:1.2.3
    name: main
    ready: true
    restartCount: 0
    started: true
  hostIP: 192.168.1.${i % 60}
  phase: Running
  podIP: 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}
  podIPs:
  - ip: 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}
`)
}

function asItem(text: string): string {
  const [first = '', ...lines] = text.trimEnd().split('\n')
  return [`- ${first}`, ...lines.map((line) => `  ${line}`), ''].join('\n')
}
