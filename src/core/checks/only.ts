import { EVERY_IP, PUBLIC_IPS } from '#core/evaluate/addresses.ts'
import type { Answer } from '#core/evaluate/answers.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { coversIps, ipBlock, type IpSet, isNoIps, NO_IPS, parseCidr, uniteIps } from '#core/model/cidr.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { PortSet } from '#core/model/ports.ts'
import {
  ANYWHERE,
  asking,
  askerAt,
  blocksOf,
  type Candidate,
  candidateOf,
  INTERNET,
  standOf,
  strangerOf,
} from './crowd.ts'
import { endOf, workloadsOf } from './ends.ts'
import { futureOf } from './future.ts'
import { holdsClosed } from './outcome.ts'

/** Somebody who is not in the list of a check and is not surely kept out. */
export interface Other {
  /** For people: `shop/api`, `the internet`, `a new pod in shop`. */
  readonly who: string
  readonly from: End
  /** Set for a pod that isn't there yet: its namespace. */
  readonly future?: string | undefined
  readonly outcome: 'broken' | 'undetermined'
  readonly answer: Answer
  /** Where it can be asked for the reasons. */
  readonly evaluation: Evaluation
}

/** Who alone may reach which ports of whom. */
interface Question {
  readonly to: End
  readonly only: readonly End[]
  readonly asked: PortSet
  /** Ids of the workloads that an edit can have let in: of all that are there now, only these are asked. */
  readonly changed?: ReadonlySet<string> | undefined
}

/**
 * Those who are not in the list and get to an asked port, or may: workloads of the cluster (also `to` itself), blocks that
 * policies name, the internet, anywhere, and pods that do not exist yet, without labels, in each namespace and in a new one
 * (design.md 9). Pods in the network of their nodes are nodes, which no policy keeps from their own pods: they are not asked.
 */
export function othersOf(evaluation: Evaluation, question: Question): readonly Other[] {
  const { only, changed } = question
  const all = [
    ...asked(evaluation, question, insiders(evaluation, question)),
    ...(changed ? [] : asked(evaluation, question, outsiders(evaluation, only))),
    ...strangers(evaluation, question),
  ]
  return all.toSorted((a, b) => Number(a.outcome !== 'broken') - Number(b.outcome !== 'broken'))
}

// By rows: there are many to ask, and most of them are kept out.
function asked(evaluation: Evaluation, { to, asked: ports }: Question, all: readonly Candidate[]): readonly Other[] {
  const asker = askerAt(evaluation)
  const destination = asker.at(to)
  return all.flatMap((candidate): readonly Other[] => {
    const source = standOf(asker, candidate.from)
    if (!source || !destination) return []
    const answer = asker.answer(source, destination)
    const outcome = holdsClosed(answer, ports)
    return outcome === 'broken' || outcome === 'undetermined' ? [{ ...candidate, outcome, answer, evaluation }] : []
  })
}

function insiders(evaluation: Evaluation, { only, changed }: Question): readonly Candidate[] {
  const listed = new Set(only.map(endId))
  if (listed.has('anywhere')) return []
  const addresses = addressesOf(only)
  const isListed = (workload: Workload): boolean =>
    ['any-namespace', workload.namespace, workload.id].some((id) => listed.has(id)) ||
    (listed.has('ingress-controller') && isController(evaluation, workload)) ||
    (!isNoIps(addresses) && asking(workload).every((pod) => isWithin(pod, addresses)))
  const workloads = changed
    ? [...changed].flatMap((id) => evaluation.workloads.get(id) ?? [])
    : evaluation.cluster.workloads
  return workloads.flatMap((workload) => {
    const candidate = candidateOf(workload)
    return candidate && !isListed(workload) ? [candidate] : []
  })
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
function outsiders(evaluation: Evaluation, only: readonly End[]): readonly Candidate[] {
  const addresses = addressesOf(only)
  const isLeft = (set: IpSet): boolean => !coversIps(addresses, set)
  const cidrs = only.flatMap((end) => ('cidr' in end && !end.except ? [end.cidr] : []))
  const blocks = blocksOf(evaluation).flatMap(({ who, from, ips }) => {
    if (!isLeft(ips)) return []
    return [{ who, from: cidrs.length === 0 ? from : { ...from, except: [...from.except, ...cidrs] } }]
  })
  const rest: readonly Candidate[] = [
    ...(isLeft(usedFamilies(evaluation, PUBLIC_IPS)) ? [INTERNET] : []),
    ...(isLeft(usedFamilies(evaluation, EVERY_IP)) ? [ANYWHERE] : []),
  ]
  return [...blocks, ...rest]
}

function usedFamilies({ usesV6 }: Evaluation, set: IpSet): IpSet {
  return usesV6 ? set : { v4: set.v4, v6: [] }
}

// Each workload alone: a pod that isn't there yet is nobody's destination.
function strangers(evaluation: Evaluation, question: Question): readonly Other[] {
  const { to, only } = question
  const future = futureOf(evaluation)
  if (coversIps(addressesOf(only), parseCidr(future.ip) ?? NO_IPS)) return []
  const listed = new Set(only.map(endId))
  const candidates = future.strangers
    .filter(({ namespace }) => !['any-namespace', namespace].some((id) => listed.has(id)))
    .flatMap((pod) => strangerOf(pod) ?? [])
  const isMany = 'anyNamespace' in to || ('namespace' in to && !('workload' in to))
  const ends = isMany ? workloadsOf(evaluation, to).map(endOf) : [to]
  const met = ends.flatMap((end) => asked(future.world, { ...question, to: end }, candidates))
  return [...groupBy(met, ({ who }) => who).values()].flatMap(
    (same) => same.find(({ outcome }) => outcome === 'broken') ?? same[0] ?? [],
  )
}
