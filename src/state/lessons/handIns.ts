import type { Lesson } from '#core/model/lesson.ts'
import type { Room } from './context.ts'
import { handInAsText, type HandIn, readHandIns } from './handIn.ts'
import { newAttempt } from './taking.ts'
import { type GradedHandIn, lessonKey, type Teaching } from './teaching.ts'

/** Handing in, and grading what others have handed in. */
export function createHandIns({
  store,
  stores,
  analysis,
  workspaces,
}: Room): Pick<Teaching, 'handInText' | 'regrade' | 'openHandIn'> {
  const lessonOf = (key: string): Lesson | undefined => {
    const { lessons, courses } = store.getState()
    const own = lessons.find((lesson) => lessonKey(lesson) === key)
    return own ?? courses.flatMap(({ title, lessons }) => lessons.filter((one) => lessonKey(one, title) === key))[0]
  }
  const gradeOne = async ({ lesson: key, title, name, files }: HandIn): Promise<GradedHandIn> => {
    const lesson = lessonOf(key)
    const answer = lesson && (await analysis.engine.ask('grade', { lesson, files }))
    return { name, title, files, lesson, graded: answer?.graded }
  }
  return {
    handInText() {
      const { open, name } = store.getState()
      if (!open) return undefined
      const { files } = stores.documents.getState()
      return handInAsText({
        lesson: lessonKey(open.lesson, open.course),
        title: open.lesson.title,
        name,
        files: files.filter(({ counts }) => counts).map(({ path, text }) => ({ path, text })),
      })
    },
    async regrade(text) {
      const { handIns, problems } = readHandIns(text)
      return { problems, handIns: await Promise.all(handIns.map(gradeOne)) }
    },
    async openHandIn({ name, title, files, lesson }) {
      const open = lesson && {
        lesson,
        back: stores.documents.getState().workspace.id,
        attempt: { ...newAttempt(lesson), step: 'do' as const, predicted: 'skipped' as const, clock: false },
      }
      await workspaces.openTexts({ name: `${name || 'Somebody'}: ${title}`, files, teaching: { open } })
    },
  }
}
