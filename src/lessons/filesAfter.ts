import type { Lesson, LessonFile } from '#core/model/lesson.ts'

/** The lesson's files after an answer, a hint or the solution: those that it does not name stay as they were. */
export function filesAfter(lesson: Lesson, changed: readonly LessonFile[]): readonly LessonFile[] {
  const paths = new Set(lesson.files.map(({ path }) => path))
  const kept = lesson.files.map((file) => changed.find(({ path }) => path === file.path) ?? file)
  return [...kept, ...changed.filter(({ path }) => !paths.has(path))]
}
