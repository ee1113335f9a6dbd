import type { Hint, LessonFile, WrongAnswer } from '#core/model/lesson.ts'
import { file } from './texts.ts'

/** The one file in which a lesson's policies are, as `solution` and answers name it. */
export function answer(...policies: readonly string[]): readonly LessonFile[] {
  return [file('policies.yaml', ...policies)]
}

/** A step of help; with policies, these are what the file then says. */
export function hint(text: string, ...policies: readonly string[]): Hint {
  return policies.length > 0 ? { text, files: answer(...policies) } : { text }
}

/** What somebody believed, and the policies that came of it. */
export function mistake(belief: string, ...policies: readonly string[]): WrongAnswer {
  return { belief, files: answer(...policies) }
}
