import type { Workload } from '#core/model/cluster.ts'
import type { Direction } from '#core/model/rule.ts'
import { bitsOf } from './classSet.ts'
import { classesOf } from './classes.ts'
import { countsOf } from './counts.ts'
import type { Evaluation } from './evaluation.ts'
import type { PodClass } from './peerClass.ts'
import { portsOfPair, type Reachability } from './reachability.ts'
import type { Row } from './rows.ts'
import type { Bounds } from './tiers.ts'

/** Numbers for one connection in `Changes.cells`: who, whom, then ports as numbers of the book. */
export const CELL = {
  from: 0,
  to: 1,
  sureBefore: 2,
  sureAfter: 3,
  perhapsBefore: 4,
  perhapsAfter: 5,
  width: 6,
} as const

/** What became of connections between classes, as numbers that cross a worker's border for nothing. */
export interface Changes {
  /** `CELL.width` numbers for each connection that is different; ids and ports are those of the reachability after. */
  readonly cells: Uint32Array
  /** Pods that are of another class than before: old id, new id. Their connections are compared as theirs. */
  readonly moved: readonly (readonly [number, number])[]
}

/**
 * All connections between classes that two reachabilities, the second going on from the first, answer differently; classes
 * whose last pod is gone are left out. The cost grows with what changed, not with the cluster (design.md 5).
 */
export function changesBetween(before: Reachability, after: Reachability): Changes {
  const moved = movedClasses(before.evaluation, after.evaluation)
  const cells: number[] = []
  const seen = new Set<number>()
  const compare = (old: readonly [number, number], now: readonly [number, number]): void => {
    const key = now[0] * after.evaluation.size + now[1]
    if (seen.has(key)) return
    seen.add(key)
    const was = portsOfPair(before, ...old)
    const is = portsOfPair(after, ...now)
    if (was.sure !== is.sure || was.perhaps !== is.perhaps)
      cells.push(...now, was.sure, is.sure, was.perhaps, is.perhaps)
  }
  const isLive = isPeopled(after)
  for (const [old, now] of moved)
    for (let other = 0; other < before.evaluation.size; other++) {
      if (!isLive(other)) continue
      compare([old, other], [now, other])
      compare([other, old], [other, now])
    }
  for (const [subject, peer] of touched(before, after, 'egress'))
    if (isLive(peer)) compare([subject, peer], [subject, peer])
  for (const [subject, peer] of touched(before, after, 'ingress'))
    if (isLive(peer)) compare([peer, subject], [peer, subject])
  return { cells: Uint32Array.from(cells), moved }
}

// The subjects whose rows are others now, with each peer that they differ about.
function* touched(
  before: Reachability,
  after: Reachability,
  direction: Direction,
): Generator<readonly [number, number]> {
  const isLive = isPeopled(after)
  for (const id of after[direction].keys())
    if (isLive(id)) for (const peer of differingPeers(before, after, { direction, id })) yield [id, peer]
}

/**
 * The classes about which the rows of a class differ in a direction, none twice; those that came after the rows among them, as
 * rows don't tell about them. The second reachability must go on from the first; of a class that is new there is nothing to tell.
 */
export function* differingPeers(
  before: Reachability,
  after: Reachability,
  { direction, id }: { readonly direction: Direction; readonly id: number },
): Generator<number, void, void> {
  const [was, row] = [before[direction][id], after[direction][id]]
  if (!was || !row || was === row) return
  yield* differing(was, row)
  for (let peer = after.size; peer < after.evaluation.size; peer++) yield peer
}

function differing(a: Bounds<Row>, b: Bounds<Row>): Iterable<number> {
  const sure = differingIn(a.sure, b.sure)
  return a.sure === a.perhaps && b.sure === b.perhaps ? sure : new Set([...sure, ...differingIn(a.perhaps, b.perhaps)])
}

// Of a slice that is in both rows only what differs counts, of one that is in one row all of it.
function differingIn(a: Row, b: Row): readonly number[] {
  const words = new Uint32Array(Math.max(...[...a, ...b].map((slice) => slice.words.length), 0))
  const byPorts = new Map(a.map((slice) => [slice.ports, slice.words]))
  for (const { ports, words: now } of b) {
    const was = byPorts.get(ports)
    byPorts.delete(ports)
    for (let i = 0; i < now.length; i++) words[i] = (words[i] ?? 0) | ((now[i] ?? 0) ^ (was?.[i] ?? 0))
  }
  for (const was of byPorts.values()) for (let i = 0; i < was.length; i++) words[i] = (words[i] ?? 0) | (was[i] ?? 0)
  return bitsOf(words)
}

// Outside ends are always there.
function isPeopled({ evaluation }: Reachability): (id: number) => boolean {
  const counts = countsOf(evaluation)
  const outside = evaluation.anywhere.id
  return (id) => id <= outside || (counts[id] ?? 0) > 0
}

function movedClasses(before: Evaluation, after: Evaluation): Changes['moved'] {
  if (before.cluster.workloads === after.cluster.workloads) return []
  const moved = new Map<string, readonly [number, number]>()
  for (const [i, workload] of after.cluster.workloads.entries()) {
    const place = before.cluster.workloads[i]
    const old = place?.id === workload.id ? place : before.workloads.get(workload.id)
    if (!old || old === workload) continue
    for (const [was, is] of pairedPods(before, old, workload)) moved.set(`${was} ${is}`, [was, is])
  }
  return [...moved.values()]
}

function* pairedPods({ table }: Evaluation, old: Workload, now: Workload): Generator<readonly [number, number]> {
  const known = new Map(old.pods.map((pod) => [pod.name, pod]))
  for (const pod of now.pods) {
    const before = known.get(pod.name)
    if (!before || before === pod) continue
    for (const was of classesOf(table, before)) {
      const is = classesOf(table, pod).find(({ family }: PodClass) => family === was.family)
      if (is && is !== was) yield [was.id, is.id]
    }
  }
}
