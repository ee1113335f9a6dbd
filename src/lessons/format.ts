import { parseCidr } from '#core/model/cidr.ts'
import type { End } from '#core/model/end.ts'
import type {
  Constraint,
  Course,
  Goal,
  Hint,
  Lesson,
  LessonFile,
  Prediction,
  Track,
  WrongAnswer,
} from '#core/model/lesson.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import { createReader, type Reader } from './reader.ts'

/** What a lesson file holds: one lesson, several in an order, or nothing that can be used, and why. */
export type ReadLesson =
  | { readonly type: 'lesson'; readonly lesson: Lesson }
  | { readonly type: 'course'; readonly course: Course }
  | { readonly type: 'problem'; readonly problem: string }

/** The name that a file of a lesson or a course ends with. */
export const LESSON_ENDING = '.lesson.json'

const FORMATS = ['drawbridge-lesson', 'drawbridge-course'] as const
const VERSION = 1
const MOST = { bytes: 2_000_000, lessons: 200, files: 60, file: 400_000, list: 200, line: 300, text: 20_000 }

/** One lesson as the text of a file. */
export function lessonAsText(lesson: Lesson): string {
  return `${JSON.stringify({ format: FORMATS[0], version: VERSION, lesson }, undefined, 2)}\n`
}

/** A course as the text of a file. */
export function courseAsText({ title, lessons }: Course): string {
  return `${JSON.stringify({ format: FORMATS[1], version: VERSION, title, lessons }, undefined, 2)}\n`
}

/** Does a text claim to be a lesson or a course? For a drop or a paste of which the name says nothing. */
export function looksLikeLesson(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"drawbridge-(lesson|course)"/.test(text.slice(0, 500))
}

/**
 * Reads what somebody hands out as a lesson or a course. Nothing of it is trusted: wrong types, huge texts, paths that
 * lead elsewhere and fields of a prototype end in a message; fields that nobody knows are left out. Never throws.
 */
export function readLesson(text: string): ReadLesson {
  if (text.length > MOST.bytes) return { type: 'problem', problem: 'This is larger than a lesson can be (2 MB).' }
  const reader = createReader()
  const read = readAll(reader, parse(text))
  const problem = reader.problem()
  if (read && problem === undefined) return read
  return { type: 'problem', problem: `This is no lesson that can be opened: ${problem ?? 'it is not JSON'}.` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readAll(reader: Reader, value: unknown): ReadLesson | undefined {
  if (value === undefined) return undefined
  const field = reader.fields(value, 'the file')
  const format = reader.oneOf(field('format'), 'format', FORMATS)
  const version = reader.number(field('version'), 'version', 1, 1_000_000)
  if (version > VERSION)
    reader.fail('version', `${version} is newer than this Drawbridge: reload the page to get the newest`)
  if (format === 'drawbridge-lesson') return { type: 'lesson', lesson: readOne(reader, field('lesson'), 'lesson') }
  const title = line(reader, field('title'), 'title')
  const lessons = reader.list(field('lessons'), 'lessons', MOST.lessons, (one, at) => readOne(reader, one, at))
  if (lessons.length === 0) reader.fail('lessons', 'is empty')
  if (new Set(lessons.map(({ id }) => id)).size < lessons.length) reader.fail('lessons', 'names an id twice')
  return { type: 'course', course: { title, lessons } }
}

const TRACKS: readonly Track[] = ['basics', 'everyday', 'traps', 'exam']

function readOne(reader: Reader, value: unknown, at: string): Lesson {
  const field = reader.fields(value, at)
  const prose = (name: string): string => reader.text(field(name), `${at}.${name}`, MOST.text)
  const list = <T>(name: string, item: (value: unknown, at: string) => T): readonly T[] =>
    reader.list(field(name) ?? [], `${at}.${name}`, MOST.list, item)
  const id = line(reader, field('id'), `${at}.id`)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) reader.fail(`${at}.id`, 'is not like `my-first-lesson`')
  const goals = list('goals', (one, place) => readGoal(reader, one, place))
  if (goals.length === 0) reader.fail(`${at}.goals`, 'is empty')
  return {
    id,
    title: line(reader, field('title'), `${at}.title`),
    track: reader.oneOf(field('track'), `${at}.track`, TRACKS),
    minutes: reader.number(field('minutes'), `${at}.minutes`, 1, 600),
    idea: prose('idea'),
    task: prose('task'),
    remember: prose('remember'),
    files: readFiles(reader, field('files'), `${at}.files`),
    unseen: readFiles(reader, field('unseen') ?? [], `${at}.unseen`),
    solution: readFiles(reader, field('solution'), `${at}.solution`),
    goals,
    predict: list('predict', (one, place) => readConnection(reader, one, place)),
    constraints: list('constraints', (one, place) => readConstraint(reader, one, place)),
    hints: list('hints', (one, place) => readHint(reader, one, place)),
    wrong: list('wrong', (one, place) => readWrong(reader, one, place)),
    ...optional(field('profile'), (one) => ({ profile: line(reader, one, `${at}.profile`) })),
    ...optional(field('seconds'), (one) => ({ seconds: reader.number(one, `${at}.seconds`, 10, 36_000) })),
    ...(reader.flag(field('broken'), `${at}.broken`) ? { broken: true } : {}),
  }
}

function optional<T extends object>(value: unknown, read: (value: unknown) => T): Partial<T> {
  return value === undefined ? {} : read(value)
}

// One line, not empty.
function line(reader: Reader, value: unknown, at: string): string {
  const text = reader.text(value, at, MOST.line)
  if (/[\n\r]/.test(text)) reader.fail(at, 'has more than one line')
  else if (text.trim() === '') reader.fail(at, 'is empty')
  return text
}

function readFiles(reader: Reader, value: unknown, at: string): readonly LessonFile[] {
  const files = reader.list(value, at, MOST.files, (one, place) => {
    const field = reader.fields(one, place)
    const path = line(reader, field('path'), `${place}.path`)
    if (!isPlainPath(path)) reader.fail(`${place}.path`, 'is not a plain path like `policies/web.yaml`')
    return { path, text: reader.text(field('text'), `${place}.text`, MOST.file) }
  })
  if (new Set(files.map(({ path }) => path)).size < files.length) reader.fail(at, 'names a path twice')
  return files
}

function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\:]/.test(part))
}

