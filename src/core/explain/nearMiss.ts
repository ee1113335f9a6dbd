import type { Evaluation, Member } from '#core/evaluate/evaluation.ts'
import { namedBlocks } from '#core/evaluate/evaluate.ts'
import { halfOf } from '#core/evaluate/half.ts'
import { ownNode, type Pair, pairsOf } from '#core/evaluate/pairs.ts'
import { populationOf } from '#core/evaluate/population.ts'
import { intersectIps, ipBlock, type IpSet, NO_IPS, parseCidr, uniteIps } from '#core/model/cidr.ts'
import { type End, endName } from '#core/model/end.ts'
import type { NearMiss } from '#core/model/nearMiss.ts'
import { intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import type { Asked } from './asked.ts'
import { closestRules, isLikely } from './nearMissRules.ts'
import type { Denied } from './nearMissTerms.ts'
import { tellAdmin, tellMissing, tellRule } from './nearMissWords.ts'

/** A denied connection, of which one half is asked about. */
export interface MissQuestion {
  readonly evaluation: Evaluation
  readonly from: End
  readonly to: End
  readonly asked: Asked
  readonly verdict: Verdict
}

/** More than these are no help. */
const MOST = 3
/** Of the pods at two ends, so many denied pairs stand for the rest. */
const MOST_PAIRS = 6

/**
 * Why a half denies what is asked: the rules that come closest and the terms of theirs that fail, fewest and likeliest
 * slips first, at most three; where no rule comes close, that one is missing. Nothing for a half that denies nothing.
 */
export function nearMisses(question: MissQuestion, direction: Direction): readonly NearMiss[] {
  const denied = deniedPairs(question, direction)
  const [first] = denied
  const half = question.verdict[direction]
  if (!first) return []
  const denies = deniesOf(half, closedOf(half, question.asked.ports))
  const rules = closestRules(question.evaluation, denied, denies)
  if (denies.length > 0)
    return [...denies.map((one) => tellAdmin(one, first)), ...rules.filter(isLikely).map(tellRule)].slice(0, MOST)
  if (isLikely(rules[0])) return rules.slice(0, MOST).map(tellRule)
  const missing = tellMissing({ half, denied: first, other: opening(question, direction) })
  return missing.kind === 'other-half'
    ? [missing, ...rules.map(tellRule)].slice(0, MOST)
    : rules.length > 0
      ? rules.slice(0, MOST).map(tellRule)
      : [missing]
}

/** The pairs of pods and peers that a half denies asked ports to, up to a few; named as people name them. */
export function deniedPairs(question: MissQuestion, direction: Direction): readonly Denied[] {
  const { evaluation, from, to } = question
  const shown = namedBlocks(evaluation)
  const [source, destination] = [populationOf(evaluation, from, shown), populationOf(evaluation, to, shown)]
  if (!source || !destination || source.oneOf || destination.oneOf) return []
  if (isNoPorts(closedOf(question.verdict[direction], question.asked.ports))) return []
  const found: Denied[] = []
  for (const pair of pairsOf(source, destination)) {
    const denied = deniedOf(question, pair, direction)
    if (denied) found.push(denied)
    if (found.length >= MOST_PAIRS) break
  }
  return found
}

function deniedOf({ evaluation, from, to, asked }: MissQuestion, pair: Pair, direction: Direction): Denied | undefined {
  const [subject, peer] = direction === 'egress' ? [pair.from, pair.to] : [pair.to, pair.from]
  const own = subject.class
  if (own.type !== 'pods' || ownNode(pair).every((truth) => truth !== 'no')) return undefined
  const half = halfOf(evaluation, { direction, subject: own, peer: peer.class })
  const closed = subtractPorts(asked.ports, half.perhaps)
  if (half.exempt !== undefined || isNoPorts(closed)) return undefined
  const [mine, other] = direction === 'egress' ? [from, to] : [to, from]
  const names = { subject: nameOf(evaluation, mine, subject), peer: nameOf(evaluation, other, peer) }
  return {
    direction,
    subject: { ...subject, class: own },
    peer,
    ips: ipsOf(peer, other),
    names,
    closed,
    all: asked.all,
  }
}

// A class of addresses may reach further than the end that is asked about.
function ipsOf({ class: own, pods: [pod] }: Member, end: End): IpSet {
  if (own.type === 'pods') return (pod?.ips ?? []).map((ip) => parseCidr(ip) ?? NO_IPS).reduce(uniteIps, NO_IPS)
  const all = own.range ? { ...NO_IPS, [own.range.family]: [own.range] } : NO_IPS
  if ('host' in end) return intersectIps(all, parseCidr(end.host) ?? all)
  return 'cidr' in end ? intersectIps(all, ipBlock(end.cidr, end.except ?? [])) : all
}

// Of all pods of a namespace, the one that it is about is said.
function nameOf({ cluster }: Evaluation, end: End, { pods }: Member): string {
  const [pod] = pods
  if (!pod || 'workload' in end || 'ingressController' in end) return endName(end)
  const workload = cluster.workloads.find((one) => one.namespace === pod.namespace && one.pods.includes(pod))
  return workload?.assumed === true ? `a pod of ${pod.namespace}` : `${pod.namespace}/${workload?.name ?? pod.name}`
}

function closedOf({ allowed, undetermined }: Half, asked: PortSet): PortSet {
  return subtractPorts(asked, unitePorts(allowed, undetermined))
}

function deniesOf({ evidence }: Half, closed: PortSet): readonly RuleEvidence[] {
  return evidence.filter(({ action, ports }) => action === 'deny' && !isNoPorts(intersectPorts(ports, closed)))
}

// The rule of the other half that already allows it: somebody meant this connection.
function opening({ verdict, asked }: MissQuestion, direction: Direction): RuleEvidence | undefined {
  const other = verdict[direction === 'egress' ? 'ingress' : 'egress']
  const closed = closedOf(verdict[direction], asked.ports)
  return other.evidence.find(({ action, ports }) => action === 'allow' && !isNoPorts(intersectPorts(ports, closed)))
}
