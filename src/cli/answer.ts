import { samePodVerdict } from '#core/evaluate/combine.ts'
import { type Exposed, exposedPorts } from '#core/evaluate/exposed.ts'
import { evaluateWithProfile, type Profiled, type ProfiledVerdict, verdictUnder } from '#core/evaluate/profiled.ts'
import { verdictOfHalf } from '#core/explain/half.ts'
import { connectionText } from '#core/export/connections/connection.ts'
import type { Loaded } from '#core/load/load.ts'
import type { Differs } from '#core/model/picture.ts'
import { intersectPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import type { Status, Verdict } from '#core/model/verdict.ts'
import { differsAt } from '#engine/differs.ts'
import { type Asked, endFinder, withSinglePods } from './ends.ts'
import { type Evidence, evidenceOf, type Places } from './evidence.ts'
import { Mistake } from './mistake.ts'
import { placeFinder } from './place.ts'

/** A question as it is written: ends by name, ports as checks write them (`TCP/80`); none: all ports. */
export interface Question {
  readonly from: string
  readonly to: string
  readonly specs: readonly string[]
  /** Is a port asked for, not just a protocol or nothing? */
  readonly hasPort: boolean
}

/** The answer to a question, in the words of `query`. */
export interface Answer {
  readonly verdict: Status
  readonly egress: Status
  readonly ingress: Status
  /** What is surely open, as `list` writes it, where no port was asked for. */
  readonly ports?: string | undefined
  /** Set where the API says something else than the CNI does. */
  readonly differs?: Differs | undefined
  readonly evidence: readonly Evidence[]
}

/** A cluster that can be asked by names. */
export interface Oracle extends Places {
  readonly loaded: Loaded
  readonly profiled: Profiled
  readonly endOf: (text: string) => Asked
  /** What Ingress and the like lead to, worked out when first asked for. */
  readonly exposed: () => ReadonlyMap<string, Exposed>
}

/** Makes what was loaded ready to be asked. */
export function oracleOf(loaded: Loaded): Oracle {
  const cluster = withSinglePods(loaded.cluster)
  const profiled = evaluateWithProfile(cluster, loaded.policies, loaded.settings)
  const subjects = new Map(loaded.policies.map(({ ref, subject }) => [ref, subject.ref]))
  let exposed: ReadonlyMap<string, Exposed> | undefined
  return {
    loaded,
    profiled,
    endOf: endFinder(cluster),
    placeOf: placeFinder(loaded),
    subjectOf: (policy) => subjects.get(policy) ?? policy,
    exposed: () => (exposed ??= exposedPorts(cluster)),
  }
}

/** Answers a question; what can't be asked is a mistake that says why. */
export function answer(oracle: Oracle, question: Question): Answer {
  const from = oracle.endOf(question.from)
  const to = oracle.endOf(question.to)
  const ports = portsOf(question, to)
  const judged = judge(oracle, from, to)
  const { verdict } = judged
  const differs = differsAt(judged, ports)
  const statuses = {
    verdict: statusOf(verdict, ports),
    egress: statusOf(verdictOfHalf(verdict.egress), ports),
    ingress: statusOf(verdictOfHalf(verdict.ingress), ports),
  }
  return {
    ...statuses,
    ...(!question.hasPort && { ports: connectionText(intersectPorts(verdict.allowed, ports)) }),
    ...(differs && { differs }),
    evidence: evidenceOf(verdict, ports, oracle),
  }
}

function portsOf({ specs, to: name }: Question, to: Asked): PortSet {
  const { ports, unresolved } = askedPorts(specs, to.workload?.pods ?? [])
  const [first] = unresolved
  if (first !== undefined) throw new Mistake(`No pod of ${name} declares the port ${first}.`)
  return ports
}

function judge({ profiled, exposed }: Oracle, from: Asked, to: Asked): ProfiledVerdict {
  if (from.pod && from.pod === to.pod) return asTheApiSays(samePodVerdict())
  const judged = verdictUnder(profiled, from.end, to.end)
  if (!judged) throw new Mistake('One of the ends has no pods.')
  if (!('ingressController' in from.end)) return judged
  const ways = (to.workload && exposed().get(to.workload.id)?.ports) ?? NO_PORTS
  return { ...judged, verdict: within(judged.verdict, ways), reference: within(judged.reference, ways) }
}

function asTheApiSays(verdict: Verdict): ProfiledVerdict {
  return { verdict, reference: verdict, differs: false, deviations: [] }
}

function within(verdict: Verdict, ports: PortSet): Verdict {
  const { allowed, partial, undetermined } = verdict
  return {
    ...verdict,
    allowed: intersectPorts(allowed, ports),
    partial: intersectPorts(partial, ports),
    undetermined: intersectPorts(undetermined, ports),
  }
}
