import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { ipBlock, type IpSet, NO_IPS, parseCidr, parseIp, uniteIps } from '#core/model/cidr.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { type KnownLabels, matches, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { PodMatcher } from '#core/model/rule.ts'
import { and, type Truth } from '#core/model/truth.ts'
import { blocksOf, workloadsOf } from './peers.ts'

/** Who is to be left out of a rule's peers: by what selectors see of it, and by what blocks do. */
export interface Outcast {
  readonly end: End
  /** Its running pods; none for an end outside. */
  readonly pods: readonly Pod[]
  /** The addresses that leave it out of a block; undefined where nothing tells them. */
  readonly ips: IpSet | undefined
}

/** The end as selectors and blocks see it; the ingress controller is a pod like others where the settings place it. */
export function outcastOf(evaluation: Evaluation, end: End): Outcast {
  const pods = podsOf(evaluation, end)
  const blocks = blocksOf(evaluation, end).map(({ cidr, except = [] }) => ipBlock(cidr, except))
  if (blocks.length > 0) return { end, pods, ips: blocks.reduce(uniteIps) }
  return { end, pods, ips: pods.length > 0 ? addressesOf(evaluation, pods) : NO_IPS }
}

/** Does a selector peer take in the pod? Finished and hostNetwork pods are never peers (semantics.md A.10, A.11). */
export function takesIn({ namespaces }: Evaluation, { namespaces: where, pods }: PodMatcher, pod: Pod): Truth {
  if (pod.finished || pod.hostNetwork) return 'no'
  if (where.type === 'name' && where.name !== pod.namespace) return 'no'
  const home = namespaces.get(pod.namespace) ?? { labels: { [NAMESPACE_NAME_LABEL]: pod.namespace }, unknown: 'all' }
  return and(where.type === 'name' ? 'yes' : matches(where.selector, home), matches(pods, pod.labels))
}

/** Where the pods are that a block may hold: their own addresses, or all that pods may have. */
export function mayBeAt({ podAddresses }: Evaluation, pods: readonly Pod[]): IpSet {
  const known = pods.flatMap(({ ips }) => ips).reduce((set, ip) => uniteIps(set, parseCidr(ip) ?? NO_IPS), NO_IPS)
  const isUnknown = pods.some(({ ips }) => ips.length === 0)
  return isUnknown && podAddresses !== 'none' ? uniteIps(known, podAddresses) : known
}

function podsOf(evaluation: Evaluation, end: End): readonly Pod[] {
  if ('ingressController' in end) return controllerPods(evaluation)
  if ('host' in end) return podsAt(evaluation, end.host)
  return workloadsOf(evaluation, end).flatMap(({ pods }) => pods.filter(({ finished }) => !finished))
}

function controllerPods({ settings }: Evaluation): readonly Pod[] {
  const place = settings.ingressController
  if (place === 'unknown') return []
  const labels: KnownLabels = { labels: place.labels, unknown: [] }
  const flags = { hostNetwork: false, finished: false, count: 1 }
  return [{ name: 'ingress-controller', namespace: place.namespace, labels, ports: [], ips: [], ...flags }]
}

// A host that has the address of a pod is that pod.
function podsAt({ cluster }: Evaluation, host: string): readonly Pod[] {
  const same = (ip: string): boolean => parseIp(ip)?.value === parseIp(host)?.value
  return cluster.workloads.flatMap(({ pods }) => pods.filter((pod) => !pod.finished && pod.ips.some(same)))
}

// Its own addresses, or the pods' range where the settings tell a narrower one than all.
function addressesOf({ settings }: Evaluation, pods: readonly Pod[]): IpSet | undefined {
  if (pods.every(({ ips }) => ips.length > 0))
    return pods.flatMap(({ ips }) => ips).reduce((set, ip) => uniteIps(set, parseCidr(ip) ?? NO_IPS), NO_IPS)
  const { podCidrs } = settings
  if (podCidrs === 'none') return NO_IPS
  const isTold = podCidrs.every((cidr) => !cidr.endsWith('/0')) && pods.every(({ hostNetwork }) => !hostNetwork)
  return isTold ? podCidrs.map((cidr) => parseCidr(cidr) ?? NO_IPS).reduce(uniteIps, NO_IPS) : undefined
}
