import { explainVerdict } from '#core/explain/explain.ts'
import type { ProfiledVerdict } from '#core/evaluate/profiled.ts'
import type { Decider, Explanation } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import { differsAround, nameWith } from './differs.ts'
import type { Connection } from './edge.ts'
import { ask } from './portTexts.ts'
import { judgePair, podsOf, type Scene } from './scene.ts'

/** Why a connection is as it is under the CNI, with what the API says where that is something else. */
export function explainUnder(scene: Scene, { from, to, specs }: Connection): Explanation {
  const judged = judgePair(scene, from, to)
  const { evaluation } = scene.profiled
  const told = explainVerdict(judged?.verdict, { evaluation, from, to, specs })
  const differs = judged && differsAround(judged, ask(specs, podsOf(scene, to)).ports)
  if (!differs) return told
  if (differs.beyond !== undefined) return { ...told, name: nameWith(told.name, differs), differs }
  // No text mends what the CNI itself does: plans go by the API.
  const halves = told.halves.map((half) => ({ ...half, misses: [] }))
  return { ...told, halves, deciders: decidersUnder(told, judged), name: nameWith(told.name, differs), differs }
}

// What the CNI reads differently closes it; what only comes close to opening it is of no use here.
function decidersUnder({ status, halves, deciders }: Explanation, { deviations }: ProfiledVerdict): readonly Decider[] {
  const near = new Set(halves.flatMap(({ misses }) => misses.flatMap(({ at }) => (at ? [keyOf(at)] : []))))
  const read = status === 'denied' ? deviations.flatMap(({ rule }) => rule ?? []) : []
  const all = [
    ...read.map((ref): Decider => ({ ref, effect: 'closes' })),
    ...deciders.filter(({ ref }) => !near.has(keyOf(ref))),
  ]
  return [...new Map(all.toReversed().map((one) => [keyOf(one.ref), one])).values()].toReversed()
}

function keyOf({ document, path }: Ref): string {
  return `${document}\n${path.join('/')}`
}
