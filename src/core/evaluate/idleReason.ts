import type { Policy, PeerMatcher, Rule } from '#core/model/rule.ts'
import { portsAt } from './destinationPorts.ts'
import type { Evaluation, Speaker, Standing } from './evaluation.ts'
import { pointsAt } from './matching.ts'
import { portBook } from './portBook.ts'
import { createWeaver, rowsOfRule, tierOf, type Weaver } from './reachability.ts'
import type { Row } from './rows.ts'

/**
 * Why: its direction is not one of the policy's; the policy selects no pod; it points at nobody; it leads to no port; NetworkPolicies
 * isolate all that a baseline rule is about; or rules that are asked before it, or that allow the same, decide all of it (`by`).
 */
export type IdleReason =
  | { readonly type: 'not-asked' | 'no-subject' | 'nobody' | 'no-port' | 'isolated' }
  | { readonly type: 'decided'; readonly by: readonly Decider[] }

/** A rule that decides in another's place. */
export interface Decider {
  readonly policy: Policy
  readonly rule: Rule
  /** Its place among the policy's rules of its direction, from 0. */
  readonly index: number
}

/** What has been found out about one evaluation. */
export interface Search {
  readonly evaluation: Evaluation
  readonly weaver: Weaver
  /** What is left of a rule without its idle parts. */
  readonly left: Map<Rule, Rule>
  /** Rules of whose addresses some are idle: which classes the others surely hold is not known any more. */
  readonly unsure: Set<Rule>
}

/** A search that has found nothing yet. */
export function startSearch(evaluation: Evaluation): Search {
  return {
    evaluation,
    weaver: createWeaver(evaluation, portBook()),
    left: new Map(),
    unsure: new Set(),
  }
}

/** A rule that is weighed for the classes that its policy selects. */
export interface Asking {
  readonly search: Search
  readonly policy: Policy
  readonly rule: Rule
  readonly standings: readonly Standing[]
}

/** Does the peer hold addresses, and not pods by their labels? */
export const isAddress = ({ type }: PeerMatcher): boolean => type === 'ipBlock' || type === 'nodes'

/** The rule without the peers that are addresses. */
export function withoutAddresses(rule: Rule): Rule {
  return rule.peers === 'any' ? rule : { ...rule, peers: rule.peers.filter((peer) => !isAddress(peer)) }
}

/** Why this part of the rule decides nothing while `rest` of the rule stays; undefined where it does, or may. */
export function reasonFor(asking: Asking, part: Rule, rest: Rule): IdleReason | undefined {
  const { search, standings } = asking
  const { sets } = search.weaver
  const by = new Map<Rule, Decider>()
  let matches = false
  for (const standing of standings) {
    const need = mayMatch(search, standing, part)
    if (sets.isNone(need)) continue
    matches = true
    const deciders = decidersOf(asking, standing, { need, rest })
    if (!deciders) return undefined
    for (const decider of deciders) by.set(decider.rule, decider)
  }
  if (matches) return by.size > 0 ? { type: 'decided', by: [...by.values()] } : { type: 'isolated' }
  return { type: leadsToNobody(asking, part) ? 'nobody' : 'no-port' }
}

function leadsToNobody({ search, standings }: Asking, part: Rule): boolean {
  const { sets } = search.weaver
  return standings.every((standing) => sets.isNone(mayMatch(search, standing, { ...part, ports: 'any' })))
}

function mayMatch({ weaver, evaluation }: Search, standing: Standing, part: Rule): Row {
  const { perhaps } = rowsOfRule(weaver, standing, part)
  return mayMeetController(evaluation, part)
    ? weaver.sets.unite(perhaps, controllerRow(weaver, standing, part))
    : perhaps
}

// Rows leave out an ingress controller of which nobody said where it runs, and peers by namespace may well mean it.
function mayMeetController(evaluation: Evaluation, part: Rule): boolean {
  const { controller, cluster } = evaluation
  if (controller.isPlaced || cluster.exposures.length === 0 || part.peers === 'any') return false
  const isByNamespace = part.peers.some((peer) => peer.type === 'pods' && peer.namespaces.type === 'selector')
  return isByNamespace && pointsAt(evaluation, part, controller.class) !== 'no'
}

