import { isList } from '#core/kinds/read.ts'
import { applyEdits } from '#core/model/edit.ts'
import { groupBy } from '#core/model/group.ts'
import type { DocumentId, TextEdit } from '#core/model/text.ts'
import type { Chunk } from '#core/yaml/chunk.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { composeEdits } from './compose.ts'
import { change, type Draft, textOf } from './draft.ts'

/** Takes a whole document out of its file, as `removeDocuments`. */
export function removeDocument(draft: Draft, id: DocumentId): Draft | undefined {
  return removeDocuments(draft, [id])
}

/**
 * Takes whole documents out of their files: items out of their Lists, parts with their `---`; a file too, where nothing
 * else is in it. Undefined where one can't be taken out: it is gone, or an alias of its List is used elsewhere.
 */
export function removeDocuments(draft: Draft, ids: readonly DocumentId[]): Draft | undefined {
  const places = ids.flatMap((id) => draft.loaded.trees.get(id) ?? [])
  if (places.length < ids.length) return undefined
  let next: Draft | undefined = draft
  for (const [path, members] of groupBy(places, ({ file }) => file)) {
    const text = textOf(draft, path)
    const offsets = members.map(({ from }) => from)
    const edits = text === undefined ? undefined : cutOut(text, offsets)
    if (!edits || text === undefined) return undefined
    next = change(next, isBlank(applyEdits(text, edits)) ? { type: 'delete', path } : { type: 'edit', path, edits })
  }
  return next
}

function cutOut(text: string, offsets: readonly number[]): readonly TextEdit[] | undefined {
  const chunks = cutDocuments(text)
  const gone = new Set(offsets.map((offset) => chunks.findLast(({ from, form }) => from <= offset && form !== 'rest')))
  const parts = chunks.filter((chunk) => gone.has(chunk) && chunk.form === 'document')
  const edits: TextEdit[] = []
  for (const part of parts) {
    const inside = offsets.filter((offset) => offset >= part.from && offset < part.to)
    const items = isWholeList(part.text) ? itemEdits(part, inside) : undefined
    if (!items && inside.some((offset) => offset > part.from)) return undefined
    edits.push(...(items ?? [{ from: part.from, to: part.to, insert: '' }]))
  }
  for (const list of listsOf(chunks)) edits.push(...listEdits(text, list, gone))
  return withoutFirstMark(text, edits)
}

// What comes first needs no separator.
function withoutFirstMark(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const rest = applyEdits(text, edits)
  const mark = /^---[ \t]*\r?\n/.exec(rest)
  const isNew = mark && !text.startsWith('---')
  return isNew ? composeEdits(edits, [{ from: 0, to: mark[0].length, insert: '' }]) : edits
}

function listsOf(chunks: readonly Chunk[]): readonly (readonly Chunk[])[] {
  const lists: Chunk[][] = []
  let last: Chunk | undefined
  for (const chunk of chunks) {
    if (chunk.form === 'item' && last?.form === 'item') lists.at(-1)?.push(chunk)
    else if (chunk.form === 'item') lists.push([chunk])
    // The comma between two items of a JSON list is no chunk.
    last = chunk
  }
  return lists
}

// Each run of items goes with what parts it from a neighbour that stays; of a List without items, `[]` stays.
function listEdits(text: string, items: readonly Chunk[], gone: ReadonlySet<Chunk | undefined>): readonly TextEdit[] {
  const isJson = items.some((item) => item.text.startsWith('{'))
  const [first] = items
  const last = items.at(-1)
  if (first && last && items.every((item) => gone.has(item)))
    return isJson ? [{ from: first.from, to: last.to, insert: '' }] : emptied(text, first.from, last.to)
  return items.flatMap((item, i): TextEdit[] => {
    if (!gone.has(item)) return []
    if (!isJson) return [{ from: item.from, to: ownEnd(text, item), insert: '' }]
    const before = items.slice(0, i).findLast((one) => !gone.has(one))
    const next = items[i + 1]
    if (before) return [{ from: items[i - 1]?.to ?? item.from, to: item.to, insert: '' }]
    return next ? [{ from: item.from, to: next.from, insert: '' }] : []
  })
}

// The comments above the next dash are about the next item.
function ownEnd(text: string, { from, to }: Chunk): number {
  const column = text.slice(from).indexOf('-')
  const lines = text.slice(from, to).split(/(?<=\n)/)
  const last = lines.findLastIndex((line) => /^\s*[^\s#]/.test(line) || line.search(/#/) > column)
  const next = lines.findIndex((line, i) => i > last && line.trim() !== '')
  return next < 0 ? to : from + lines.slice(0, next).join('').length
}

function emptied(text: string, from: number, to: number): readonly TextEdit[] {
  const [key] = [...text.slice(0, from).matchAll(/^items:/gm)].slice(-1)
  const at = (key?.index ?? from) + 'items:'.length
  return [
    { from: at, to: at, insert: ' []' },
    { from, to, insert: '' },
  ]
}

function isWholeList(text: string): boolean {
  if (!/kind["']?\s*:\s*["']?\w*List\b/.test(text)) return false
  const { tree } = parseDocument(text)
  return tree !== undefined && isList(tree)
}

// A List that couldn't be cut as text: item by item, by its tree.
function itemEdits({ text, from: start }: Chunk, offsets: readonly number[]): readonly TextEdit[] | undefined {
  let all: readonly TextEdit[] = []
  // From behind, so that the places in front stay what they are.
  for (const offset of offsets.toSorted((a, b) => b - a)) {
    const now = applyEdits(text, all)
    const { tree } = parseDocument(now)
    const items = at(tree, ['items'])
    if (!tree || items?.type !== 'sequence') return undefined
    const index = items.items.findIndex(({ range }) => beginsAt(now, range.from, offset - start))
    const edits = index < 0 ? undefined : removeAt(now, tree, ['items', index])
    if (!edits) return undefined
    all = composeEdits(all, edits)
  }
  return all.map(({ from, to, insert }) => ({ from: from + start, to: to + start, insert }))
}

// An item of a block list is read from the start of its line, its dash included.
function beginsAt(text: string, from: number, offset: number): boolean {
  return offset <= from && /^[\s-]*$/.test(text.slice(offset, from))
}

function isBlank(text: string): boolean {
  const rest = text.replaceAll(/^(?:---.*|\s*#.*|\.\.\.)$/gm, '').replace(/^\uFEFF/, '')
  return rest.trim() === ''
}
