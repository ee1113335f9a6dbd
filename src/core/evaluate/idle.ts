import { coversIps } from '#core/model/cidr.ts'
import { groupBy } from '#core/model/group.ts'
import type { PeerMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { formatPath, type Ref } from '#core/model/text.ts'
import { blocksOf } from './blocks.ts'
import { classesIn } from './classSet.ts'
import { isUnplaced } from './controller.ts'
import type { Evaluation, Standing } from './evaluation.ts'
import {
  type Asking,
  type IdleReason,
  indexOf,
  isAddress,
  reasonFor,
  type Search,
  startSearch,
  sure,
  withoutAddresses,
} from './idleReason.ts'
import { selected } from './matching.ts'
import type { PodClass } from './peerClass.ts'
import { isUnevaluated, standingOf } from './standing.ts'

/** A part of a policy that decides nothing: without it, and without all others that are told of, every verdict is the same. */
export interface IdlePart {
  readonly policy: Policy
  readonly what: 'policy' | 'rule' | 'peer' | 'port' | 'except'
  /** Its place; of an `except` that of its peer. */
  readonly ref: Ref
  /** The addresses of an `except`, as the peer has them. */
  readonly hole?: string | undefined
  /** The rule that it is, or is part of; none for a whole policy. */
  readonly rule?: Rule | undefined
  readonly why: IdleReason
}

/**
 * The idle parts of one policy, in the order of the text. Only what is certain: where something is not known, nothing is idle.
 * Of NetworkPolicies that allow the same the first one counts, so the later ones of its namespace are looked at, too: it takes
 * a moment for thousands. What has been found out is kept with the evaluation.
 */
export function idleParts(evaluation: Evaluation, policy: Policy): readonly IdlePart[] {
  const steps = idleSteps(evaluation, policy)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of one policy each; what is dropped on the way goes on where it was when it is asked again. */
export function* idleSteps(evaluation: Evaluation, policy: Policy): Generator<undefined, readonly IdlePart[], void> {
  const search = searches.get(evaluation) ?? startSearch(evaluation)
  searches.set(evaluation, search)
  const kept = found.get(search) ?? new Map<Policy, readonly IdlePart[]>()
  found.set(search, kept)
  if (kept.has(policy)) return kept.get(policy) ?? []
  const isUnion = policy.tier === 'networkPolicy'
  const together = isUnion ? evaluation.policies.filter((one) => isUnionIn(one, policy.namespace)) : [policy]
  for (const one of together.toReversed()) {
    if (kept.has(one)) continue
    kept.set(one, idleIn(search, one))
    yield
  }
  return kept.get(policy) ?? []
}

// NetworkPolicies select only in their own namespace: those of others never meet them.
function isUnionIn({ tier, namespace }: Policy, own: string | undefined): boolean {
  return tier === 'networkPolicy' && namespace === own
}

const searches = new WeakMap<Evaluation, Search>()
const found = new WeakMap<Search, Map<Policy, readonly IdlePart[]>>()

function idleIn(search: Search, policy: Policy): readonly IdlePart[] {
  if (isUnevaluated(policy)) return []
  if (subjectsOf(search.evaluation, policy).length === 0)
    return [{ policy, what: 'policy', ref: policy.ref, why: { type: 'no-subject' } }]
  const idle = policy.rules.toReversed().flatMap((rule) => idleOfRule(search, policy, rule))
  return idle.toReversed()
}

// Last first: of two that say the same, the first one stays.
function idleOfRule(search: Search, policy: Policy, rule: Rule): readonly IdlePart[] {
  const whole = { policy, rule, what: 'rule', ref: rule.ref } as const
  if (!policy.directions.includes(rule.direction)) {
    search.left.set(rule, { ...rule, peers: [] })
    return [{ ...whole, why: { type: 'not-asked' } }]
  }
  const standings = standingsOf(search.evaluation, policy, rule)
  if (standings.length === 0 || standings.some(({ unevaluated }) => unevaluated)) return []
  const asking: Asking = { search, policy, rule, standings }
  const why = reasonFor(asking, rule, { ...rule, peers: [] })
  if (!why) {
    const [ports, peers] = [idleItems(asking, 'ports', 'port'), idleItems(asking, 'peers', 'peer')]
    return [...ports, ...idleExcepts(asking), ...peers]
  }
  search.left.set(rule, { ...rule, peers: [] })
  return [{ ...whole, why }]
}

type Item = PeerMatcher | PortMatcher

function idleItems(asking: Asking, list: 'peers' | 'ports', what: 'peer' | 'port'): readonly IdlePart[] {
  const { search, policy, rule } = asking
  const items: readonly Item[] = rule[list] === 'any' ? [] : rule[list]
  // One item of the text may be several here: a port without a protocol, a list of networks.
  const written = [...groupBy(items, ({ ref }) => formatPath(ref.path)).values()]
  if (written.length < 2) return []
  return written.toReversed().flatMap((own): readonly IdlePart[] => {
    const now = search.left.get(rule) ?? rule
    const [first] = own
    const part = { ...now, [list]: own }
    const stays = (one: Item): boolean => !own.some((item) => item === one)
    const rest = list === 'peers' ? { ...now, peers: cut(now.peers, stays) } : { ...now, ports: cut(now.ports, stays) }
    const why = list === 'peers' ? reasonForPeer(asking, part, rest) : reasonFor(asking, part, sure(search, rule, rest))
    if (!why || !first) return []
    if (list === 'peers' && hasAddresses(part) && hasAddresses(rest)) search.unsure.add(rule)
    search.left.set(rule, rest)
    return [{ policy, rule, what, ref: first.ref, why }]
  })
}

// An `except` decides nothing where what it leaves out is allowed by others: it keeps nobody out.
function idleExcepts(asking: Asking): readonly IdlePart[] {
  const { search, policy, rule } = asking
  const { peers } = search.left.get(rule) ?? rule
  if (peers === 'any' || rule.action !== 'allow') return []
  return peers.toReversed().flatMap((peer) => {
    let holes = peer.type === 'ipBlock' ? peer.except : []
    return holes.toReversed().flatMap((hole): readonly IdlePart[] => {
      const others = holes.filter((_, i) => i !== holes.lastIndexOf(hole))
      const opened: PeerMatcher = { type: 'ipBlock', cidr: hole, except: others, ref: peer.ref }
      const why = reasonForHole(asking, opened)
      if (!why) return []
      holes = others
      return [{ policy, rule, what: 'except', ref: peer.ref, hole, why }]
    })
  })
}

function reasonForHole(asking: Asking, opened: PeerMatcher): IdleReason | undefined {
  const { search, rule } = asking
  const now = search.left.get(rule) ?? rule
  const why = reasonForPeer(asking, { ...now, peers: [opened] }, now)
  // A hole that no class is in is still one: who comes later may be.
  return why?.type === 'decided' ? why : undefined
}

function cut<T extends Item>(list: readonly T[] | 'any', stays: (item: Item) => boolean): readonly T[] | 'any' {
  return list === 'any' ? list : list.filter(stays)
}

// Classes are cut at the borders of all addresses of a rule together: within it they don't tell one block from another.
function reasonForPeer(asking: Asking, part: Rule, rest: Rule): IdleReason | undefined {
  const { search, policy, rule } = asking
  const { nodes } = search.evaluation.cluster
  const addresses = hasAddresses(part) && hasAddresses(rest)
  const blocks = { ...rest, peers: rest.peers === 'any' ? rest.peers : rest.peers.filter(isBlock) }
  if (addresses && isBlocks(part) && coversIps(blocksOf(blocks, nodes), blocksOf(part, nodes)))
    return { type: 'decided', by: [{ policy, rule, index: indexOf(policy, rule) }] }
  const why = reasonFor(asking, part, addresses ? withoutAddresses(rest) : sure(search, rule, rest))
  return why
}

const isBlock = ({ type }: PeerMatcher): boolean => type === 'ipBlock'
function hasAddresses({ peers }: Rule): boolean {
  return peers !== 'any' && peers.some(isAddress)
}

function isBlocks({ peers }: Rule): boolean {
  return peers !== 'any' && peers.every(isBlock)
}

// An ingress controller of which nobody said where it runs may be anyone: it is left out, as it is where policies are asked.
function subjectsOf(evaluation: Evaluation, { subject }: Policy): readonly PodClass[] {
  const { yes, unknown } = selected(evaluation, subject)
  const { podClasses, controller } = evaluation
  const ids = [...classesIn(yes), ...classesIn(unknown)]
  const classes = ids.flatMap((id) => podClasses[id - controller.class.id] ?? [])
  return classes.filter((own) => !isUnplaced(evaluation, own))
}

// One for all classes about which the same policies have a say: what is asked of one is asked of them all.
function standingsOf(evaluation: Evaluation, policy: Policy, { direction }: Rule): readonly Standing[] {
  const subjects = subjectsOf(evaluation, policy)
  return [...new Set(subjects.map((own) => standingOf(evaluation, own, direction)))]
}
