import { ALL_PORTS, intersectPorts, isNoPorts, NO_PORTS, type PortSet, unitePorts } from '#core/model/ports.ts'
import type { Direction, Policy, Rule } from '#core/model/rule.ts'
import { and, or, type Truth } from '#core/model/truth.ts'
import type { Half, RuleEvidence } from '#core/model/verdict.ts'
import type { Applicable, ClassHalf, Evaluation, PeerClass, PodClass } from './evaluation.ts'
import { pointsAt, portsAt, selectsClass } from './matching.ts'

/** One side of a connection: the class whose side it is, and the class at the other end. */
export interface Side {
  readonly direction: Direction
  readonly subject: PeerClass
  readonly peer: PeerClass
}

/** What a rule says about a side, with the ports it may open; not yet weighed by whether its policy selects. */
interface Said {
  readonly policy: Policy
  readonly rule: Rule
  readonly index: number
  readonly points: Truth
  readonly ports: PortSet
}

/** One half for a pair of classes (semantics.md A.1), computed once. Own node and own pod are not looked at here. */
export function halfOf(evaluation: Evaluation, side: Side): ClassHalf {
  const { anywhere, memo } = evaluation
  const key = side.subject.id * (anywhere.id + 1) + side.peer.id
  const known = memo.halves[side.direction].get(key)
  if (known) return known
  const half = judge(evaluation, side)
  memo.halves[side.direction].set(key, half)
  return half
}

/** The policies that have a say about these pods in a direction; those that can't be evaluated have one in both (design.md 9). */
export function applicableTo(evaluation: Evaluation, subject: PodClass, direction: Direction): readonly Applicable[] {
  const known = evaluation.memo.applicable[direction].get(subject)
  if (known) return known
  const found: Applicable[] = []
  for (const policy of candidates(evaluation, subject)) {
    if (!policy.directions.includes(direction) && !isUnevaluated(policy)) continue
    const selected = selectsClass(evaluation, policy.subject, subject)
    const rules = policy.rules.filter((rule) => rule.direction === direction)
    if (selected !== 'no') found.push({ policy, selected, rules })
  }
  evaluation.memo.applicable[direction].set(subject, found)
  return found
}

/** Is it a policy whose meaning this engine doesn't work out? Then what it selects is undetermined (design.md 9). */
export function isUnevaluated(policy: Policy): boolean {
  return policy.unevaluated !== undefined || policy.tier !== 'networkPolicy'
}

/** Nothing restricts it, for a reason that is no policy's. */
export function exemptHalf(direction: Direction, exempt: Half['exempt']): ClassHalf {
  return { direction, exempt, isolated: 'no', isolatedBy: [], sure: ALL_PORTS, perhaps: ALL_PORTS, evidence: [] }
}

/** Is this class isolated by what applies to it? */
export function isolation(applicable: readonly Applicable[]): Truth {
  return or(...applicable.map(({ policy, selected }) => (isUnevaluated(policy) ? 'unknown' : selected)))
}

function candidates({ policiesOf }: Evaluation, { namespace }: PodClass): readonly Policy[] {
  return [...(policiesOf.get(namespace) ?? []), ...(policiesOf.get('') ?? [])]
}

function judge(evaluation: Evaluation, side: Side): ClassHalf {
  const { direction, subject } = side
  if (subject.type === 'addresses') return exemptHalf(direction, 'outside')
  if (subject.finished) return exemptHalf(direction, 'finished')
  if (subject.hostNetwork) return exemptHalf(direction, 'host-network')
  const applicable = applicableTo(evaluation, subject, direction)
  const evaluated = applicable.filter(({ policy }) => !isUnevaluated(policy))
  const said = evaluated.map((one) => listen(evaluation, one, side))
  const bounds = evaluated.length < applicable.length ? OPEN_QUESTION : weigh(evaluated, said)
  return {
    direction,
    isolated: isolation(applicable),
    isolatedBy: applicable.map(isolating),
    ...bounds,
    evidence: evaluated.flatMap(({ selected }, i) => (said[i] ?? []).flatMap((one) => evidenceOf(one, selected))),
  }
}

function isolating({ policy, selected }: Applicable): Half['isolatedBy'][number] {
  const unknown = selected === 'unknown' || isUnevaluated(policy)
  return { policy: policy.ref, policyName: policy.name, unknown: unknown || undefined }
}

const OPEN_QUESTION = { sure: NO_PORTS, perhaps: ALL_PORTS }

function listen(evaluation: Evaluation, { policy, rules }: Applicable, { direction, ...side }: Side): readonly Said[] {
  const destination = direction === 'egress' ? side.peer : side.subject
  return rules.map((rule, index) => {
    const points = pointsAt(evaluation, rule, side.peer)
    return { policy, rule, index, points, ports: points === 'no' ? NO_PORTS : portsAt(evaluation, rule, destination) }
  })
}

// NetworkPolicies only add to each other: the union over all that select, everything where none does (semantics.md A.1).
function weigh(
  applicable: readonly Applicable[],
  said: readonly (readonly Said[])[],
): { readonly sure: PortSet; readonly perhaps: PortSet } {
  const sure = said.map((rules) => union(rules.filter(({ points }) => points === 'yes')))
  const isolated = isolation(applicable)
  if (isolated === 'no') return { sure: ALL_PORTS, perhaps: ALL_PORTS }
  // Where each policy only may select: whichever do, what every one of them opens stays open.
  if (isolated === 'unknown') return { sure: sure.reduce(intersectPorts, ALL_PORTS), perhaps: ALL_PORTS }
  return {
    sure: sure.filter((_, i) => applicable[i]?.selected === 'yes').reduce(unitePorts, NO_PORTS),
    perhaps: union(said.flat()),
  }
}

function union(said: readonly Said[]): PortSet {
  return said.map(({ ports }) => ports).reduce(unitePorts, NO_PORTS)
}

function evidenceOf({ policy, rule, index, points, ports }: Said, selected: Truth): readonly RuleEvidence[] {
  if (isNoPorts(ports)) return []
  const sure = and(points, selected) === 'yes'
  return [
    {
      rule: rule.ref,
      policy: policy.ref,
      policyName: policy.name,
      action: rule.action,
      index,
      ports: sure ? ports : NO_PORTS,
      unknownPorts: sure ? NO_PORTS : ports,
    },
  ]
}
