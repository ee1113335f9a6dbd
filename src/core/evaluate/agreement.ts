import { ALL_PORTS, intersectPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import type { Answer } from './answers.ts'

/** What all answers say; ports about which they don't agree are undetermined. One alone is itself. Asks for at least one. */
export function agreed(answers: readonly Answer[]): Answer {
  const [first] = answers
  if (first && answers.every((one) => one === first)) return first
  const allowed = answers.map((one) => one.allowed).reduce(intersectPorts)
  const partial = answers.map((one) => one.partial).reduce(intersectPorts)
  const denied = answers.map(deniedBy).reduce(intersectPorts)
  const known = unitePorts(unitePorts(allowed, partial), denied)
  return { allowed, partial, undetermined: subtractPorts(ALL_PORTS, known) }
}

/** The same for verdicts: the halves and their evidence are the first one's, but for what the others don't agree with. */
export function agreedVerdict(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts
  if (first && verdicts.every((one) => one === first)) return first
  return {
    ...agreed(verdicts),
    egress: agreedHalf(verdicts.map(({ egress }) => egress)),
    ingress: agreedHalf(verdicts.map(({ ingress }) => ingress)),
  }
}

function deniedBy({ allowed, partial, undetermined }: Answer): PortSet {
  return subtractPorts(ALL_PORTS, unitePorts(unitePorts(allowed, partial), undetermined))
}

function agreedHalf(halves: readonly Half[]): Half {
  const [first, ...others] = halves as readonly [Half, ...Half[]]
  if (others.every((half) => half === first)) return first
  const { allowed, partial, undetermined } = agreed(halves.map(answerOf))
  const isIsolated = others.every(({ isolated }) => isolated === first.isolated)
  const exempt = others.every((half) => half.exempt === first.exempt) ? first.exempt : undefined
  return {
    ...first,
    exempt,
    isolated: isIsolated ? first.isolated : 'unknown',
    isolatedBy: agreedIsolating(halves),
    allowed,
    some: unitePorts(allowed, partial),
    undetermined,
  }
}

function answerOf({ allowed, some, undetermined }: Half): Answer {
  return { allowed, partial: subtractPorts(subtractPorts(some, allowed), undetermined), undetermined }
}

// A policy that isolates only in some of them may isolate.
function agreedIsolating(halves: readonly Half[]): Half['isolatedBy'] {
  const all = new Map(halves.flatMap(({ isolatedBy }) => isolatedBy.map((one) => [one.policy, one] as const)))
  return [...all.values()].map((one) => {
    const isSure = halves.every(({ isolatedBy }) =>
      isolatedBy.some(({ policy, unknown }) => policy === one.policy && !unknown),
    )
    return isSure ? one : { ...one, unknown: true }
  })
}
