import type { Asker, Stand } from '#core/evaluate/answers.ts'
import { differingPeers } from '#core/evaluate/changes.ts'
import { bitsOf, setBit } from '#core/evaluate/classSet.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Touched } from './touched.ts'

/** Who is asked: about the texts before and those after. */
export interface Askers {
  readonly before: Asker
  readonly after: Asker
}

/** An end in both evaluations; `workload` where it is one, as it is now. */
export interface Place {
  readonly end: End
  readonly before: Stand | undefined
  readonly after: Stand | undefined
  readonly workload?: Workload | undefined
}

/** The end in both. */
export function placeOf({ before, after }: Askers, end: End, workload?: Workload): Place {
  return { end, before: before.at(end), after: after.at(end), workload }
}

/** Two evaluations, who is asked about them, and what their difference can concern. */
export interface Asked {
  readonly evaluations: { readonly before: Evaluation; readonly after: Evaluation }
  readonly askers: Askers
  readonly touched: Touched
  readonly places: readonly Place[]
}

/**
 * Every connection of touched workloads that can be different, each once, as numbers of places: what the rows of both
 * evaluations say alike is left out where the second goes on from the first. A workload comes with itself, too.
 */
export function* askedPairs(asked: Asked): Generator<readonly [number, number], void, void> {
  const { places, touched } = asked
  const peersOf = peerFinder(asked)
  const senders = new Map<number, Uint32Array>()
  for (const [i, { workload }] of places.entries())
    if (workload && touched.ingress.has(workload.id)) senders.set(i, peersOf(i, 'ingress'))
  for (const [i, { workload }] of places.entries()) {
    if (!workload) continue
    for (const from of bitsOf(senders.get(i) ?? NOBODY)) yield [from, i]
    if (!touched.egress.has(workload.id)) continue
    for (const to of bitsOf(peersOf(i, 'egress'))) if (!hasBit(senders.get(to) ?? NOBODY, i)) yield [i, to]
  }
}

const NOBODY = new Uint32Array(0)

function peerFinder({
  evaluations: { before, after },
  askers,
  places,
}: Asked): (place: number, direction: Direction) => Uint32Array {
  const words = (places.length + 31) >>> 5
  const everybody = new Uint32Array(words)
  for (const i of places.keys()) setBit(everybody, i)
  const [was, is] = [askers.before.reach, askers.after.reach]
  // Else neither classes nor ports have the same numbers.
  if (before.table !== after.table || was.book !== is.book) return () => everybody
  const byClass = indexPlaces(places)
  return (place, direction) => {
    const { workload, after: stand } = places[place] ?? {}
    if (!workload || !stand || before.workloads.get(workload.id) !== workload) return everybody
    const found = new Uint32Array(words)
    for (const { class: own } of stand.population.members)
      for (const peer of differingPeers(was, is, { direction, id: own.id }))
        for (const other of byClass.get(peer) ?? []) setBit(found, other)
    return found
  }
}

function indexPlaces(places: readonly Place[]): ReadonlyMap<number, readonly number[]> {
  const byClass = new Map<number, number[]>()
  for (const [i, { before, after }] of places.entries()) {
    const members = [...(before?.population.members ?? []), ...(after?.population.members ?? [])]
    for (const id of new Set(members.map(({ class: own }) => own.id))) {
      const known = byClass.get(id)
      if (known) known.push(i)
      else byClass.set(id, [i])
    }
  }
  return byClass
}

function hasBit(words: Uint32Array, i: number): boolean {
  return (((words[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1
}
