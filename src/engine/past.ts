import { effectSteps, NO_EFFECTS } from '#core/compile/effects.ts'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { loadSteps } from '#core/load/load.ts'
import type { ChangedEdge } from '#core/model/effects.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import { foldEdges } from './fold.ts'
import { drawAsking, type Drawing, drawSteps, outsideOf } from './picture.ts'
import type { BaselineFile, EngineFile, Questions, Since } from './protocol.ts'
import { sameData } from './same.ts'
import { type Scene, setScene, workloadsOf } from './scene.ts'

/** What the engine remembers of older texts. */
export interface Past {
  /** What was drawn before the last edit, and which step of the history that edit is. */
  edit: Drawing | undefined
  step: number | undefined
  /** Other texts that were asked about last, as they were read beside those of the time. */
  texts: { readonly files: readonly EngineFile[]; readonly drawing: Drawing } | undefined
}

/** Nothing has been drawn yet. */
export function noPast(): Past {
  return { edit: undefined, step: undefined, texts: undefined }
}

/** Remembers the drawing that a new one takes the place of; while one step goes on, what was before it stays. */
export function passOn(past: Past, before: Drawing | undefined, step: number | undefined): void {
  if (step !== undefined && step === past.step) return
  past.edit = before
  past.step = step
}

/** Answers what became different since then; yields so that newer texts may come first. */
export function* changeSteps(
  drawing: Drawing,
  past: Past,
  since: Since,
): Generator<undefined, Questions['changes']['answer'], void> {
  const before = yield* drawingOf(drawing, past, since)
  if (!before) return { known: false, effects: NO_EFFECTS, edges: [] }
  const effects = yield* effectSteps(meaningOf(before.scene), meaningOf(drawing.scene))
  return { known: true, effects, edges: changedEdges(edgesBefore(before, drawing), drawing.picture.edges) }
}

/** Answers with the edges as they were then. */
export function* beforeSteps(
  drawing: Drawing,
  past: Past,
  since: Since,
): Generator<undefined, Questions['before']['answer'], void> {
  const before = yield* drawingOf(drawing, past, since)
  if (!before) return { known: false, edges: drawing.picture.edges, outside: drawing.picture.outside }
  const edges = edgesBefore(before, drawing)
  const ends = [...drawing.picture.outside, ...outsideOf(edges)]
  return { known: true, edges, outside: [...new Map(ends.map((end) => [endId(end), end])).values()] }
}

function* drawingOf(drawing: Drawing, past: Past, since: Since): Generator<undefined, Drawing | undefined, void> {
  if (since.type === 'edit') return past.edit
  const files = resolve(since.files, drawing)
  if (past.texts && sameData(past.texts.files, files)) return past.texts.drawing
  const made = yield* drawOther(files, drawing)
  past.texts = { files, drawing: made }
  return made
}

function resolve(files: readonly BaselineFile[], { scene }: Drawing): readonly EngineFile[] {
  const now = new Map(scene.loaded.files.map((file) => [file.path, file]))
  return files.flatMap((file) => {
    if (!('same' in file)) return file
    return now.get(file.path) ?? []
  })
}

// Beside the present texts: documents that are in both keep their objects, so that only the others are compared.
function* drawOther(files: readonly EngineFile[], drawing: Drawing): Generator<undefined, Drawing, void> {
  const { scene } = drawing
  const loaded = yield* quietly(loadSteps(files, scene.loaded))
  const profiled = evaluateWithProfile(loaded.cluster, loaded.policies, loaded.settings, scene.profiled)
  return yield* quietly(drawSteps(setScene(scene.revision, loaded, profiled), drawing))
}

function* quietly<T>(steps: Iterator<unknown, T, void>): Generator<undefined, T, void> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield undefined
  }
}

function meaningOf({ profiled, loaded }: Scene) {
  return { evaluation: profiled.evaluation, checks: loaded.checks }
}

// What was drawn then, and what is drawn now as it was then; not of what was not there.
function edgesBefore(before: Drawing, now: Drawing): readonly Edge[] {
  const then = [...before.drawn.values()].map(({ edge }) => edge)
  const others = [...now.drawn].flatMap(([id, { asking }]) => {
    const { from, to } = asking.connection
    const isNew = !before.drawn.has(id) && isThere(before.scene, from) && isThere(before.scene, to)
    return isNew ? [drawAsking(before.scene, asking)] : []
  })
  return foldEdges([...then, ...others], now.picture.workloads.length)
}

function isThere(scene: Scene, end: End): boolean {
  return !('namespace' in end) || workloadsOf(scene, end).length > 0
}

function changedEdges(before: readonly Edge[], after: readonly Edge[]): readonly ChangedEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]))
  return after.flatMap(({ id, status, label }) => {
    const was = known.get(id)
    return was && (was.status !== status || was.label !== label) ? [{ id, before: was.status, after: status }] : []
  })
}
