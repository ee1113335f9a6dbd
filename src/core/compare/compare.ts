import { type Answer, askerOf } from '#core/evaluate/answers.ts'
import { type Evaluation, namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { CONTROLLER, exposedPorts } from '#core/evaluate/exposed.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { ALL_PORTS, intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import { type Asked, type Askers, askedPairs, type Place, placeOf } from './asked.ts'
import { touchedWorkloads, touchesController, type Touched } from './touched.ts'

/** What became of one connection; sets of ports of the destination, disjoint, not all of them empty. */
export interface Difference {
  readonly from: End
  readonly to: End
  /** Open now, for more pod pairs than before at least. */
  readonly opened: PortSet
  readonly closed: PortSet
  /** Known before and not now, or the reverse. */
  readonly other: PortSet
}

/**
 * Every connection between workloads that are in both evaluations, and between them and the outside, that the two answer
 * differently; from the ingress controller only what is exposed to it now. The texts may differ by little or much, but
 * unchanged documents must have kept their very objects (`load`). `more` adds ends outside to the internet and the blocks
 * that policies name.
 */
export function differences(before: Evaluation, after: Evaluation, more: readonly End[]): readonly Difference[] {
  return [...differenceSteps(before, after, more)].filter((one) => one !== undefined)
}

/** The same, one at a time; undefined where there is only a chance to stop, every few hundred connections. */
export function* differenceSteps(
  before: Evaluation,
  after: Evaluation,
  more: readonly End[],
): Generator<Difference | undefined, void, void> {
  const shown = unique([...namedBlocks(before), ...namedBlocks(after)])
  const touched = touchedWorkloads(before, after)
  if (touched.ingress.size + touched.egress.size > 0) {
    const askers = { before: askerOf(before, shown, after), after: askerOf(after, shown, before) }
    yield undefined
    const inside = inBoth(before, after).map((workload) => placeOf(askers, endOf(workload), workload))
    const outside = unique([{ internet: true }, { anywhere: true }, ...shown, ...more])
    const places = [...inside, ...outside.map((end) => placeOf(askers, end))]
    yield* throughAll({ evaluations: { before, after }, askers, touched, places })
  }
  yield* fromController(before, after, { touched, shown })
}

function inBoth(before: Evaluation, after: Evaluation): readonly Workload[] {
  return after.cluster.workloads.filter((one) => before.workloads.has(one.id) && isRunning(one))
}

const PAIRS_PER_STEP = 512

function* throughAll(asked: Asked): Generator<Difference | undefined, void, void> {
  const compare = comparer(asked.askers)
  let count = 0
  for (const [from, to] of askedPairs(asked)) {
    if (++count % PAIRS_PER_STEP === 0) yield undefined
    const [source, destination] = [asked.places[from], asked.places[to]]
    if (!source || !destination || (source === destination && replicasOf(source) < 2)) continue
    yield* compare(source, destination)
  }
}

function replicasOf({ workload }: Place): number {
  return workload?.pods.reduce((sum, { count }) => sum + count, 0) ?? 0
}

type Compare = (from: Place, to: Place) => readonly Difference[]

// Most connections get one of few answers: what lies between two of them is worked out once.
function comparer({ before, after }: Askers): Compare {
  const known = new Map<Answer, Map<Answer, Changed>>()
  return (from, to) => {
    if (!from.before || !from.after || !to.before || !to.after) return []
    const [old, now] = [before.answer(from.before, to.before), after.answer(from.after, to.after)]
    const own = known.get(old) ?? new Map<Answer, Changed>()
    known.set(old, own)
    const sets = own.get(now) ?? changedPorts(old, now)
    own.set(now, sets)
    return sets.none
      ? []
      : [{ from: from.end, to: to.end, opened: sets.opened, closed: sets.closed, other: sets.other }]
  }
}

type Sets = Omit<Difference, 'from' | 'to'>
type Changed = Sets & { readonly none: boolean }

function changedPorts(old: Answer, now: Answer): Changed {
  const known = (ports: PortSet): PortSet => subtractPorts(subtractPorts(ports, old.undetermined), now.undetermined)
  // A port's level is denied, partial or allowed; what is not known has none.
  const risen = unitePorts(subtractPorts(now.allowed, old.allowed), subtractPorts(now.partial, open(old)))
  const fallen = unitePorts(subtractPorts(old.allowed, now.allowed), subtractPorts(old.partial, open(now)))
  const doubts = unitePorts(
    subtractPorts(old.undetermined, now.undetermined),
    subtractPorts(now.undetermined, old.undetermined),
  )
  return within({ opened: known(risen), closed: known(fallen), other: doubts }, ALL_PORTS)
}

// What is said about these ports, if anything.
function within(sets: Sets, ports: PortSet): Changed {
  const [opened, closed, other] = [sets.opened, sets.closed, sets.other].map((set) => intersectPorts(set, ports))
  if (!opened || !closed || !other) return { ...sets, none: true }
  return { opened, closed, other, none: [opened, closed, other].every(isNoPorts) }
}

function open({ allowed, partial }: Answer): PortSet {
  return unitePorts(allowed, partial)
}

// A policy about what the controller sends touches all of them.
function* fromController(
  before: Evaluation,
  after: Evaluation,
  { touched, shown }: { readonly touched: Touched; readonly shown: readonly End[] },
): Generator<Difference, void, void> {
  const all = touchesController(before, after)
  for (const [id, { ports }] of exposedPorts(after.cluster)) {
    const workload = after.workloads.get(id)
    if (!workload || !before.workloads.has(id) || !(all || touched.ingress.has(id))) continue
    const to = endOf(workload)
    const [old, now] = [before, after].map((evaluation) => verdictOf(evaluation, CONTROLLER, to, shown))
    const sets = old && now && within(changedPorts(old, now), ports)
    if (sets && !sets.none) yield { from: CONTROLLER, to, opened: sets.opened, closed: sets.closed, other: sets.other }
  }
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}

function endOf({ namespace, kind, name }: Workload): End {
  return { namespace, workload: `${kind}/${name}` }
}

function unique(ends: readonly End[]): readonly End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}
