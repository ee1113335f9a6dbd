import type { RuleText, PortText } from '#core/kinds/networkPolicyText.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { DnsPlace } from '#core/profiles/profile.ts'
import { KUBE_DNS, STANDARD_DNS } from '#core/profiles/fact.ts'
import { profileOf } from '#core/profiles/index.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Cluster, Pod, Service, ServicePort } from '#core/model/cluster.ts'
import { type Labels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { NO_PORTS, portRange, type PortSet, type Protocol, unitePorts } from '#core/model/ports.ts'

/** What egress needs so that names resolve; `assumed` where no DNS Service is loaded to tell. */
export interface Dns {
  readonly rules: readonly RuleText[]
  readonly assumed: boolean
}

/** Node-local DNS answers on this address by convention; it is no pod's (semantics.md A.13). */
export const NODE_LOCAL = '169.254.20.10/32'

/** The DNS pods as they are taken to be where none are loaded: where they are, their labels, and their UDP ports. */
export interface AssumedDns {
  readonly namespace: string
  readonly labels: Labels
  readonly ports: readonly number[]
}

/** The DNS pods to reckon with where none are loaded: those of the DNS Service, else those that the profile tells of (design.md 8). */
export function assumedDns({ cluster, settings }: Known): AssumedDns {
  const service = cluster.services.filter(isDns).toSorted((a, b) => rank(a) - rank(b))[0]
  const assumed = assumedPods(settings)
  const targets = service?.ports.flatMap(({ port, protocol, targetPort }) =>
    port === 53 && protocol === 'UDP' && typeof targetPort === 'number' ? [targetPort] : [],
  )
  return {
    namespace: service?.namespace ?? assumed.namespace,
    labels: service?.selector ?? assumed.labels,
    ports: targets && targets.length > 0 ? targets : [service ? 53 : assumed.port],
  }
}

/** What says where names are resolved: the loaded objects, and the CNI of the settings. */
type Known = Pick<Evaluation, 'cluster' | 'settings'>

/**
 * UDP and TCP to the DNS pods, on the ports that they listen on: a rule is about targetPorts (semantics.md A.13, F.1.6). Where no
 * DNS Service is loaded, and for addresses that are no pod's, the profile tells.
 */
export function dnsOf({ cluster, settings }: Known): Dns {
  const service = cluster.services.filter(isDns).toSorted((a, b) => rank(a) - rank(b))[0]
  const assumed = assumedPods(settings)
  const labels = service?.selector ?? assumed.labels
  const peer = {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: service?.namespace ?? assumed.namespace } },
    ...(Object.keys(labels).length > 0 && { podSelector: { matchLabels: labels } }),
  }
  const ports = service
    ? service.ports.filter(({ port }) => port === 53).map((port) => targetOf(cluster, service, port))
    : []
  const rule: RuleText = { peers: [peer], ports: ports.length > 0 ? ports : bothOn(service ? 53 : assumed.port) }
  return { rules: [rule, ...addressRules({ cluster, settings })], assumed: !service }
}

// Neither a node-local cache nor a cloud's resolver is a pod: only blocks hold them (semantics.md A.13).
function addressRules({ cluster, settings }: Known): readonly RuleText[] {
  return placesOf(settings).flatMap((place) => {
    if (place.type !== 'address') return []
    const isThere = place.workload === undefined || cluster.workloads.some(({ name }) => name === place.workload)
    return isThere ? [{ peers: [{ ipBlock: { cidr: place.cidr } }], ports: bothOn(place.port) }] : []
  })
}

function assumedPods(settings: Settings): Extract<DnsPlace, { type: 'pods' }> {
  return placesOf(settings).find((place) => place.type === 'pods') ?? KUBE_DNS
}

function placesOf({ profile }: Settings): readonly DnsPlace[] {
  return (profileOf(profile.id)?.dns ?? STANDARD_DNS).map(({ value }) => value)
}

function bothOn(port: number): readonly PortText[] {
  return [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ]
}

/** Who answers DNS. */
export interface DnsPods {
  readonly ids: ReadonlySet<string>
  /** UDP alone: without it nothing resolves. */
  readonly ports: PortSet
  /** TCP as well: long answers. */
  readonly all: PortSet
}

/** The workloads that answer DNS, by id, and the ports on which they do. */
export function dnsPods({ cluster, settings }: Known): DnsPods {
  const service = cluster.services.filter(isDns).toSorted((a, b) => rank(a) - rank(b))[0]
  const assumed = assumedPods(settings)
  const home = service?.namespace ?? assumed.namespace
  const workloads = cluster.workloads.filter(({ namespace, pods }) => {
    return namespace === home && pods.some((pod) => isBehind(pod, service?.selector ?? assumed.labels))
  })
  const standard = bothOn(assumed.port)
  const targets = service ? service.ports.map((port) => targetOf(cluster, service, port)) : standard
  const ports = setOf('UDP', targets)
  const long = service ? targets.filter((_, i) => service.ports[i]?.port === 53) : standard
  return { ids: new Set(workloads.map(({ id }) => id)), ports, all: unitePorts(ports, setOf('TCP', long)) }
}

function setOf(protocol: Protocol, all: readonly PortText[]): PortSet {
  return all
    .map(({ port }) => (typeof port === 'number' ? portRange(protocol, port, port) : NO_PORTS))
    .reduce(unitePorts, NO_PORTS)
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
  const behind = pods.filter((pod) => isBehind(pod, service.selector ?? {}))
  const numbers = behind.flatMap(({ ports }) =>
    ports.filter(({ name, protocol: own }) => name === targetPort && own === protocol).map(({ port }) => port),
  )
  const [only, ...others] = new Set(numbers)
  return { protocol, port: only !== undefined && others.length === 0 ? only : targetPort }
}

function isBehind({ labels: { labels } }: Pod, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}
