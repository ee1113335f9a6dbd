import type { Chunk, ListHead } from './chunk.ts'

const ITEMS = /^items:[ \t]*(?:#.*)?\r?$/m
const TOP_KEY = /^[^\s#-]/m
const HEAD_FIELD = /^(apiVersion|kind):[ \t]*["']?([\w./-]+)["']?[ \t]*\r?$/gm
const ANCHOR = /(?:^|[\s[{,])[&*][\w-]+/m

/**
 * The items of a List in block style (`kubectl get -o yaml`), each as a chunk whose dash is a blank, and the rest around
 * them; undefined where it can't be cut safely: an anchor might be used in another item, or there are no plain items.
 */
export function cutBlockList(text: string): readonly Chunk[] | undefined {
  const items = ITEMS.exec(text)
  if (!items) return undefined
  const bodyFrom = items.index + items[0].length + 1
  const first = /^( *)- /m.exec(text.slice(bodyFrom))
  if (!first || text.slice(bodyFrom, bodyFrom + first.index).trim() !== '') return undefined
  const bodyTo = bodyEnd(text, bodyFrom, first[1] ?? '')
  if (ANCHOR.test(withoutScalars(text.slice(bodyFrom, bodyTo)))) return undefined
  const list = headOf(text.slice(0, items.index) + text.slice(bodyTo))
  const starts = [...text.slice(bodyFrom, bodyTo).matchAll(new RegExp(`^${first[1] ?? ''}-(?= |\\r?$)`, 'gm'))].map(
    ({ index }) => bodyFrom + index,
  )
  return [
    ...rest(text, 0, starts[0] ?? bodyFrom),
    ...starts.map((from, i) => item({ text, from, to: starts[i + 1] ?? bodyTo, list })),
    ...rest(text, bodyTo, text.length),
  ]
}

function item({ text, from, to, list }: { text: string; from: number; to: number; list: ListHead }): Chunk {
  const own = text.slice(from, to).replace('-', ' ')
  return { from, to, text: own, form: 'item', list }
}

// The first line that belongs to the List and not to its items: a key in the first column.
function bodyEnd(text: string, bodyFrom: number, indent: string): number {
  const next = TOP_KEY.exec(text.slice(bodyFrom))
  const flush = indent === ''
  if (!next) return text.length
  const at = bodyFrom + next.index
  return flush || at > bodyFrom ? at : bodyFrom
}

function headOf(text: string): ListHead {
  const head: { apiVersion?: string; kind?: string } = {}
  for (const [, key, value] of text.matchAll(HEAD_FIELD)) {
    if (key === 'kind' && value !== undefined) head.kind = value
    if (key === 'apiVersion' && value !== undefined) head.apiVersion = value
  }
  return head
}

// `&` and `*` in quotes and comments are no anchors; a block scalar that holds one only costs the cut.
function withoutScalars(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*$/gm, '')
}

function rest(text: string, from: number, to: number): readonly Chunk[] {
  return from < to ? [{ from, to, text: text.slice(from, to), form: 'rest' }] : []
}
