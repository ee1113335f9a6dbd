import type { Course } from '#core/model/lesson.ts'
import { courseAsText, readLesson } from '#lessons/format.ts'
import { createReader, type Reader } from '#lessons/reader.ts'
import type { TextStore } from '../preferences.ts'
import type { Done, LessonProgress, TeachingState } from './teaching.ts'

/** What is kept of lessons beside the workspaces. */
export type Kept = Pick<TeachingState, 'progress' | 'courses' | 'instructor' | 'name'>

/** Where it is kept (localStorage in the browser). */
export interface ProgressStore {
  readonly read: () => Kept
  /** False where it could not be kept. */
  readonly write: (kept: Kept) => boolean
}

const KEY = 'drawbridge.lessons'

/** Progress in a text store; what can't be read is as if never done. */
export function createProgress(store: TextStore | undefined): ProgressStore {
  return {
    read: () => ({ ...EMPTY, ...load(store) }),
    write({ progress, courses, ...rest }) {
      const text = JSON.stringify({ ...rest, progress: [...progress], courses: courses.map(courseAsText) })
      try {
        store?.setItem(KEY, text)
        return true
      } catch {
        return false
      }
    },
  }
}

const EMPTY: Kept = { progress: new Map(), courses: [], instructor: false, name: '' }

function load(store: TextStore | undefined): Partial<Kept> {
  try {
    return sift(JSON.parse(store?.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

// Another version of the app, or the user's own hand, may have written anything there: each part counts alone.
function sift(value: unknown): Partial<Kept> {
  const field = createReader().fields(value, '')
  const [progress, courses, name] = [field('progress'), field('courses'), field('name')]
  return {
    instructor: field('instructor') === true,
    ...(typeof name === 'string' ? { name: name.slice(0, 200) } : {}),
    ...(Array.isArray(courses) ? { courses: courses.flatMap(readCourse) } : {}),
    ...(Array.isArray(progress) ? { progress: new Map(progress.flatMap(readEntry)) } : {}),
  }
}

function readCourse(text: unknown): readonly Course[] {
  const read = typeof text === 'string' ? readLesson(text) : undefined
  return read?.type === 'course' ? [read.course] : []
}

function readEntry(entry: unknown): readonly (readonly [string, LessonProgress])[] {
  const reader = createReader()
  const [key, value] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
  const field = reader.fields(value, '')
  const optional = (name: string): string | undefined =>
    field(name) === undefined ? undefined : reader.text(field(name), '', 500)
  const read: LessonProgress = {
    title: reader.text(field('title'), '', 500),
    track: reader.oneOf(field('track'), '', ['basics', 'everyday', 'traps', 'exam']),
    course: optional('course'),
    workspace: optional('workspace'),
    done: field('done') === undefined ? undefined : readDone(reader, field('done')),
  }
  const name = reader.text(key, '', 1000)
  return reader.problem() === undefined ? [[name, read]] : []
}

// What a Date can hold: a summary writes it as a day.
const LAST_TIME = 8.64e15

function readDone(reader: Reader, value: unknown): Done {
  const field = reader.fields(value, '')
  const count = (name: string, most = Number.MAX_SAFE_INTEGER): number => reader.number(field(name), '', 0, most)
  const optional = (name: string): number | undefined => (field(name) === undefined ? undefined : count(name))
  return {
    at: count('at', LAST_TIME),
    seconds: count('seconds'),
    hints: count('hints'),
    solution: reader.flag(field('solution'), ''),
    exam: reader.flag(field('exam'), ''),
    right: optional('right'),
    asked: optional('asked'),
  }
}
