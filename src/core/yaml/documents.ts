import { cutBlockList } from './blockList.ts'
import type { Chunk } from './chunk.ts'
import { cutJsonList } from './jsonList.ts'

// YAML forbids `---` in the first column inside any scalar (stack.md 3).
const MARK = /(?<![^\n\r])---(?=[ \t\r\n]|$)/g
const LIST_KIND = /(?:^|[\n\r,{]\s*)["']?kind["']?\s*:\s*["']?(\w*List)\b/

/** Cuts a text at its `---` lines, and each List into one chunk for each item where that is safe; else the List stays whole. */
export function cutDocuments(text: string): readonly Chunk[] {
  const starts = [0, ...[...text.matchAll(MARK)].map((match) => match.index).filter((index) => index > 0)]
  return starts.flatMap((from, i) => cutList(text, from, starts[i + 1] ?? text.length))
}

function cutList(text: string, from: number, to: number): readonly Chunk[] {
  const whole = text.slice(from, to)
  const chunk: Chunk = { from, to, text: whole, form: 'document' }
  if (!LIST_KIND.test(whole)) return [chunk]
  const isJson = /^(?:---\s*)?\uFEFF?\s*\{/.test(whole)
  const cut = isJson ? cutJsonList(whole) : cutBlockList(whole)
  return cut ? cut.map((part) => moved(part, from)) : [chunk]
}

function moved(part: Chunk, by: number): Chunk {
  return { ...part, from: part.from + by, to: part.to + by }
}
