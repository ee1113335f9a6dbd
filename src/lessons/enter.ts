import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { evaluateWithProfile, type Profiled } from '#core/evaluate/profiled.ts'
import { load, type Loaded } from '#core/load/load.ts'
import type { Lesson, LessonFile } from '#core/model/lesson.ts'

/** A lesson's texts as they stand now, loaded and ready to be asked; refs of all that is told belong to `loaded`. */
export interface Entered {
  readonly loaded: Loaded
  /** Under the CNI of the lesson, or of its settings. */
  readonly evaluation: Evaluation
  readonly profiled: Profiled
}

/** Where unseen files lie: no file of a learner does. */
const UNSEEN = '.unseen/'

/**
 * Loads the learner's files with the lesson's unseen ones behind them, so that no text of the learner's takes the place
 * of an unseen object. `before` (the entry before an edit) makes it quick. Never throws on any text.
 */
export function enter(lesson: Lesson, files: readonly LessonFile[], before?: Entered): Entered {
  const unseen = lesson.unseen.map(({ path, text }) => ({ path: UNSEEN + path, text }))
  const loaded = load(
    [...files, ...unseen].map((file) => ({ ...file, counts: true })),
    before?.loaded,
  )
  const settings =
    lesson.profile === undefined ? loaded.settings : { ...loaded.settings, profile: { id: lesson.profile } }
  const profiled = evaluateWithProfile(loaded.cluster, loaded.policies, settings, before?.profiled)
  return { loaded, evaluation: profiled.evaluation, profiled }
}

/** Is it a file that the learner does not see? */
export function isUnseen(path: string): boolean {
  return path.startsWith(UNSEEN)
}
