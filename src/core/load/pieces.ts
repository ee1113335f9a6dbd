import { itemsOf } from '#core/kinds/fields.ts'
import { type TypeMeta, typeOf } from '#core/kinds/meta.ts'
import { isList } from '#core/kinds/read.ts'
import type { TextRange } from '#core/model/text.ts'
import type { Chunk } from '#core/yaml/chunk.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import { blockEnd } from '#core/yaml/layout.ts'
import { type Parsed, parseDocument } from '#core/yaml/parse.ts'
import { child, type Entry, type ScalarNode, type Tree } from '#core/yaml/tree.ts'
import type { Piece } from './entry.ts'

const NAMES_A_LIST = /(^|[\s{,])["']?kind["']?\s*:\s*["']?\w*List\b/

/** Cuts a text into its documents; an item of a List is one, also where the List could not be cut as text. */
export function cutPieces(text: string): readonly Piece[] {
  return cutDocuments(text).flatMap((chunk) => {
    if (chunk.form === 'rest') return []
    const piece = { from: chunk.from, to: chunk.to, text: chunk.text, type: itemType(listType(chunk)) }
    return NAMES_A_LIST.test(chunk.text) ? expand(piece) : [piece]
  })
}

/** The tree of a piece with the kind that its list gives it. */
export function typed(tree: Tree, type: TypeMeta | undefined): Tree {
  if (!type || tree.type !== 'mapping' || child(tree, 'kind')) return tree
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`
  return { ...tree, entries: [scalarEntry('apiVersion', apiVersion), scalarEntry('kind', type.kind), ...tree.entries] }
}

function listType(chunk: Chunk): TypeMeta | undefined {
  if (!chunk.list) return undefined
  const { apiVersion = '', kind = '' } = chunk.list
  const slash = apiVersion.indexOf('/')
  return { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind }
}

function itemType(list: TypeMeta | undefined): TypeMeta | undefined {
  const kind = list?.kind.endsWith('List') ? list.kind.slice(0, -'List'.length) : ''
  return list && kind !== '' ? { ...list, kind } : undefined
}

function expand(piece: Piece): readonly Piece[] {
  const parsed = parseDocument(piece.text)
  const tree = parsed.tree && typed(parsed.tree, piece.type)
  if (!tree || !isList(tree)) return [piece]
  const type = itemType(typeOf(tree))
  return flatItems(tree).map((item, i) => {
    const range = itemRange(piece.text, item)
    const own = { tree: shift(item, range.from), problems: problemsIn(parsed, range, i === 0) }
    const text = withoutDash(piece.text.slice(range.from, range.to))
    const within = { whole: `${i}\n${piece.text}`, parsed: own }
    return { from: piece.from + range.from, to: piece.from + range.to, text, type, within }
  })
}

// A List in a List: kubectl flattens it.
function flatItems(list: Tree): readonly Tree[] {
  return itemsOf(child(list, 'items')).flatMap((item) => (isList(item) ? flatItems(item) : [item]))
}

// From the start of its line where nothing but a dash stands before it, so that columns stay what they are; with the
// comments behind it, which go where it goes.
function itemRange(text: string, item: Tree): TextRange {
  const { from, to } = item.alias ?? item.range
  const line = text.lastIndexOf('\n', from - 1) + 1
  const margin = /^ *(?=- *$)/.exec(text.slice(line, from))?.[0].length
  return margin === undefined ? { from, to } : { from: line, to: item.alias ? to : blockEnd(text, to, margin) }
}

function withoutDash(text: string): string {
  return text.replace(/^ *-/, (dash) => ' '.repeat(dash.length))
}

function problemsIn(parsed: Parsed, range: TextRange, first: boolean): Parsed['problems'] {
  const isInside = ({ from }: TextRange): boolean => from >= range.from && from < range.to
  return parsed.problems
    .filter((problem) => isInside(problem.range) || (first && problem.range.from < range.from))
    .map(({ code, message, severity, range: at }) => ({ code, message, severity, range: moved(at, range.from) }))
}

function shift(tree: Tree, by: number): Tree {
  const { alias, repeats } = tree
  const own = {
    range: moved(tree.range, by),
    ...(alias && { alias: moved(alias, by) }),
    // Not held inside of the item: what another item repeats has to be told from what this one does.
    ...(repeats && { repeats: repeats.map(({ from, to }) => ({ from: from - by, to: to - by })) }),
  }
  if (tree.type === 'scalar') return { ...tree, ...own }
  if (tree.type === 'sequence') return { ...tree, ...own, items: tree.items.map((item) => shift(item, by)) }
  return { ...tree, ...own, entries: tree.entries.map((entry) => shiftEntry(entry, by)) }
}

function shiftEntry(entry: Entry, by: number): Entry {
  const keyNode = { ...entry.keyNode, range: moved(entry.keyNode.range, by) }
  return { ...entry, keyNode, value: shift(entry.value, by) }
}

function moved({ from, to }: TextRange, by: number): TextRange {
  return { from: Math.max(0, from - by), to: Math.max(0, to - by) }
}

function scalarEntry(key: string, value: string): Entry {
  return { key, keyNode: scalar(key), value: scalar(value), merged: true }
}

function scalar(value: string): ScalarNode {
  return { type: 'scalar', value, style: 'plain', source: '', range: { from: 0, to: 0 } }
}
