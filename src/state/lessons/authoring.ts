import type { Lesson, LessonFile } from '#core/model/lesson.ts'
import { courseAsText, LESSON_ENDING, lessonAsText, readLesson } from '#lessons/format.ts'
import { filesAfter } from '#lessons/filesAfter.ts'
import { putFiles, type Room } from './context.ts'
import { checkFiles, goalsOf, lessonOf, newDraft } from './draft.ts'
import type { LessonDraft, Teaching, Tested } from './teaching.ts'

type Authoring = Pick<
  Teaching,
  | 'draftLesson'
  | 'editDraft'
  | 'dropDraft'
  | 'snapshot'
  | 'restore'
  | 'takeChecks'
  | 'test'
  | 'draftText'
  | 'editCourse'
  | 'courseText'
>

/** Writing lessons, from what is in the workspace. */
export function createAuthoring(room: Room): Authoring {
  const { store, stores, analysis, workspaces } = room
  const set = (draft: LessonDraft | undefined): void => {
    store.setState({ draft, tested: undefined })
    workspaces.touched()
  }
  const edit = (change: Partial<LessonDraft>): void => {
    const { draft } = store.getState()
    if (draft) set({ ...draft, ...change })
  }
  const presentFiles = (): readonly LessonFile[] => {
    const { picture } = stores.analysis.getState()
    const checks = checkFiles(picture)
    const { files } = stores.documents.getState()
    return files.filter(({ path }) => !checks.has(path)).map(({ path, text }) => ({ path, text }))
  }
  const takeChecks = (): void => {
    const { picture } = stores.analysis.getState()
    edit({ goals: goalsOf(picture, store.getState().draft?.goals ?? []) })
  }
  const gradeBoth = async (lesson: Lesson): Promise<Tested> => {
    const [start, solution] = await Promise.all(
      [lesson.files, filesAfter(lesson, lesson.solution)].map((files) =>
        analysis.engine.ask('grade', { lesson, files }),
      ),
    )
    return start && solution
      ? { type: 'graded', lesson, start: start.graded, solution: solution.graded }
      : { type: 'problems', problems: ['Drawbridge could not test it; try it again.'] }
  }

  return {
    draftLesson() {
      if (!store.getState().draft) {
        set(newDraft(`lesson-${room.newId().slice(0, 8)}`))
        takeChecks()
      }
      stores.view.setState({ dialog: { type: 'author' } })
    },
    editDraft: edit,
    dropDraft: () => set(undefined),
    snapshot: (which) => edit({ [which]: presentFiles() }),
    restore(which) {
      const files = store.getState().draft?.[which]
      if (files) putFiles(room, files, which === 'start' ? 'loading the start' : 'loading the solution')
    },
    takeChecks,
    async test() {
      const { draft } = store.getState()
      const made = draft ? lessonOf(draft) : { problems: ['There is no lesson.'] }
      const tested: Tested =
        'lesson' in made ? await gradeBoth(made.lesson) : { type: 'problems', problems: made.problems }
      if (store.getState().draft === draft) store.setState({ tested })
      return tested
    },
    draftText() {
      const { draft } = store.getState()
      const made = draft && lessonOf(draft)
      if (!made || !('lesson' in made)) return undefined
      return { name: `${slug(made.lesson.title)}${LESSON_ENDING}`, text: lessonAsText(made.lesson) }
    },
    editCourse: (change) =>
      store.setState(({ courseDraft }) => ({ courseDraft: { title: '', files: [], ...courseDraft, ...change } })),
    courseText(title, texts) {
      const read = texts.map(readLesson)
      const problem = read.find((one) => one.type === 'problem')
      if (problem) return { problem: problem.problem }
      const lessons = read.flatMap((one) =>
        one.type === 'lesson' ? [one.lesson] : one.type === 'course' ? one.course.lessons : [],
      )
      const text = courseAsText({ title: title.trim(), lessons })
      // What can't be opened again must not be handed out.
      const again = readLesson(text)
      return again.type === 'problem' ? { problem: again.problem } : { text }
    },
  }
}

function slug(title: string): string {
  return (
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'lesson'
  )
}
