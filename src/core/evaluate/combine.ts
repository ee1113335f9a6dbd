import { ALL_PORTS, intersectPorts, NO_PORTS, subtractPorts, unitePorts } from '#core/model/ports.ts'
import { groupBy } from '#core/model/group.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import type { ClassHalf, Evaluation } from './evaluation.ts'
import { exemptHalf, halfOf } from './half.ts'
import { ownNode, type Pair } from './pairs.ts'

/** Ports that are surely open, and those that may be; the second contain the first. */
type Bounds = Pick<ClassHalf, 'sure' | 'perhaps'>

/** Both halves of one pair of classes. */
interface Halves {
  readonly egress: ClassHalf
  readonly ingress: ClassHalf
}

/** What all pairs together get: open for all, open for some, not known. */
type Folded = Pick<Half, 'allowed' | 'some' | 'undetermined'>

/** One answer for all pairs; with `oneOf` only one of them is real, and what they don't agree on is not known. */
export function combine(evaluation: Evaluation, pairs: readonly Pair[], oneOf: boolean): Verdict {
  return verdictFrom(distinctHalves(evaluation, pairs), oneOf)
}

/** The answer where both ends are the same pod: no policy comes between (semantics.md A.9). */
export function samePodVerdict(): Verdict {
  return verdictFrom([{ egress: exemptHalf('egress', 'same-pod'), ingress: exemptHalf('ingress', 'same-pod') }], false)
}

/** The answer about a pod that isn't there: nothing is known. */
export function unknownVerdict(): Verdict {
  const unknown = { isolated: 'unknown', isolatedBy: [], sure: NO_PORTS, perhaps: ALL_PORTS, evidence: [] } as const
  return verdictFrom(
    [{ egress: { direction: 'egress', ...unknown }, ingress: { direction: 'ingress', ...unknown } }],
    false,
  )
}

// Thousands of pairs get the same two halves.
function distinctHalves(evaluation: Evaluation, pairs: readonly Pair[]): readonly Halves[] {
  const { policedOwnNode } = evaluation.settings
  const seen = new Map<ClassHalf, Set<ClassHalf>>()
  const found: Halves[] = []
  const add = (egress: ClassHalf, ingress: ClassHalf): void => {
    const known = seen.get(egress) ?? new Set()
    if (known.has(ingress)) return
    seen.set(egress, known.add(ingress))
    found.push({ egress, ingress })
  }
  for (const pair of pairs) {
    const { from, to } = pair
    const egress = halfOf(evaluation, { direction: 'egress', subject: from.class, peer: to.class })
    const ingress = halfOf(evaluation, { direction: 'ingress', subject: to.class, peer: from.class })
    for (const own of ownNode(pair)) add(withNode(egress, own, policedOwnNode), withNode(ingress, own, policedOwnNode))
  }
  return found
}

// A pod and its own node always reach each other (semantics.md A.10), but for CNIs that ask policies about that.
function withNode(half: ClassHalf, own: Truth, policed: readonly Direction[]): ClassHalf {
  if (own === 'no' || half.exempt || policed.includes(half.direction)) return half
  return own === 'yes' ? exemptHalf(half.direction, 'own-node') : { ...half, perhaps: ALL_PORTS }
}

function verdictFrom(halves: readonly Halves[], oneOf: boolean): Verdict {
  const both = halves.map(bothOf)
  const { allowed, some, undetermined } = fold(both, oneOf)
  return {
    allowed,
    partial: subtractPorts(subtractPorts(some, allowed), undetermined),
    undetermined,
    egress: foldHalves(
      halves.map(({ egress }) => egress),
      oneOf,
    ),
    ingress: foldHalves(
      halves.map(({ ingress }) => ingress),
      oneOf,
    ),
  }
}

function bothOf({ egress, ingress }: Halves): Bounds {
  const sure = intersectPorts(egress.sure, ingress.sure)
  const isSure = egress.sure === egress.perhaps && ingress.sure === ingress.perhaps
  return { sure, perhaps: isSure ? sure : intersectPorts(egress.perhaps, ingress.perhaps) }
}

function fold(all: readonly Bounds[], oneOf: boolean): Folded {
  const [only, ...more] = all
  if (only && more.length === 0)
    return { allowed: only.sure, some: only.sure, undetermined: subtractPorts(only.perhaps, only.sure) }
  const allowed = all.map(({ sure }) => sure).reduce(intersectPorts)
  const perhaps = all.map((bounds) => bounds.perhaps).reduce(unitePorts)
  if (oneOf) return { allowed, some: allowed, undetermined: subtractPorts(perhaps, allowed) }
  const some = all.map(({ sure }) => sure).reduce(unitePorts)
  // Open for some and closed for others is an answer, whatever is not known about the rest.
  const never = subtractPorts(ALL_PORTS, all.map((bounds) => bounds.perhaps).reduce(intersectPorts))
  const doubts = all.map((bounds) => subtractPorts(bounds.perhaps, bounds.sure)).reduce(unitePorts)
  return { allowed, some, undetermined: subtractPorts(doubts, intersectPorts(some, never)) }
}

function foldHalves(halves: readonly ClassHalf[], oneOf: boolean): Half {
  const [first] = halves
  const exempt = first?.exempt && halves.every((half) => half.exempt === first.exempt) ? first.exempt : undefined
  const distinct = [...new Set(halves)]
  return {
    direction: first?.direction ?? 'ingress',
    ...(exempt ? { exempt } : {}),
    isolated: distinct.every(({ isolated }) => isolated === first?.isolated) ? (first?.isolated ?? 'no') : 'unknown',
    isolatedBy: foldIsolating(distinct),
    ...fold(distinct, oneOf),
    evidence: foldEvidence(distinct),
  }
}

function foldIsolating(halves: readonly ClassHalf[]): Half['isolatedBy'] {
  if (halves.length === 1) return halves[0]?.isolatedBy ?? []
  const byPolicy = groupBy(
    halves.flatMap(({ isolatedBy }) => isolatedBy),
    ({ policy }) => policy,
  )
  return [...byPolicy.values()].flatMap((same) => same.find(({ unknown }) => !unknown) ?? same[0] ?? [])
}

function foldEvidence(halves: readonly ClassHalf[]): readonly RuleEvidence[] {
  if (halves.length === 1) return halves[0]?.evidence ?? []
  const byRule = new Map<RuleEvidence['rule'], RuleEvidence>()
  for (const one of halves.flatMap(({ evidence }) => evidence)) {
    const known = byRule.get(one.rule)
    const ports = known ? unitePorts(known.ports, one.ports) : one.ports
    const unknownPorts = known ? unitePorts(known.unknownPorts, one.unknownPorts) : one.unknownPorts
    byRule.set(one.rule, { ...one, ports, unknownPorts: subtractPorts(unknownPorts, ports) })
  }
  return [...byRule.values()]
}
