import type { Chunk, ListHead } from './chunk.ts'

const HEAD_FIELD = /"(apiVersion|kind)"\s*:\s*"([^"\\]*)"/g

/**
 * The items of a List in JSON (`kubectl get -o json`), each object as a chunk, and the rest around them; undefined
 * where the brackets don't close or something else than objects stands in `items`.
 */
export function cutJsonList(text: string): readonly Chunk[] | undefined {
  const scanned = scan(text)
  if (!scanned || scanned.items.length === 0) return undefined
  const { items, from, to } = scanned
  const list = headOf(text.slice(0, from) + text.slice(to))
  return [
    { from: 0, to: from, text: text.slice(0, from), form: 'rest' },
    ...items.map(({ from: start, to: end }): Chunk => ({
      from: start,
      to: end,
      text: text.slice(start, end),
      form: 'item',
      list,
    })),
    { from: to, to: text.length, text: text.slice(to), form: 'rest' },
  ]
}

interface Span {
  readonly from: number
  readonly to: number
}

// One pass over the brackets: the objects at depth 2 that stand in the top object's "items".
function scan(text: string): { items: Span[]; from: number; to: number } | undefined {
  const marks = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs
  const items: Span[] = []
  let depth = 0
  let key = ''
  let list: number | undefined
  let start = 0
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (mark.startsWith('"')) {
      if (depth === 1) key = mark
      else if (depth === 2 && list !== undefined) return undefined
    } else if (mark === '{' || mark === '[') {
      depth++
      if (depth === 2 && mark === '[' && key === '"items"') list = index + 1
      if (depth === 3 && list !== undefined) start = index
    } else {
      if (depth === 3 && list !== undefined) items.push({ from: start, to: index + 1 })
      if (depth === 2 && list !== undefined && mark === ']') return { items, from: list, to: index }
      depth--
    }
  }
  return undefined
}

function headOf(text: string): ListHead {
  const head: { apiVersion?: string; kind?: string } = {}
  for (const [, key, value] of text.matchAll(HEAD_FIELD)) {
    if (key === 'kind' && value !== undefined) head.kind ??= value
    if (key === 'apiVersion' && value !== undefined) head.apiVersion ??= value
  }
  return head
}
