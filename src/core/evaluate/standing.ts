import { groupBy } from '#core/model/group.ts'
import type { Direction, Policy, Rule, Tier } from '#core/model/rule.ts'
import { or, type Truth } from '#core/model/truth.ts'
import { classesIn } from './classSet.ts'
import { asksByName, nameSpace } from './destinationPorts.ts'
import type { Applicable, Evaluation, Sides, Speaker, Standing } from './evaluation.ts'
import type { PodClass } from './peerClass.ts'
import { selected } from './matching.ts'

/** What holds for these pods in a direction. */
export function standingOf(evaluation: Evaluation, subject: PodClass, direction: Direction): Standing {
  const sides = sidesOf(evaluation, direction)
  const known = sides.standings[subject.id]
  if (known) return known
  const applicable = sides.applicable[subject.id] ?? []
  const key = `${applicable.map(({ id }) => id).join(' ')}${direction === 'ingress' ? nameSpace(subject) : ''}`
  const standing = sides.shared.get(key) ?? makeStanding(direction, applicable, subject)
  sides.shared.set(key, standing)
  sides.standings[subject.id] = standing
  return standing
}

/** Is it a policy whose meaning this engine doesn't work out? Then what it selects is undetermined (design.md 9). */
export function isUnevaluated(policy: Policy): boolean {
  return policy.unevaluated !== undefined
}

/** Who has a say about which class, worked out when it is first asked for. */
export function sidesOf(evaluation: Evaluation, direction: Direction): Sides {
  const { sides } = evaluation.own
  const known = sides[direction]
  if (known) return known
  const applicable: Applicable[][] = Array.from({ length: evaluation.size }, () => [])
  for (const policy of evaluation.policies) {
    if (!speaksIn(policy, direction)) continue
    for (const { own, ids } of appliesTo(evaluation, policy, direction)) for (const id of ids) applicable[id]?.push(own)
  }
  const made: Sides = { applicable, standings: [], shared: new Map() }
  sides[direction] = made
  return made
}

/** Has it a say in this direction at all? One that can't be evaluated has one in both (design.md 9). */
export function speaksIn(policy: Policy, direction: Direction): boolean {
  return policy.directions.includes(direction) || isUnevaluated(policy)
}

/** What the policy says about those that it selects, and about those that it may; with their ids. */
export function appliesTo(
  evaluation: Evaluation,
  policy: Policy,
  direction: Direction,
): readonly { readonly own: Applicable; readonly ids: readonly number[] }[] {
  const { yes, unknown } = selected(evaluation, policy.subject)
  const sure =
    yes.size === 0 ? [] : [{ own: applies(evaluation, policy, { direction, selected: 'yes' }), ids: classesIn(yes) }]
  if (unknown.size === 0) return sure
  return [...sure, { own: applies(evaluation, policy, { direction, selected: 'unknown' }), ids: classesIn(unknown) }]
}

interface How {
  readonly direction: Direction
  readonly selected: Truth
}

function applies({ memo }: Evaluation, policy: Policy, { direction, selected: how }: How): Applicable {
  const known = memo.applies.get(policy) ?? new Map<string, Applicable>()
  memo.applies.set(policy, known)
  const key = `${direction} ${how}`
  const found = known.get(key) ?? makeApplicable(policy, { direction, selected: how }, memo.counter.next++)
  known.set(key, found)
  return found
}

function makeApplicable(policy: Policy, { direction, selected: how }: How, id: number): Applicable {
  const unevaluated = isUnevaluated(policy)
  const rules = policy.rules.filter((rule) => rule.direction === direction)
  const isolates = unevaluated ? 'unknown' : policy.tier === 'networkPolicy' ? how : 'no'
  const places = placesOf(rules)
  const speaker = (rule: Rule): Speaker => {
    const index = places.get(rule.ref) ?? 0
    return { policy, selected: how, rule, index, named: asksByName(rule), surely: new Map(), perhaps: new Map() }
  }
  return {
    id,
    policy,
    selected: how,
    rules,
    isolates,
    isolating: { policy: policy.ref, policyName: policy.name, unknown: isolates === 'unknown' || undefined },
    speakers: unevaluated ? [] : rules.map(speaker),
  }
}

// A rule that a CNI reads as several (`applyProfile`) stays one for people: all have its place.
function placesOf(rules: readonly Rule[]): ReadonlyMap<Rule['ref'], number> {
  return new Map(rules.map(({ ref }, i) => [ref, i] as const).toReversed())
}

function makeStanding(direction: Direction, applicable: readonly Applicable[], example: PodClass): Standing {
  const isolating = applicable.filter(({ isolates }) => isolates !== 'no')
  const of = (tier: Tier): readonly Applicable[] =>
    applicable.filter(({ policy }) => policy.tier === tier && !isUnevaluated(policy))
  return {
    direction,
    applicable,
    isolated: or(...isolating.map(({ isolates }) => isolates)),
    isolatedBy: isolating.map((one) => one.isolating),
    unevaluated: applicable.some(({ policy }) => isUnevaluated(policy)),
    admin: levelsOf(of('admin')),
    networkPolicies: of('networkPolicy').map(({ speakers }) => speakers),
    baseline: levelsOf(of('baseline')),
    example,
    tierKeys: { admin: keyOf(of('admin'), direction, example), baseline: keyOf(of('baseline'), direction, example) },
    halves: new Map(),
    answers: new Map(),
  }
}

function keyOf(own: readonly Applicable[], direction: Direction, example: PodClass): string {
  if (own.length === 0) return ''
  return `${own.map(({ id }) => id).join(' ')}${direction === 'ingress' ? nameSpace(example) : ''}`
}

// Lower numbers first; those of one number have no order among themselves (semantics.md C.2).
function levelsOf(applicable: readonly Applicable[]): Standing['admin'] {
  if (applicable.length === 0) return []
  const byPriority = groupBy(applicable, ({ policy }) => policy.priority)
  const sorted = [...byPriority].toSorted(([a], [b]) => a - b)
  return sorted.map(([, level]) => level.map(({ speakers }) => speakers))
}
