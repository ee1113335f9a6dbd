import { explainVerdict } from '#core/explain/explain.ts'
import type { Explanation } from '#core/model/picture.ts'
import { differsAt, nameWith } from './differs.ts'
import type { Connection } from './edge.ts'
import { ask } from './portTexts.ts'
import { judgePair, podsOf, type Scene } from './scene.ts'

/** Why a connection is as it is under the CNI, with what the API says where that is something else. */
export function explainUnder(scene: Scene, { from, to, specs }: Connection): Explanation {
  const judged = judgePair(scene, from, to)
  const { evaluation } = scene.profiled
  const told = explainVerdict(judged?.verdict, { evaluation, from, to, specs })
  const differs = judged && differsAt(judged, ask(specs, podsOf(scene, to)).ports)
  if (!differs) return told
  // No text mends what the CNI itself does: plans go by the API.
  const halves = told.halves.map((half) => ({ ...half, misses: [] }))
  return { ...told, halves, name: nameWith(told.name, differs), differs }
}
