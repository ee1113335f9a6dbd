import type { Lesson } from '#core/model/lesson.ts'
import { lessonAsText, readLesson } from '#lessons/format.ts'
import { keep, type Room } from './context.ts'
import { newAttempt } from './taking.ts'
import type { OpenLesson, SavedTeaching } from './teaching.ts'

/** A lesson that came with a workspace, to be kept with it, or why it can't be taken. */
export type Received = { readonly teaching: SavedTeaching } | { readonly problem: string }

/** The open lesson as plain JSON, to go with its workspace; undefined where none is open. */
export function carriedOf({ store }: Room): unknown {
  const { open } = store.getState()
  if (!open) return undefined
  const file: unknown = JSON.parse(lessonAsText(open.lesson))
  return { ...Object(file), ...(open.course !== undefined && { course: open.course }) }
}

/**
 * Takes a lesson that came with somebody's workspace, from whoever wrote it: where the texts are, there the learner is,
 * so it goes on with the task. One of ours is ours, whatever came under its name.
 */
export async function receive(room: Room, carried: unknown): Promise<Received> {
  const read = readLesson(JSON.stringify(carried))
  if (read.type === 'problem') return { problem: read.problem }
  const [lesson] = read.type === 'lesson' ? [read.lesson] : read.course.lessons
  if (!lesson) return { problem: 'It holds no lesson.' }
  const title = read.type === 'course' ? read.course.title : courseOf(carried)
  const own = title === undefined ? await ownLesson(lesson) : undefined
  const course = own ? undefined : (title ?? lesson.title)
  if (course !== undefined) remember(room, course, read.type === 'course' ? read.course.lessons : [lesson])
  return { teaching: { open: { ...goingOn(own ?? lesson), course } } }
}

function courseOf(carried: unknown): string | undefined {
  const course = typeof carried === 'object' && carried && 'course' in carried ? carried.course : undefined
  return typeof course === 'string' && course.trim() !== '' && course.length <= 300 ? course : undefined
}

async function ownLesson({ id }: Lesson): Promise<Lesson | undefined> {
  const { LESSONS } = await import('#lessons/index.ts')
  return LESSONS.find((one) => one.id === id)
}

function goingOn(lesson: Lesson): OpenLesson {
  return { lesson, attempt: { ...newAttempt(lesson), step: 'do', predicted: 'skipped' } }
}

// What the list of lessons shows already stays as it is.
function remember(room: Room, title: string, lessons: readonly Lesson[]): void {
  const { courses } = room.store.getState()
  if (courses.some((course) => course.title === title)) return
  room.store.setState({ courses: [...courses, { title, lessons }] })
  keep(room)
}
