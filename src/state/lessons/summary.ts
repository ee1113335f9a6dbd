import type { Lesson, Track } from '#core/model/lesson.ts'
import type { Done, LessonProgress, TeachingState } from './teaching.ts'

/** The tracks in their order, as people read them. */
export const TRACKS: readonly { readonly id: Track; readonly name: string; readonly about: string }[] = [
  { id: 'basics', name: 'Basics', about: 'What a policy does, and what it doesn’t.' },
  { id: 'everyday', name: 'Everyday', about: 'The recipes that every cluster needs.' },
  { id: 'traps', name: 'Traps', about: 'Policies that look right and are not.' },
  { id: 'exam', name: 'Exam and drills', about: 'Tasks in the style of CKA and CKS, against the clock.' },
]

/** What a summary is made of; `day` is how today is written. */
export type SummarySource = Pick<TeachingState, 'lessons' | 'progress' | 'name'> & { readonly day: string }

/**
 * What somebody has done, as Markdown that prints well. Its last line carries a checksum over all that stands before:
 * it finds typing errors and proves nothing, which the line says, too.
 */
export function summaryOf({ lessons, progress, name, day }: SummarySource): string {
  const ours = TRACKS.flatMap((track) => trackLines(track, lessons, progress))
  const lines = ['# Kubernetes network policies', '', `${name.trim() || 'Somebody'}, ${day}`, '', ...ours]
  const body = [...lines, ...courseLines(progress)].join('\n').trimEnd()
  return `${body}\n\n${LAST}${checksumOf(body)}\n`
}

const LAST = 'Made with Drawbridge, in the learner’s own browser. The checksum finds typing errors; it proves nothing: '

/** Does the checksum of a summary fit to its text? `none` where it carries none. Blanks at line ends and line ends don't matter. */
export function checkSummary(text: string): 'fits' | 'differs' | 'none' {
  const lines = text.trim().split(/\r\n|\n|\r/)
  const sum = /it proves nothing: ([0-9a-f]{4}-[0-9a-f]{4})$/.exec(lines.pop() ?? '')?.[1]
  if (sum === undefined) return 'none'
  return checksumOf(lines.join('\n')) === sum ? 'fits' : 'differs'
}

// FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
function checksumOf(text: string): string {
  let sum = 0x811c9dc5
  for (const byte of new TextEncoder().encode(tidy(text))) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0
  const hex = sum.toString(16).padStart(8, '0')
  return `${hex.slice(0, 4)}-${hex.slice(4)}`
}

function tidy(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trimEnd())
  return lines.join('\n').trim()
}

function trackLines(
  { id, name }: (typeof TRACKS)[number],
  lessons: readonly Lesson[],
  progress: TeachingState['progress'],
): readonly string[] {
  const all = lessons.filter(({ track }) => track === id)
  const done = all.flatMap((lesson) => {
    const one = progress.get(lesson.id)?.done
    return one ? [lineOf(lesson.title, one)] : []
  })
  return done.length === 0 ? [] : [`## ${name}: ${done.length} of ${all.length}`, '', ...done, '']
}

function courseLines(progress: TeachingState['progress']): readonly string[] {
  const courses = new Map<string, string[]>()
  for (const { course, title, done } of progress.values())
    if (course !== undefined && done) courses.set(course, [...(courses.get(course) ?? []), lineOf(title, done)])
  return [...courses].flatMap(([course, lines]) => [`## ${course}`, '', ...lines, ''])
}

function lineOf(title: string, done: Done): string {
  const parts = [dayOf(done.at), minutesOf(done.seconds), ...helpOf(done), ...guessesOf(done)]
  return `- **${title}**: ${parts.join(', ')}`
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function minutesOf(seconds: number): string {
  return seconds < 60 ? 'under a minute' : `${Math.round(seconds / 60)} min`
}

function helpOf({ exam, hints, solution }: Done): readonly string[] {
  if (solution) return ['with the solution']
  if (exam) return ['as an exam']
  return [hints === 0 ? 'without hints' : hints === 1 ? 'with 1 hint' : `with ${hints} hints`]
}

function guessesOf({ right, asked }: Done): readonly string[] {
  return right === undefined || asked === undefined ? [] : [`predicted ${right} of ${asked}`]
}

/** How many lessons of a progress are done. */
export function countDone(progress: ReadonlyMap<string, LessonProgress>): number {
  return [...progress.values()].filter(({ done }) => done).length
}