function controllerRow({ evaluation, book, size }: Weaver, { direction, example }: Standing, part: Rule): Row {
  const { class: own } = evaluation.controller
  const ports = book.idOf(portsAt(evaluation, part, direction === 'egress' ? own : example))
  const words = new Uint32Array((size + 31) >>> 5)
  words[own.id >>> 5] = 1 << (own.id & 31)
  return ports === 0 ? [] : [{ ports, words }]
}

/** All that is said in place of a part. */
interface Said {
  readonly need: Row
  readonly rest: Rule
}

// Who surely decides all of it without the part; undefined where nobody does.
function decidersOf(asking: Asking, standing: Standing, { need, rest }: Said): readonly Decider[] | undefined {
  const { search, policy } = asking
  const { sets } = search.weaver
  const isWhole = policy.tier === 'baseline' && standing.isolated === 'yes'
  const later = isWhole ? sets.none : sets.subtract(need, decidedByTier(search, standing, policy))
  if (sets.isNone(later)) return tierDeciders(asking, standing, need)
  const candidates = rivals(asking, standing, rest)
  const alone = candidates.find(({ row }) => sets.isNone(sets.subtract(later, row)))
  if (alone) return [deciderOf(alone.speaker)]
  let open = later
  const used: Decider[] = []
  for (const { row, speaker } of candidates) {
    const next = sets.subtract(open, row)
    if (next === open) continue
    open = next
    used.push(deciderOf(speaker))
    if (sets.isNone(open)) return used
  }
  return undefined
}

function deciderOf({ policy, rule, index }: Speaker): Decider {
  return { policy, rule, index }
}

// What the admin tier surely decides never comes to the tiers after it.
function decidedByTier({ weaver }: Search, standing: Standing, { tier }: Policy): Row {
  const { sets } = weaver
  if (tier === 'admin' || standing.admin.length === 0) return sets.none
  return sets.subtract(sets.all, tierOf(weaver, standing, 'admin').next)
}

function tierDeciders({ search, policy }: Asking, standing: Standing, need: Row): readonly Decider[] {
  const { sets } = search.weaver
  const decided = sets.intersect(need, decidedByTier(search, standing, policy))
  const speakers = standing.admin.flat(2).filter(({ rule }) => rule.action !== 'pass')
  const meets = ({ rule }: Speaker): boolean =>
    !sets.isNone(sets.intersect(decided, rowsOfRule(search.weaver, standing, rule).sure))
  return speakers.filter(meets).map(deciderOf)
}

interface Rival {
  readonly speaker: Speaker
  readonly row: Row
}

// Rules whose word stands where they surely match: all others of the union, or those that come first in a tier.
function rivals({ search, policy, rule }: Asking, standing: Standing, rest: Rule): readonly Rival[] {
  const all = policy.tier === 'networkPolicy' ? standing.networkPolicies.flat() : standing[policy.tier].flat(2)
  const own = all.filter((speaker) => speaker.policy === policy)
  const others = all.filter((speaker) => speaker.policy !== policy && speaker.selected === 'yes')
  const isFirst = ({ policy: one, index }: Speaker): boolean =>
    policy.tier === 'networkPolicy' || (one === policy ? index < indexOf(policy, rule) : one.priority < policy.priority)
  const heard = [...own, ...others].filter((speaker) => speaker.rule === rule || isFirst(speaker))
  return heard.map((speaker) => {
    const known = search.left.get(speaker.rule) ?? speaker.rule
    const left = speaker.rule === rule ? rest : sure(search, speaker.rule, known)
    return { speaker, row: rowsOfRule(search.weaver, standing, left).sure }
  })
}

/** What surely matches of what is left of a rule. */
export function sure({ unsure }: Search, rule: Rule, left: Rule): Rule {
  return unsure.has(rule) ? withoutAddresses(left) : left
}

/** The rule's place among those of its direction, from 0. */
export function indexOf({ rules }: Policy, rule: Rule): number {
  return rules.filter(({ direction }) => direction === rule.direction).indexOf(rule)
}
