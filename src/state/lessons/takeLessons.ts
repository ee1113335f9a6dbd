import { LESSON_ENDING, looksLikeLesson } from '#lessons/format.ts'
import type { IncomingFile } from '../app.ts'
import type { Notices } from '../notices.ts'
import type { Teaching } from './teaching.ts'

/** Takes lessons and courses out of what comes in and opens them; what is none is given back. Says what can't be opened. */
export async function takeLessons(
  incoming: readonly IncomingFile[],
  { teaching, notices }: { readonly teaching: Teaching; readonly notices: Notices },
): Promise<readonly IncomingFile[]> {
  const rest: IncomingFile[] = []
  for (const file of incoming) {
    const text = lessonText(file)
    const problem = text === undefined ? undefined : await teaching.openText(text)
    if (text === undefined) rest.push(file)
    else if (problem !== undefined) notices.say('error', problem)
  }
  return rest
}

/** Does a file claim to be a lesson or a course, by its name or its beginning? */
export function isLesson(file: IncomingFile): boolean {
  return lessonText(file) !== undefined
}

// A lesson of more than so many bytes is refused anyway.
const MOST = 3_000_000

function lessonText({ path, content }: IncomingFile): string | undefined {
  const isNamed = path.toLowerCase().endsWith(LESSON_ENDING)
  if (typeof content === 'string') return isNamed || looksLikeLesson(content) ? content : undefined
  if (!isNamed && !/[.]json$/i.test(path)) return undefined
  const text = new TextDecoder().decode(content.subarray(0, MOST))
  return isNamed || looksLikeLesson(text) ? text : undefined
}
