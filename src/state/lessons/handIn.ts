import type { LessonFile } from '#core/model/lesson.ts'
import { createReader, type Reader } from '#lessons/reader.ts'

/** What a learner hands in: the texts, for this lesson. */
export interface HandIn {
  /** As in `lessonKey`. */
  readonly lesson: string
  readonly title: string
  readonly name: string
  readonly files: readonly LessonFile[]
}

const FORMAT = 'drawbridge-hand-in'
const MOST = { bytes: 5_000_000, handIns: 300 }

/** A hand-in as one line of text, to be mailed or pasted. */
export function handInAsText(handIn: HandIn): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, ...handIn })}\n`
}

/** Reads hand-ins, one a line; lines that are none are told, blank ones don't count. Never throws. */
export function readHandIns(text: string): {
  readonly handIns: readonly HandIn[]
  readonly problems: readonly string[]
} {
  if (text.length > MOST.bytes) return { handIns: [], problems: ['This is more than 5 MB: paste it in parts.'] }
  const lines = text.split(/[\n\r]+/).filter((line) => line.trim() !== '')
  const read = lines.slice(0, MOST.handIns).map(readLine)
  const problems = read.flatMap((one, index) =>
    one.problem === undefined ? [] : [`Line ${index + 1}: ${one.problem}.`],
  )
  const more = lines.length > MOST.handIns ? [`Only the first ${MOST.handIns} were read.`] : []
  return { handIns: read.flatMap(({ handIn }) => handIn ?? []), problems: [...problems, ...more] }
}

function readLine(line: string): { readonly handIn?: HandIn; readonly problem?: string } {
  const reader = createReader()
  const value = parse(line)
  const handIn = readHandIn(reader, value)
  const problem = reader.problem()
  if (problem === undefined) return { handIn }
  return {
    problem: value === undefined ? 'this is no hand-in, or not the whole of one' : `this is no hand-in (${problem})`,
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function readHandIn(reader: Reader, value: unknown): HandIn {
  const field = reader.fields(value, 'it')
  reader.oneOf(field('format'), 'format', [FORMAT])
  reader.number(field('version'), 'version', 1, 1)
  return {
    lesson: reader.text(field('lesson'), 'lesson', 500),
    title: reader.text(field('title'), 'title', 500),
    name: reader.text(field('name'), 'name', 200),
    files: reader.list(field('files'), 'files', 60, (one, at) => {
      const file = reader.fields(one, at)
      return {
        path: reader.text(file('path'), `${at}.path`, 300),
        text: reader.text(file('text'), `${at}.text`, 400_000),
      }
    }),
  }
}
