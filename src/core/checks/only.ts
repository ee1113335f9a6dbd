import { type Evaluation, namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { EVERY_IP, PUBLIC_IPS } from '#core/evaluate/addresses.ts'
import { coversIps, ipBlock, type IpSet, NO_IPS, parseCidr, uniteIps } from '#core/model/cidr.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { endOf, workloadsOf } from './ends.ts'
import { futureOf } from './future.ts'
import { holdsClosed } from './outcome.ts'

/** Somebody who is not in the list of a check and is not surely kept out. */
export interface Other {
  /** For people: `shop/api`, `the internet`, `a new pod in shop`. */
  readonly who: string
  readonly from: End
  readonly outcome: 'broken' | 'undetermined'
  readonly verdict: Verdict
}

/** Who alone may reach which ports of whom. */
interface Question {
  readonly to: End
  readonly only: readonly End[]
  readonly asked: PortSet
}

interface Asker {
  readonly who: string
  readonly from: End
}

/**
 * Those who are not in the list and get to an asked port, or may: workloads of the cluster (also `to` itself), blocks that
 * policies name, the internet, anywhere, and pods that do not exist yet, without labels, in each namespace and in a new one
 * (design.md 9). Pods in the network of their nodes are nodes, which no policy keeps from their own pods: they are not asked.
 */
export function othersOf(evaluation: Evaluation, question: Question): readonly Other[] {
  const { to, asked, only } = question
  const found = [...insiders(evaluation, only), ...outsiders(evaluation, only)].flatMap((asker) =>
    otherOf(asker, verdictOf(evaluation, asker.from, to), asked),
  )
  const all = [...found, ...strangers(evaluation, question)]
  return all.toSorted((a, b) => Number(a.outcome !== 'broken') - Number(b.outcome !== 'broken'))
}

function otherOf(asker: Asker, verdict: Verdict | undefined, asked: PortSet): readonly Other[] {
  const outcome = verdict && holdsClosed(verdict, asked)
  return verdict && (outcome === 'broken' || outcome === 'undetermined') ? [{ ...asker, outcome, verdict }] : []
}

function insiders(evaluation: Evaluation, only: readonly End[]): readonly Asker[] {
  const listed = new Set(only.map(endId))
  const addresses = addressesOf(only)
  const isListed = (workload: Workload): boolean =>
    ['any-namespace', workload.namespace, workload.id].some((id) => listed.has(id)) ||
    (listed.has('ingress-controller') && isController(evaluation, workload)) ||
    asking(workload).every((pod) => isWithin(pod, addresses))
  return evaluation.cluster.workloads
    .filter((workload) => !listed.has('anywhere') && !isListed(workload))
    .map((workload) => ({ who: endName(endOf(workload)), from: endOf(workload) }))
}

function asking({ pods }: Workload): readonly Pod[] {
  return pods.filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
}

function isController({ settings }: Evaluation, { namespace, pods }: Workload): boolean {
  const place = settings.ingressController
  if (place === 'unknown' || place.namespace !== namespace) return false
  const wanted = Object.entries(place.labels)
  return pods.every(({ labels: { labels } }) => wanted.every(([key, value]) => labels[key] === value))
}

function isWithin({ ips }: Pod, addresses: IpSet): boolean {
  return ips.length > 0 && ips.every((ip) => coversIps(addresses, parseCidr(ip) ?? EVERY_IP))
}

/** The addresses that the ends of a list are. */
function addressesOf(only: readonly End[]): IpSet {
  return only.map(addressesOfEnd).reduce(uniteIps, NO_IPS)
}

function addressesOfEnd(end: End): IpSet {
  if ('cidr' in end) return ipBlock(end.cidr, end.except ?? [])
  if ('host' in end) return parseCidr(end.host) ?? NO_IPS
  if ('internet' in end) return PUBLIC_IPS
  return 'anywhere' in end ? EVERY_IP : NO_IPS
}

// What is listed is cut out of the blocks; where nothing is left, there is nobody to ask.
function outsiders(evaluation: Evaluation, only: readonly End[]): readonly Asker[] {
  const addresses = addressesOf(only)
  const isLeft = (set: IpSet): boolean => !coversIps(addresses, set)
  const cidrs = only.flatMap((end) => ('cidr' in end && !end.except ? [end.cidr] : []))
  const blocks = namedBlocks(evaluation).flatMap((block) => {
    if (!('cidr' in block) || !isLeft(ipBlock(block.cidr, block.except ?? []))) return []
    return [{ who: endName(block), from: { cidr: block.cidr, except: [...(block.except ?? []), ...cidrs] } }]
  })
  const rest: readonly End[] = [
    ...(isLeft(usedFamilies(evaluation, PUBLIC_IPS)) ? [{ internet: true } as const] : []),
    ...(isLeft(usedFamilies(evaluation, EVERY_IP)) ? [{ anywhere: true } as const] : []),
  ]
  return [...blocks, ...rest.map((end) => ({ who: endName(end), from: end }))]
}

function usedFamilies({ usesV6 }: Evaluation, set: IpSet): IpSet {
  return usesV6 ? set : { v4: set.v4, v6: [] }
}

// Each workload alone: a pod that isn't there yet is nobody's destination.
function strangers(evaluation: Evaluation, { to, only, asked }: Question): readonly Other[] {
  const destinations = 'namespace' in to || 'anyNamespace' in to ? workloadsOf(evaluation, to) : []
  const future = futureOf(evaluation, destinations, only)
  const ends = destinations.length > 0 ? destinations.map(endOf) : [to]
  return future.pods.flatMap((asker) => {
    const met = ends.flatMap((end) => otherOf(asker, verdictOf(future.evaluation, asker.from, end), asked))
    return met.find(({ outcome }) => outcome === 'broken') ?? met[0] ?? []
  })
}
