import { type Difference, differences } from '#core/compare/compare.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { ConnectionChange, Plan } from '#core/model/intent.ts'
import {
  ALL_PORTS,
  formatPorts,
  intersectPorts,
  isNoPorts,
  type PortSet,
  PROTOCOLS,
  subtractPorts,
} from '#core/model/ports.ts'
import { dnsPods } from './dns.ts'
import type { Effect, Outcome } from './outcome.ts'
import { blocksOf, endOf } from './peers.ts'

/** With more changes than this, a pair of namespaces is one line. */
const MOST_LINES = 300

const EFFECTS = [
  ['opens', 'opened'],
  ['closes', 'closed'],
  ['other', 'other'],
] as const

/** What an outcome changes, and what of it must not be overlooked. */
export interface SideEffects extends Pick<Plan, 'opens' | 'closes' | 'other' | 'dns'> {
  readonly warnings: readonly string[]
}

/** Every connection that answers differently after an outcome, what was wanted apart; all workloads of a namespace that change alike are one line. */
export function sideEffects(before: Evaluation, { draft, wanted, goal }: Outcome): SideEffects {
  const after = draft.evaluation
  const blocks = [goal?.from, goal?.to].flatMap((end) => (end ? blocksOf(after, end) : []))
  const found: Record<Effect, ConnectionChange[]> = { opens: [], closes: [], other: [] }
  const all = differences(before, after, blocks)
  for (const { from, to, ...ports } of withoutEchoes(all))
    for (const [effect, key] of EFFECTS) {
      const asked = wanted(effect, from, to)
      add(found[effect], { from, to, wanted: true }, intersectPorts(ports[key], asked))
      add(found[effect], { from, to, wanted: false }, subtractPorts(ports[key], asked))
    }
  const fold = (changes: readonly ConnectionChange[]): readonly ConnectionChange[] =>
    countMany(foldEnds(foldEnds(changes, after, 'from'), after, 'to'))
  return {
    opens: fold(found.opens),
    closes: fold(found.closes),
    other: fold(found.other),
    dns: { lost: dnsChanged(all, after, 'closed'), gained: dnsChanged(all, after, 'opened') },
    warnings: [...lostDns(dnsChanged(all, after, 'closed')), ...doubts(all)],
  }
}

function add(to: ConnectionChange[], change: Omit<ConnectionChange, 'ports'>, ports: PortSet): void {
  if (!isNoPorts(ports)) to.push({ ...change, ports: formatMany(ports) })
}

// What is closed is often everything but the port that is drawn.
function formatMany(ports: PortSet): string {
  const rest = subtractPorts(ALL_PORTS, ports)
  const isShorter = countOf(rest) > 0 && countOf(rest) < countOf(ports)
  return isShorter ? `all ports but ${formatPorts(rest)}` : formatPorts(ports)
}

function countOf(ports: PortSet): number {
  return PROTOCOLS.reduce((sum, protocol) => sum + ports[protocol].length, 0)
}

// The commonest cause: pods whose addresses nothing tells may be inside of a block (design.md 8).
function doubts(all: readonly Difference[]): readonly string[] {
  if (all.every(({ other }) => isNoPorts(other))) return []
  return [
    'What becomes undetermined depends on addresses or labels that are not loaded; for blocks, the pod CIDR in the settings may tell.',
  ]
}

// Without names almost nothing works, and nothing says why (semantics.md A.13).
function dnsChanged(all: readonly Difference[], after: Evaluation, key: 'opened' | 'closed'): readonly End[] {
  const dns = dnsPods(after)
  const changed = all.filter(({ from, to, [key]: ports }) => {
    const isServed = 'workload' in from && 'workload' in to && dns.ids.has(endId(to)) && !dns.ids.has(endId(from))
    return isServed && !isNoPorts(intersectPorts(ports, dns.ports))
  })
  return [...new Map(changed.map(({ from }) => [endId(from), from])).values()]
}

function lostDns(lost: readonly End[]): readonly string[] {
  const names = lost.map(endName)
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return names.length === 0
    ? []
    : [`Cuts off DNS for ${names.slice(0, 5).join(', ')}${more}: names do not resolve there any more.`]
}

// "Anywhere" and blocks of all addresses say the same as the internet, unless they alone change.
function withoutEchoes<T extends { readonly from: End; readonly to: End }>(all: readonly T[]): readonly T[] {
  const known = new Set(all.map(({ from, to }) => `${endId(from)} ${endId(to)}`))
  return all.filter(({ from, to }) => {
    const [source, destination] = [asInternet(from), asInternet(to)]
    return (source === endId(from) && destination === endId(to)) || !known.has(`${source} ${destination}`)
  })
}

function asInternet(end: End): string {
  return 'anywhere' in end || ('cidr' in end && end.cidr.endsWith('/0')) ? 'internet' : endId(end)
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

// More lines than anybody reads: one for each pair of namespaces, with a count.
function countMany(changes: readonly ConnectionChange[]): readonly ConnectionChange[] {
  if (changes.length <= MOST_LINES) return changes
  const groups = groupBy(changes, ({ from, to, wanted }) => JSON.stringify([homeOf(from), homeOf(to), wanted]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first || group.length === 1) return group
    return [{ ...first, from: homeOf(first.from), to: homeOf(first.to), ports: `${group.length} connections` }]
  })
}

function homeOf(end: End): End {
  return 'namespace' in end ? { namespace: end.namespace } : end
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}
