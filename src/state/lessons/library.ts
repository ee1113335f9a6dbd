import type { Course, Lesson } from '#core/model/lesson.ts'
import { readLesson } from '#lessons/format.ts'
import { keep, type Room } from './context.ts'
import { summaryOf } from './summary.ts'
import { type LessonProgress, lessonKey, type Teaching, type TeachingState } from './teaching.ts'

type Library = Pick<
  Teaching,
  'load' | 'next' | 'openText' | 'forgetCourse' | 'reset' | 'setName' | 'setInstructor' | 'summary'
>

/** Which lessons there are, and what has been done of them. */
export function createLibrary(room: Room, start: Teaching['start']): Library {
  const { store } = room
  const set = (change: Partial<TeachingState>): void => {
    store.setState(change)
    keep(room)
  }
  return {
    async load() {
      if (store.getState().lessons.length > 0) return
      const { LESSONS } = await import('#lessons/index.ts')
      store.setState({ lessons: LESSONS })
    },
    next() {
      const { open, lessons, courses } = store.getState()
      if (!open) return undefined
      const { course } = open
      const all = course === undefined ? lessons : (courses.find(({ title }) => title === course)?.lessons ?? [])
      const at = all.findIndex(({ id }) => id === open.lesson.id)
      const lesson = at < 0 ? undefined : all[at + 1]
      return lesson && { lesson, course }
    },
    async openText(text) {
      const read = readLesson(text)
      if (read.type === 'problem') return read.problem
      const course: Course = read.type === 'course' ? read.course : { title: read.lesson.title, lessons: [read.lesson] }
      set({ courses: [...store.getState().courses.filter(({ title }) => title !== course.title), course] })
      const [first] = course.lessons
      if (read.type === 'lesson' && first) await start(first, course.title)
      else room.stores.view.setState({ dialog: { type: 'lessons' } })
      return undefined
    },
    forgetCourse: (title) => set({ courses: store.getState().courses.filter((course) => course.title !== title) }),
    reset: () => set({ progress: new Map() }),
    setName: (name) => set({ name }),
    setInstructor: (instructor) => set({ instructor }),
    summary: (day) => summaryOf({ ...store.getState(), day }),
  }
}

/** Keeps something about a lesson beside what is kept already. */
export function note(
  room: Room,
  { lesson, course }: { readonly lesson: Lesson; readonly course?: string | undefined },
  change: Pick<LessonProgress, 'workspace'> | Pick<LessonProgress, 'done'>,
): void {
  const key = lessonKey(lesson, course)
  const { progress } = room.store.getState()
  const entry = { ...progress.get(key), title: lesson.title, track: lesson.track, course, ...change }
  room.store.setState({ progress: new Map(progress).set(key, entry) })
  keep(room)
}
