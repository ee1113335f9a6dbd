import { differences } from '#core/compare/compare.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { ConnectionChange, Plan } from '#core/model/intent.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet, subtractPorts } from '#core/model/ports.ts'
import type { Effect, Outcome } from './outcome.ts'
import { blocksOf, endOf } from './peers.ts'

const EFFECTS = [
  ['opens', 'opened'],
  ['closes', 'closed'],
  ['other', 'other'],
] as const

/** Every connection that answers differently after an outcome, what was wanted apart; all workloads of a namespace that change alike are one line. */
export function sideEffects(
  before: Evaluation,
  { draft, wanted, goal }: Outcome,
): Pick<Plan, 'opens' | 'closes' | 'other'> {
  const after = draft.evaluation
  const blocks = [goal?.from, goal?.to].flatMap((end) => (end ? blocksOf(after, end) : []))
  const found: Record<Effect, ConnectionChange[]> = { opens: [], closes: [], other: [] }
  for (const { from, to, ...ports } of withoutEchoes(differences(before, after, blocks)))
    for (const [effect, key] of EFFECTS) {
      const asked = wanted(effect, from, to)
      add(found[effect], { from, to, wanted: true }, intersectPorts(ports[key], asked))
      add(found[effect], { from, to, wanted: false }, subtractPorts(ports[key], asked))
    }
  const fold = (changes: readonly ConnectionChange[]): readonly ConnectionChange[] =>
    foldEnds(foldEnds(changes, after, 'from'), after, 'to')
  return { opens: fold(found.opens), closes: fold(found.closes), other: fold(found.other) }
}

function add(to: ConnectionChange[], change: Omit<ConnectionChange, 'ports'>, ports: PortSet): void {
  if (!isNoPorts(ports)) to.push({ ...change, ports: formatPorts(ports) })
}

// "Anywhere" says the same as the internet, unless it alone changes.
function withoutEchoes<T extends { readonly from: End; readonly to: End }>(all: readonly T[]): readonly T[] {
  const known = new Set(all.map(({ from, to }) => `${endId(from)} ${endId(to)}`))
  const isEcho = ({ from, to }: T): boolean =>
    ('anywhere' in from || 'anywhere' in to) && known.has(`${asInternet(from)} ${asInternet(to)}`)
  return all.filter((one) => !isEcho(one))
}

function asInternet(end: End): string {
  return 'anywhere' in end ? 'internet' : endId(end)
}

function foldEnds(
  changes: readonly ConnectionChange[],
  { cluster }: Evaluation,
  side: 'from' | 'to',
): readonly ConnectionChange[] {
  const other = side === 'from' ? 'to' : 'from'
  const members = groupBy(cluster.workloads.filter(isRunning), ({ namespace }) => namespace)
  const keyOf = (change: ConnectionChange): string => {
    const end = change[side]
    if (!('workload' in end)) return `${endId(change.from)} ${endId(change.to)} ${change.ports} ${change.wanted}`
    return JSON.stringify([end.namespace, endId(change[other]), change.ports, change.wanted])
  }
  return [...groupBy(changes, keyOf).values()].flatMap((group) => {
    const [first] = group
    const end = first?.[side]
    if (!first || !end || !('workload' in end)) return group
    // The workload at the other end has no connection to itself that could change.
    const all = (members.get(end.namespace) ?? []).filter((one) => endId(endOf(one)) !== endId(first[other]))
    return group.length > 1 && group.length >= all.length ? [{ ...first, [side]: { namespace: end.namespace } }] : group
  })
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}
