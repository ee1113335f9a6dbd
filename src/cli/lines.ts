import { answer, type Oracle } from './answer.ts'
import { Mistake } from './mistake.ts'
import { specsOf } from './ports.ts'

/** Lines of a stream as they arrive: all complete ones of a chunk at once, so that a partner who waits gets its answers. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (rest.trim() !== '') yield [rest]
}

/** Answers a line of JSON with a line of JSON: what was asked, and the answer or `error`. Nothing for an empty line. */
export function answerLine(oracle: Oracle, line: string): string {
  if (line.trim() === '') return ''
  let asked: object = {}
  try {
    asked = objectIn(line)
    return `${JSON.stringify({ ...asked, ...answer(oracle, questionIn(asked)) })}\n`
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    return `${JSON.stringify({ ...asked, error: error.message })}\n`
  }
}

function objectIn(line: string): object {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Mistake('This line is no JSON; write e.g. {"from":"shop/web","to":"shop/db","port":5432}.')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Mistake('This line is no JSON object; write e.g. {"from":"shop/web","to":"shop/db","port":5432}.')
}

function questionIn(asked: object) {
  const field = (name: string): unknown =>
    Object.hasOwn(asked, name) ? (asked as Record<string, unknown>)[name] : undefined
  const port = textIn('port', field('port'), true)
  const protocol = textIn('protocol', field('protocol'), false)
  const end = (name: 'from' | 'to'): string => {
    const text = textIn(name, field(name), false)
    if (text === undefined) throw new Mistake(`"${name}" is missing.`)
    return text
  }
  return { from: end('from'), to: end('to'), specs: specsOf(port, protocol), hasPort: port !== undefined }
}

function textIn(name: string, value: unknown, orNumber: boolean): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' || (orNumber && typeof value === 'number')) return String(value)
  throw new Mistake(`"${name}" has to be a text${orNumber ? ' or a number' : ''}.`)
}
