import type { Cluster, Workload } from '#core/model/cluster.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Interval } from '#core/model/intervals.ts'
import type { Family } from './addresses.ts'
import { blocksOf } from './blocks.ts'
import { enterClass } from './classIndex.ts'
import { carryCounts } from './counts.ts'
import { canRead, classesOf, whatIsRead } from './classes.ts'
import type { Applicable, Evaluation, Sides } from './evaluation.ts'
import { selectsClass } from './matching.ts'
import type { PodClass } from './peerClass.ts'
import { complete, type Made } from './prepare.ts'
import { appliesTo, speaksIn } from './standing.ts'

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']

/**
 * The evaluation after an edit, with all of the one before that the edit doesn't touch. Undefined where too much may be
 * different: other nodes, namespaces or settings, or policies that look at pods in a new way; then all is prepared anew.
 */
export function goOn(before: Evaluation, made: Made): Evaluation | undefined {
  const gone = without(before.policies, made.policies)
  const come = without(made.policies, before.policies)
  const workloads = changedWorkloads(before.cluster, made.cluster)
  if (!isAlike(before, made, workloads) || !canGoOn(before, gone, come)) return undefined
  const { table, index } = before
  for (const { pods } of workloads) for (const pod of pods) classesOf(table, pod)
  for (const own of table.classes.slice(before.podClasses.length - 1)) enterClass(index, own)
  const after = complete(made, before)
  carryCounts(before, after, workloads)
  for (const direction of DIRECTIONS) carrySides(before, after, { direction, gone, come })
  return after
}

// Without these, what was worked out would not be true any more.
function isAlike(before: Evaluation, { cluster, settings }: Made, workloads: readonly Workload[]): boolean {
  return (
    before.cluster.nodes === cluster.nodes &&
    before.cluster.namespaces === cluster.namespaces &&
    (before.settings === settings || sayAlike(before.settings, settings)) &&
    (before.cluster.workloads === cluster.workloads || canTakeIn(before, workloads))
  )
}

// The profile itself says nothing: what it does is in the policies and the other settings (`applyProfile`).
function sayAlike(before: Settings, after: Settings): boolean {
  return JSON.stringify({ ...before, profile: undefined }) === JSON.stringify({ ...after, profile: undefined })
}

// Classes that nobody is in any more cost time and memory.
const MOST_GROWTH = 1.5
const SPARE = 256

function canTakeIn({ namespaces, memo, podClasses, table }: Evaluation, workloads: readonly Workload[]): boolean {
  return (
    workloads.every(({ namespace }) => namespaces.has(namespace)) &&
    // Whether all nodes are loaded depends on the pods, and whether IPv6 counts does.
    !memo.asked.nodes &&
    !podClasses.some(({ family }) => family === 'v6') &&
    !workloads.some(({ pods }) => pods.some(({ ips }) => ips.some((ip) => ip.includes(':')))) &&
    table.classes.length <= table.atBirth.count * MOST_GROWTH + SPARE
  )
}

function canGoOn(
  { space, table, cluster, usesV6 }: Evaluation,
  gone: readonly Policy[],
  come: readonly Policy[],
): boolean {
  if (!canRead(table, whatIsRead(come))) return false
  const blocks = (policies: readonly Policy[]) =>
    policies.flatMap(({ rules }) => rules.map((rule) => blocksOf(rule, cluster.nodes)))
  if (blocks(gone).some(({ v6 }) => v6.length > 0)) return false
  const starts = new Set(space.parts.map(startOf))
  return blocks(come).every(({ v4, v6 }) => {
    if (v6.length > 0 && !usesV6) return false
    return isCut(starts, { family: 'v4', intervals: v4 }) && isCut(starts, { family: 'v6', intervals: v6 })
  })
}

const PAST: Readonly<Record<Family, bigint>> = { v4: 2n ** 32n, v6: 2n ** 128n }

// Does every interval begin and end where a part does?
function isCut(
  starts: ReadonlySet<string>,
  { family, intervals }: { readonly family: Family; readonly intervals: readonly Interval<bigint>[] },
): boolean {
  const has = (from: bigint): boolean => from === PAST[family] || starts.has(startOf({ family, from }))
  return intervals.every(({ from, to }) => has(from) && has(to + 1n))
}

function startOf({ family, from }: { readonly family: Family; readonly from: bigint }): string {
  return `${family} ${from}`
}

interface Change {
  readonly direction: Direction
  readonly gone: readonly Policy[]
  readonly come: readonly Policy[]
}

function carrySides(before: Evaluation, after: Evaluation, { direction, gone, come }: Change): void {
  const old = before.own.sides[direction]
  if (!old) return
  const applicable: (readonly Applicable[])[] = [...old.applicable]
  const standings: Sides['standings'] = [...old.standings]
  const touch = (id: number, change: (list: readonly Applicable[]) => readonly Applicable[]): void => {
    applicable[id] = change(applicable[id] ?? [])
    standings[id] = undefined
  }
  for (const policy of gone)
    for (const id of idsOf(before, policy, direction)) touch(id, (list) => list.filter((one) => one.policy !== policy))
  const order = come.length > 0 ? new Map(after.policies.map((policy, i) => [policy, i])) : new Map<Policy, number>()
  const inOrder = (list: readonly Applicable[]): readonly Applicable[] =>
    list.toSorted((a, b) => (order.get(a.policy) ?? 0) - (order.get(b.policy) ?? 0))
  for (const own of after.podClasses.slice(before.podClasses.length))
    applicable[own.id] = whoSpeaks(after, own, direction)
  for (const policy of come) {
    if (!speaksIn(policy, direction)) continue
    for (const { own, ids } of appliesTo(after, policy, direction))
      for (const id of ids) if (id < before.size) touch(id, (list) => inOrder([...list, own]))
  }
  const shared = old.shared.size > 2 * after.size + SPARE ? new Map() : old.shared
  after.own.sides[direction] = { applicable, standings, shared }
}

function idsOf(evaluation: Evaluation, policy: Policy, direction: Direction): readonly number[] {
  if (!speaksIn(policy, direction)) return []
  return appliesTo(evaluation, policy, direction).flatMap(({ ids }) => ids)
}

function whoSpeaks(evaluation: Evaluation, own: PodClass, direction: Direction): readonly Applicable[] {
  return evaluation.policies.flatMap((policy) => {
    if (!speaksIn(policy, direction)) return []
    const selected = selectsClass(evaluation, policy.subject, own)
    if (selected === 'no') return []
    return appliesTo(evaluation, policy, direction).flatMap((one) => (one.own.selected === selected ? [one.own] : []))
  })
}

function changedWorkloads(before: Cluster, after: Cluster): readonly Workload[] {
  if (before.workloads === after.workloads) return []
  const place = (i: number): Workload | undefined => before.workloads[i]
  const moved = after.workloads.filter((workload, i) => place(i) !== workload)
  if (moved.length === 0) return moved
  // One that only moved up is not new: counted twice, its class would outlive its pods.
  const known = new Set(before.workloads)
  return moved.filter((workload) => !known.has(workload))
}

function without<T>(all: readonly T[], others: readonly T[]): readonly T[] {
  if (all === others) return []
  const moved = all.filter((one, i) => others[i] !== one)
  if (moved.length === 0) return moved
  const known = new Set(others)
  return moved.filter((one) => !known.has(one))
}
