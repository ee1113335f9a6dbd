import { type Evaluation, namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { CONTROLLER, exposedPorts } from '#core/evaluate/exposed.ts'
import { selectedBy, selectsController } from '#core/evaluate/peers.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { matches, type Selector } from '#core/model/labels.ts'
import { ALL_PORTS, intersectPorts, isNoPorts, type PortSet, subtractPorts, unitePorts } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Verdict } from '#core/model/verdict.ts'

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

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']

/**
 * Every connection between workloads, and between them and the outside, that two evaluations of almost the same texts
 * answer differently; from the ingress controller only what is exposed to it now. Only what a changed policy, namespace or workload touches is asked about: unchanged documents must
 * have kept their very objects (`load`). `more` adds ends outside to the internet and the blocks that policies name.
 */
export function differences(before: Evaluation, after: Evaluation, more: readonly End[]): readonly Difference[] {
  const shown = unique([...namedBlocks(before), ...namedBlocks(after)])
  const outside = unique([{ internet: true }, { anywhere: true }, ...shown, ...more])
  const touched = touchedWorkloads(before, after)
  const pairs = [...touchedPairs(before, after, { touched, outside }), ...touchedWays(before, after, touched)]
  return pairs.flatMap(({ from, to, ports }) => {
    const old = verdictOf(before, from, to, shown)
    const now = verdictOf(after, from, to, shown)
    const found = old && now && !isSame(old, now) ? compare({ from, to }, old, now) : []
    return ports ? found.flatMap((one) => within(one, ports)) : found
  })
}

interface Pair {
  readonly from: End
  readonly to: End
  /** The only ports that count; undefined: all. */
  readonly ports?: PortSet | undefined
}

/** The ids of the workloads of which a direction may be judged differently. */
type Changed = Readonly<Record<Direction, ReadonlySet<string>>>

function isSame(a: Verdict, b: Verdict): boolean {
  return a.allowed === b.allowed && a.partial === b.partial && a.undetermined === b.undetermined
}

function compare({ from, to }: Pair, old: Verdict, now: Verdict): readonly Difference[] {
  const known = (ports: PortSet): PortSet => subtractPorts(subtractPorts(ports, old.undetermined), now.undetermined)
  // A port's level is denied, partial or allowed; what is not known has none.
  const risen = unitePorts(subtractPorts(now.allowed, old.allowed), subtractPorts(now.partial, open(old)))
  const fallen = unitePorts(subtractPorts(old.allowed, now.allowed), subtractPorts(old.partial, open(now)))
  const doubts = unitePorts(
    subtractPorts(old.undetermined, now.undetermined),
    subtractPorts(now.undetermined, old.undetermined),
  )
  return within({ from, to, opened: known(risen), closed: known(fallen), other: doubts }, ALL_PORTS)
}

// What a difference says about these ports, if anything.
function within({ from, to, ...sets }: Difference, ports: PortSet): readonly Difference[] {
  const [opened, closed, other] = [sets.opened, sets.closed, sets.other].map((set) => intersectPorts(set, ports))
  if (!opened || !closed || !other) return []
  return [opened, closed, other].every(isNoPorts) ? [] : [{ from, to, opened, closed, other }]
}

function open({ allowed, partial }: Verdict): PortSet {
  return unitePorts(allowed, partial)
}

function touchedPairs(
  before: Evaluation,
  after: Evaluation,
  { touched, outside }: { readonly touched: Changed; readonly outside: readonly End[] },
): readonly Pair[] {
  const workloads = after.cluster.workloads.filter((one) => before.workloads.has(one.id) && isRunning(one))
  const ends = [...workloads.map(endOf), ...outside]
  const pairs = new Map<string, Pair>()
  for (const workload of workloads)
    for (const direction of DIRECTIONS) {
      if (!touched[direction].has(workload.id)) continue
      const own = endOf(workload)
      for (const other of ends) {
        if (endId(other) === workload.id && countOf(workload) < 2) continue
        const pair = direction === 'ingress' ? { from: other, to: own } : { from: own, to: other }
        pairs.set(`${endId(pair.from)} ${endId(pair.to)}`, pair)
      }
    }
  return [...pairs.values()]
}

// A policy about what the controller sends touches all of them.
function touchedWays(before: Evaluation, after: Evaluation, touched: Changed): readonly Pair[] {
  const all = changedPolicies(before, after).some(([evaluation, policies]) =>
    policies.some((policy) => selectsController(evaluation, policy)),
  )
  return [...exposedPorts(after.cluster)].flatMap(([id, { ports }]) => {
    const workload = after.workloads.get(id)
    const isTouched = before.workloads.has(id) && (all || touched.ingress.has(id))
    return workload && isTouched ? [{ from: CONTROLLER, to: endOf(workload), ports }] : []
  })
}

function changedPolicies(before: Evaluation, after: Evaluation): readonly (readonly [Evaluation, readonly Policy[]])[] {
  return [
    [before, without(before.policies, after.policies)],
    [after, without(after.policies, before.policies)],
  ]
}

function touchedWorkloads(before: Evaluation, after: Evaluation): Changed {
  const touched = { ingress: new Set<string>(), egress: new Set<string>() }
  for (const [evaluation, policies] of changedPolicies(before, after))
    for (const policy of policies)
      for (const direction of policy.unevaluated === undefined ? policy.directions : DIRECTIONS)
        for (const id of selectedBy(evaluation, policy)) touched[direction].add(id)
  const namespaces = relabelled(before, after)
  for (const workload of after.cluster.workloads)
    if (namespaces.has(workload.namespace) || before.workloads.get(workload.id) !== workload)
      for (const direction of DIRECTIONS) touched[direction].add(workload.id)
  return touched
}

// Labels that no policy asks for make no difference.
function relabelled(before: Evaluation, after: Evaluation): ReadonlySet<string> {
  const names = without(after.cluster.namespaces, before.cluster.namespaces).map(({ name }) => name)
  const selectors = [...before.policies, ...after.policies].flatMap(namespaceSelectors)
  const answers = ({ namespaces }: Evaluation, name: string): string => {
    const labels = namespaces.get(name)
    return labels ? selectors.map((selector) => matches(selector, labels)).join() : ''
  }
  return new Set(names.filter((name) => answers(before, name) !== answers(after, name)))
}

function namespaceSelectors({ subject, rules }: Policy): readonly Selector[] {
  const peers = rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers))
  const matchers = [subject, ...peers.filter((peer) => peer.type === 'pods')]
  return matchers.flatMap(({ namespaces }) => (namespaces.type === 'selector' ? [namespaces.selector] : []))
}

function without<T>(all: readonly T[], others: readonly T[]): readonly T[] {
  const known = new Set(others)
  return all.filter((one) => !known.has(one))
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}

function countOf({ pods }: Workload): number {
  return pods.reduce((sum, { count }) => sum + count, 0)
}

function endOf({ namespace, kind, name }: Workload): End {
  return { namespace, workload: `${kind}/${name}` }
}

function unique(ends: readonly End[]): readonly End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}
