import { samePodVerdict } from '#core/evaluate/combine.ts'
import { evaluate, type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import { type Exposed, exposedPorts } from '#core/evaluate/exposed.ts'
import { verdictOfHalf } from '#core/explain/half.ts'
import { connectionText } from '#core/export/connections/connection.ts'
import type { Loaded } from '#core/load/load.ts'
import { intersectPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import type { Status, Verdict } from '#core/model/verdict.ts'
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
  readonly evidence: readonly Evidence[]
}

/** A cluster that can be asked by names. */
export interface Oracle extends Places {
  readonly loaded: Loaded
  readonly evaluation: Evaluation
  readonly endOf: (text: string) => Asked
  /** What Ingress and the like lead to, worked out when first asked for. */
  readonly exposed: () => ReadonlyMap<string, Exposed>
}

/** Makes what was loaded ready to be asked. */
export function oracleOf(loaded: Loaded): Oracle {
  const cluster = withSinglePods(loaded.cluster)
  const evaluation = evaluate(cluster, loaded.policies, loaded.settings)
  const subjects = new Map(loaded.policies.map(({ ref, subject }) => [ref, subject.ref]))
  let exposed: ReadonlyMap<string, Exposed> | undefined
  return {
    loaded,
    evaluation,
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
  const verdict = verdictBetween(oracle, from, to)
  const statuses = {
    verdict: statusOf(verdict, ports),
    egress: statusOf(verdictOfHalf(verdict.egress), ports),
    ingress: statusOf(verdictOfHalf(verdict.ingress), ports),
  }
  return {
    ...statuses,
    ...(!question.hasPort && { ports: connectionText(intersectPorts(verdict.allowed, ports)) }),
    evidence: evidenceOf(verdict, ports, oracle),
  }
}

function portsOf({ specs, to: name }: Question, to: Asked): PortSet {
  const { ports, unresolved } = askedPorts(specs, to.workload?.pods ?? [])
  const [first] = unresolved
  if (first !== undefined) throw new Mistake(`No pod of ${name} declares the port ${first}.`)
  return ports
}

function verdictBetween({ evaluation, exposed }: Oracle, from: Asked, to: Asked): Verdict {
  if (from.pod && from.pod === to.pod) return samePodVerdict()
  const verdict = verdictOf(evaluation, from.end, to.end)
  if (!verdict) throw new Mistake('One of the ends has no pods.')
  if (!('ingressController' in from.end)) return verdict
  const ways = (to.workload && exposed().get(to.workload.id)?.ports) ?? NO_PORTS
  const { allowed, partial, undetermined } = verdict
  return {
    ...verdict,
    allowed: intersectPorts(allowed, ways),
    partial: intersectPorts(partial, ways),
    undetermined: intersectPorts(undetermined, ways),
  }
}
