import type { Evaluation, Member } from '#core/evaluate/evaluation.ts'
import { namedBlocks } from '#core/evaluate/evaluate.ts'
import { halfOf } from '#core/evaluate/half.ts'
import { ownNode, type Pair, pairsOf } from '#core/evaluate/pairs.ts'
import { populationOf } from '#core/evaluate/population.ts'
import { intersectIps, ipBlock, type IpSet, NO_IPS, parseCidr, uniteIps } from '#core/model/cidr.ts'
import type { End } from '#core/model/end.ts'
import type { NearMiss } from '#core/model/nearMiss.ts'
import { intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import type { Asked } from './asked.ts'
import { closestRules, deniesOf, isLikely, namesPeer } from './nearMissRules.ts'
import type { Denied } from './nearMissTerms.ts'
import { memberName } from './scope.ts'
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
/** And so many where rules deny them, each for reasons of its own. */
const MOST_FOUND = 12

/**
 * Why a half denies what is asked: the rules that come closest and the terms of theirs that fail, fewest and likeliest
 * slips first, at most three; where no rule comes close, that one is missing. Nothing for a half that denies nothing.
 */
export function nearMisses(question: MissQuestion, direction: Direction): readonly NearMiss[] {
  const { evaluation } = question
  const denied = deniedPairs(question, direction)
  // What rules deny has other reasons than what nobody allows, and each is told of pods for which it holds.
  const free = denied.filter((one) => deniesOf(one).length === 0)
  const locked = denied.filter((one) => !free.includes(one))
  const admin = [...adminMisses(locked), ...closestRules(evaluation, locked).filter(isLikely).map(tellRule)]
  const own = free.length === 0 ? [] : ownMisses(evaluation, free)
  return [...admin.slice(0, own.length === 0 ? MOST : MOST - 1), ...own].slice(0, MOST)
}

function adminMisses(locked: readonly Denied[]): readonly NearMiss[] {
  const first = new Map<RuleEvidence['rule'], NearMiss>()
  for (const denied of locked)
    for (const deny of deniesOf(denied)) if (!first.has(deny.rule)) first.set(deny.rule, tellAdmin(deny, denied))
  return [...first.values()]
}

function ownMisses(evaluation: Evaluation, denied: readonly Denied[]): readonly NearMiss[] {
  const [first] = denied
  const rules = closestRules(evaluation, denied)
  const near = rules.slice(0, MOST).map(tellRule)
  if (!first || isLikely(rules[0])) return near
  const other = namesPeer(evaluation, first) ? undefined : openingOf(first)
  if (other) return [tellMissing(first, other), ...near]
  return near.length > 0 ? near : [tellMissing(first, undefined)]
}

/** The pairs of pods and peers that a half denies asked ports to, up to a few; named as people name them. */
export function deniedPairs(question: MissQuestion, direction: Direction): readonly Denied[] {
  const { evaluation, from, to } = question
  const shown = namedBlocks(evaluation)
  const [source, destination] = [populationOf(evaluation, from, shown), populationOf(evaluation, to, shown)]
  if (!source || !destination || source.oneOf || destination.oneOf) return []
  if (isNoPorts(closedOf(question.verdict[direction], question.asked.ports))) return []
  const found: Denied[] = []
  const told = new Set<RuleEvidence['rule']>()
  for (const pair of pairsOf(source, destination)) {
    const denied = deniedOf(question, pair, direction)
    const isNew = denied && isOther(denied, { found, told })
    if (!denied || (found.length >= MOST_PAIRS && !isNew)) continue
    found.push(denied)
    for (const { rule } of deniesOf(denied)) told.add(rule)
  }
  return found
}

// Another rule that denies, or the first that none does.
function isOther(
  denied: Denied,
  { found, told }: { readonly found: readonly Denied[]; readonly told: ReadonlySet<RuleEvidence['rule']> },
): boolean {
  const denies = deniesOf(denied)
  return denies.length === 0
    ? found.every((one) => deniesOf(one).length > 0)
    : found.length < MOST_FOUND && denies.some(({ rule }) => !told.has(rule))
}

function deniedOf({ evaluation, from, to, asked }: MissQuestion, pair: Pair, direction: Direction): Denied | undefined {
  const [subject, peer] = direction === 'egress' ? [pair.from, pair.to] : [pair.to, pair.from]
  const own = subject.class
  if (own.type !== 'pods' || ownNode(pair).every((truth) => truth !== 'no')) return undefined
  const half = halfOf(evaluation, { direction, subject: own, peer: peer.class })
  const closed = subtractPorts(asked.ports, half.perhaps)
  if (half.exempt !== undefined || isNoPorts(closed)) return undefined
  const opposite = direction === 'egress' ? 'ingress' : 'egress'
  const [mine, other] = direction === 'egress' ? [from, to] : [to, from]
  const names = { subject: memberName(evaluation, mine, subject), peer: memberName(evaluation, other, peer) }
  return {
    direction,
    subject: { ...subject, class: own },
    peer,
    ips: ipsOf(peer, other),
    names,
    closed,
    all: asked.all,
    half,
    otherHalf: halfOf(evaluation, { direction: opposite, subject: peer.class, peer: own }),
  }
}

// A class of addresses may reach further than the end that is asked about.
function ipsOf({ class: own, pods: [pod] }: Member, end: End): IpSet {
  if (own.type === 'pods') return (pod?.ips ?? []).map((ip) => parseCidr(ip) ?? NO_IPS).reduce(uniteIps, NO_IPS)
  const all = own.range ? { ...NO_IPS, [own.range.family]: [own.range] } : NO_IPS
  if ('host' in end) return intersectIps(all, parseCidr(end.host) ?? all)
  return 'cidr' in end ? intersectIps(all, ipBlock(end.cidr, end.except ?? [])) : all
}

function closedOf({ allowed, undetermined }: Half, asked: PortSet): PortSet {
  return subtractPorts(asked, unitePorts(allowed, undetermined))
}

// The rule of the other half that already allows it: somebody meant this connection.
function openingOf({ otherHalf, closed }: Denied): RuleEvidence | undefined {
  return otherHalf.evidence.find(({ action, ports }) => action === 'allow' && !isNoPorts(intersectPorts(ports, closed)))
}