function readConnection(reader: Reader, value: unknown, at: string): Prediction {
  const field = reader.fields(value, at)
  return {
    from: readEnd(reader, field('from'), `${at}.from`),
    to: readEnd(reader, field('to'), `${at}.to`),
    ports: reader.list(field('ports') ?? [], `${at}.ports`, 50, (one, place) => {
      const port = line(reader, one, place)
      if (!parsePortSpec(port)) reader.fail(place, 'is no port like `TCP/8080`')
      return port
    }),
  }
}

function readGoal(reader: Reader, value: unknown, at: string): Goal {
  const field = reader.fields(value, at)
  return {
    name: line(reader, field('name'), `${at}.name`),
    ...readConnection(reader, value, at),
    expect: reader.oneOf(field('expect'), `${at}.expect`, ['allowed', 'denied']),
    shown: reader.flag(field('shown'), `${at}.shown`),
  }
}

const ENDS = ['namespace', 'cidr', 'internet', 'anyNamespace', 'host', 'node', 'ingressController'] as const

function readEnd(reader: Reader, value: unknown, at: string): End {
  const field = reader.fields(value, at)
  const text = (name: string): string => line(reader, field(name), `${at}.${name}`)
  switch (ENDS.find((name) => field(name) !== undefined)) {
    case 'namespace': {
      const namespace = text('namespace')
      if (field('workload') === undefined) return { namespace }
      const workload = text('workload')
      if (!/^[^/]+\/[^/]+$/.test(workload)) reader.fail(`${at}.workload`, 'is not like `Deployment/web`')
      return { namespace, workload }
    }
    case 'cidr':
      return readBlock(reader, field, at)
    case 'host':
      return { host: text('host') }
    case 'node':
      return { node: text('node') }
    case 'internet':
      return { internet: true }
    case 'anyNamespace':
      return { anyNamespace: true }
    case 'ingressController':
      return { ingressController: true }
    case undefined:
      reader.fail(at, 'names no end of a connection')
      return { internet: true }
  }
}

function readBlock(reader: Reader, field: (name: string) => unknown, at: string): End {
  const block = (value: unknown, place: string): string => {
    const cidr = line(reader, value, place)
    if (!parseCidr(cidr)) reader.fail(place, 'is no block like `10.0.0.0/8`')
    return cidr
  }
  const cidr = block(field('cidr'), `${at}.cidr`)
  const except = field('except')
  return except === undefined ? { cidr } : { cidr, except: reader.list(except, `${at}.except`, 100, block) }
}

function readConstraint(reader: Reader, value: unknown, at: string): Constraint {
  const field = reader.fields(value, at)
  const type = reader.oneOf(field('type'), `${at}.type`, ['untouched', 'at-most', 'no-kind'])
  switch (type) {
    case 'untouched':
      return { type, policy: line(reader, field('policy'), `${at}.policy`) }
    case 'at-most':
      return { type, policies: reader.number(field('policies'), `${at}.policies`, 0, 1000) }
    case 'no-kind':
      return { type, kind: line(reader, field('kind'), `${at}.kind`) }
  }
}

function readHint(reader: Reader, value: unknown, at: string): Hint {
  const field = reader.fields(value, at)
  const text = reader.text(field('text'), `${at}.text`, MOST.text)
  const files = field('files')
  return files === undefined ? { text } : { text, files: readFiles(reader, files, `${at}.files`) }
}

function readWrong(reader: Reader, value: unknown, at: string): WrongAnswer {
  const field = reader.fields(value, at)
  return {
    belief: reader.text(field('belief'), `${at}.belief`, MOST.text),
    files: readFiles(reader, field('files'), `${at}.files`),
  }
}
