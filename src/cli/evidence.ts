import { verdictOfHalf } from '#core/explain/half.ts'
import { intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import { formatPath, type Ref } from '#core/model/text.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import type { FilePlace } from './place.ts'

/** A rule, or a policy that isolates, behind an answer. */
export interface Evidence {
  readonly direction: Direction
  readonly kind: string
  readonly policy: string
  /** The place in the document: of the rule (`spec.ingress[0]`), or of what selects the pods (`spec.podSelector`). */
  readonly path: string
  readonly file: string
  readonly line: number
  /** What the rule does; `isolate`: the policy selects the pods, and none of its rules is about this connection. */
  readonly effect: RuleEvidence['action'] | 'isolate'
  /** Set where what is loaded does not tell whether it applies. */
  readonly unknown?: true | undefined
}

/** Where things stand. */
export interface Places {
  readonly placeOf: (ref: Ref) => FilePlace
  /** Where a policy says whom it selects. */
  readonly subjectOf: (policy: Ref) => Ref
}

/** What decided these ports: rules that are about them, and, where they aren't all open, who isolates without such a rule. */
export function evidenceOf(verdict: Verdict, ports: PortSet, places: Places): readonly Evidence[] {
  return (['egress', 'ingress'] as const).flatMap((direction) => halfEvidence(verdict[direction], ports, places))
}

function halfEvidence(half: Half, ports: PortSet, places: Places): readonly Evidence[] {
  const { direction } = half
  const { placeOf, subjectOf } = places
  const rules = half.evidence.filter((one) => isAbout(one.ports, ports) || isAbout(one.unknownPorts, ports))
  const speaking = new Set(rules.map(({ policy }) => policy))
  const isOpen = statusOf(verdictOfHalf(half), ports) === 'allowed'
  const silent = isOpen ? [] : half.isolatedBy.filter(({ policy }) => !speaking.has(policy))
  const item = (
    { policyName: policy, unknown }: { policyName: string; unknown: boolean | undefined },
    ref: Ref,
    effect: Evidence['effect'],
  ): Evidence => {
    const { kind, file, line } = placeOf(ref)
    return { direction, kind, policy, path: formatPath(ref.path), file, line, effect, ...(unknown && { unknown }) }
  }
  return [
    ...rules.map((one) => {
      const unknown = !isAbout(one.ports, ports)
      return item({ policyName: one.policyName, unknown }, one.rule, one.action)
    }),
    ...silent.map((one) =>
      item({ policyName: one.policyName, unknown: one.unknown }, subjectOf(one.policy), 'isolate'),
    ),
  ]
}

function isAbout(said: PortSet, asked: PortSet): boolean {
  return !isNoPorts(intersectPorts(said, asked))
}
