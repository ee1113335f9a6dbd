import { blockSpans } from './blockList.ts'
import type { Chunk, ListHead } from './chunk.ts'
import { type ItemSpans, jsonEnd, jsonSpans } from './jsonList.ts'
import { parseDocument, toPlain } from './parse.ts'

// YAML forbids `---` in the first column inside any scalar (stack.md 3).
const MARK = /(?<![^\n\r])\uFEFF?---(?=[ \t\r\n]|$)/g
const NAMES_A_LIST = /["']?\bkind["']?[ \t]*:[ \t]*["']?\w*List\b/
const JSON_START = /^\uFEFF?(?:---[ \t]*(?:#[^\n\r]*)?[\n\r])?\uFEFF?[ \t\n\r]*(?=\{)/

/**
 * Cuts a text at its `---` lines and between JSON objects that follow each other, and each List into one chunk for each
 * item where that is safe; else the List stays whole.
 */
export function cutDocuments(text: string): readonly Chunk[] {
  const starts = [0, ...Array.from(text.matchAll(MARK), ({ index }) => index).filter((index) => index > 0)]
  return starts.flatMap((from, i) =>
    cutObjects(text.slice(from, starts[i + 1] ?? text.length)).map((part) => moved(part, from)),
  )
}

// kubectl reads a stream of JSON objects without marks, too.
function cutObjects(whole: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let from = 0
  for (;;) {
    const text = whole.slice(from)
    const start = JSON_START.exec(text)?.[0].length
    const end = start === undefined ? undefined : jsonEnd(text, start)
    const more = end === undefined ? -1 : text.slice(end).search(/\S/)
    const isLast = end === undefined || text[end + more] !== '{'
    const own = isLast ? text : text.slice(0, end)
    for (const part of cutList(own, start)) chunks.push(moved(part, from))
    if (isLast) return chunks
    from += own.length
  }
}

function cutList(text: string, jsonStart: number | undefined): readonly Chunk[] {
  const whole: Chunk = { from: 0, to: text.length, text, form: 'document' }
  if (!NAMES_A_LIST.test(text)) return [whole]
  const spans = jsonStart === undefined ? blockSpans(text) : jsonSpans(text, jsonStart)
  const list = spans && headOf(text, spans)
  if (!spans || !list) return [whole]
  const items = spans.items.map(({ from, to }): Chunk => {
    const own = text.slice(from, to)
    return { from, to, text: jsonStart === undefined ? own.replace('-', ' ') : own, form: 'item', list }
  })
  return [...rest(text, 0, spans.from), ...items, ...rest(text, spans.to, text.length)]
}

// What is left without the items must be a List by itself, so that nothing around them is lost unseen.
function headOf(text: string, { from, to }: ItemSpans): ListHead | undefined {
  const { tree, problems } = parseDocument(text.slice(0, from) + text.slice(to))
  const head = tree?.type === 'mapping' ? (toPlain(tree) as Readonly<Record<string, unknown>>) : undefined
  const { kind, apiVersion, items } = head ?? {}
  const isEmpty = items === null || (Array.isArray(items) && items.length === 0)
  if (problems.length > 0 || !isEmpty || typeof kind !== 'string' || !kind.endsWith('List')) return undefined
  return { kind, apiVersion: typeof apiVersion === 'string' ? apiVersion : undefined }
}

function rest(text: string, from: number, to: number): readonly Chunk[] {
  return from < to ? [{ from, to, text: text.slice(from, to), form: 'rest' }] : []
}

function moved(part: Chunk, by: number): Chunk {
  return by === 0 ? part : { ...part, from: part.from + by, to: part.to + by }
}
