import type { RuleText, PortText } from '#core/kinds/networkPolicyText.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Cluster, Service, ServicePort } from '#core/model/cluster.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'

/** What egress needs so that names resolve; `assumed` where no DNS Service is loaded to tell. */
export interface Dns {
  readonly rules: readonly RuleText[]
  readonly assumed: boolean
}

// Node-local DNS answers on this address by convention; it is no pod's (semantics.md A.13).
const NODE_LOCAL = '169.254.20.10/32'
const STANDARD: readonly PortText[] = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
]

/** UDP and TCP to the DNS pods, on the ports that they listen on: a rule is about targetPorts (semantics.md A.13, F.1.6). */
export function dnsOf({ cluster }: Pick<Evaluation, 'cluster'>): Dns {
  const service = cluster.services.filter(isDns).toSorted((a, b) => rank(a) - rank(b))[0]
  const peer = {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: service?.namespace ?? 'kube-system' } },
    podSelector: { matchLabels: service?.selector ?? { 'k8s-app': 'kube-dns' } },
  }
  const ports = service
    ? service.ports.filter(({ port }) => port === 53).map((port) => targetOf(cluster, service, port))
    : []
  const rule: RuleText = { peers: [peer], ports: ports.length > 0 ? ports : STANDARD }
  const hasLocal = cluster.workloads.some(({ name }) => name === 'node-local-dns')
  const local: RuleText = { peers: [{ ipBlock: { cidr: NODE_LOCAL } }], ports: STANDARD }
  return { rules: hasLocal ? [rule, local] : [rule], assumed: !service }
}

/** Is it the cluster's DNS, under one of the names that distributions give it? */
function isDns({ name, namespace, selector, ports }: Service): boolean {
  const isNamed = /^(kube-dns|coredns|.*-coredns|dns-default)$/.test(name)
  const isSystem = namespace === 'kube-system' || namespace === 'openshift-dns'
  return isNamed && isSystem && selector !== undefined && ports.some(({ port }) => port === 53)
}

function rank({ name }: Service): number {
  return name === 'kube-dns' ? 0 : 1
}

// A number where the loaded pods agree on one: names need every pod to declare them.
function targetOf({ workloads }: Cluster, service: Service, { protocol, targetPort }: ServicePort): PortText {
  if (typeof targetPort === 'number') return { protocol, port: targetPort }
  const pods = workloads.filter(({ namespace }) => namespace === service.namespace).flatMap((workload) => workload.pods)
  const behind = pods.filter(({ labels }) =>
    Object.entries(service.selector ?? {}).every(([key, value]) => labels.labels[key] === value),
  )
  const numbers = behind.flatMap(({ ports }) =>
    ports.filter(({ name, protocol: own }) => name === targetPort && own === protocol).map(({ port }) => port),
  )
  const [only, ...others] = new Set(numbers)
  return { protocol, port: only !== undefined && others.length === 0 ? only : targetPort }
}
