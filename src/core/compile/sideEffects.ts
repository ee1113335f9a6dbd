import { type Difference, differences } from '#core/compare/compare.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { ConnectionChange, Plan } from '#core/model/intent.ts'
import { intersectPorts, isNoPorts, NO_PORTS, type PortSet, subtractPorts } from '#core/model/ports.ts'
import { assumedDnsChanges } from './assumedDns.ts'
import { dnsPods } from './dns.ts'
import { dnsChanged } from './dnsChanges.ts'
import { echoFilter } from './echoes.ts'
import { formatMany } from './formatMany.ts'
import type { Effect, Outcome } from './outcome.ts'
import { blocksOf, endOf } from './peers.ts'
import { createTally } from './tally.ts'

/** With more changes than this, a pair of namespaces is one line. */
const MOST_LINES = 300

const EFFECTS = [
  ['opens', 'opened'],
  ['closes', 'closed'],
  ['other', 'other'],
] as const

/** What an outcome changes, and what of it must not be overlooked. */
export interface SideEffects extends Pick<Plan, 'opens' | 'closes' | 'other' | 'dns' | 'groups'> {
  readonly warnings: readonly string[]
}

/**
 * Every connection that answers differently after an outcome, what was wanted apart; all workloads of a namespace that change
 * alike are one line. `broken` are the checks that the outcome breaks.
 */
export function sideEffects(
  before: Evaluation,
  { draft, wanted, goal }: Outcome,
  broken: readonly Check[],
): SideEffects {
  const after = draft.evaluation
  const blocks = [goal?.from, goal?.to].flatMap((end) => (end ? blocksOf(after, end) : []))
  const found: Record<Effect, ConnectionChange[]> = { opens: [], closes: [], other: [] }
  const all = differences(before, after, blocks)
  const tally = createTally(after, broken)
  for (const { from, to, ...ports } of withoutEchoes(all)) {
    const rest = { from, to, opened: NO_PORTS, closed: NO_PORTS, other: NO_PORTS }
    for (const [effect, key] of EFFECTS) {
      const asked = wanted(effect, from, to)
      rest[key] = subtractPorts(ports[key], asked)
      add(found[effect], { from, to, wanted: true }, intersectPorts(ports[key], asked))
      add(found[effect], { from, to, wanted: false }, rest[key])
    }
    if (EFFECTS.some(([, key]) => !isNoPorts(rest[key]))) tally.add(rest)
  }
  const dns = dnsPods(after)
  const assumed = assumedDnsChanges(before, after)
  const loaded = { lost: dnsChanged(dns, all, 'closed'), gained: dnsChanged(dns, all, 'opened') }
  const lost = besides(loaded.lost, assumed.lost)
  const fold = (changes: readonly ConnectionChange[]): readonly ConnectionChange[] =>
    countMany(foldEnds(foldEnds(changes, after, 'from'), after, 'to'))
  return {
    opens: fold(found.opens),
    closes: fold(found.closes),
    other: fold(found.other),
    groups: tally.ranked().groups,
    dns: {
      lost: [...loaded.lost, ...lost],
      gained: [...loaded.gained, ...besides(loaded.gained, assumed.gained)],
    },
    warnings: [...lostDns(loaded.lost, ''), ...lostDns(lost, ASSUMED), ...doubts(all)],
  }
}

function withoutEchoes(all: readonly Difference[]): readonly Difference[] {
  const echoes = echoFilter<Difference>()
  return [...all.filter(echoes.passes), ...echoes.alone()]
}

function add(to: ConnectionChange[], change: Omit<ConnectionChange, 'ports'>, ports: PortSet): void {
  if (!isNoPorts(ports)) to.push({ ...change, ports: formatMany(ports) })
}

// The commonest cause: pods whose addresses nothing tells may be inside of a block (design.md 8).
function doubts(all: readonly Difference[]): readonly string[] {
  if (all.every(({ other }) => isNoPorts(other))) return []
  return [
    'What becomes undetermined depends on addresses or labels that are not loaded; for blocks, the pod CIDR in the settings may tell.',
  ]
}

function besides(known: readonly End[], more: readonly End[]): readonly End[] {
  const ids = new Set(known.map(endId))
  return more.filter((end) => !ids.has(endId(end)))
}

const ASSUMED = ' No DNS pods are loaded: kube-system/kube-dns is assumed.'

function lostDns(lost: readonly End[], note: string): readonly string[] {
  const names = lost.map(endName)
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return names.length === 0
    ? []
    : [`Cuts off DNS for ${names.slice(0, 5).join(', ')}${more}: names do not resolve there any more.${note}`]
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
