import { isList } from '#core/kinds/read.ts'
import type { DocumentId, TextEdit } from '#core/model/text.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { change, type Draft, textOf } from './draft.ts'

/**
 * Takes a whole document out of its file: an item out of its List, a part with its `---`; the file too, where nothing
 * else is in it. Undefined where it can't be done: the document is gone, or an alias of its List is used elsewhere.
 */
export function removeDocument(draft: Draft, id: DocumentId): Draft | undefined {
  const document = draft.loaded.trees.get(id)
  const text = document && textOf(draft, document.file)
  if (!document || text === undefined) return undefined
  const { file: path, from } = document
  const part = partsOf(text).find((one) => from >= one.from && from < Math.max(one.to, one.from + 1))
  if (!part) return undefined
  if (part.isList) {
    const edits = removeItem(text, part, from)
    return edits && change(draft, { type: 'edit', path, edits })
  }
  const rest = text.slice(0, part.from) + text.slice(part.to)
  if (isBlank(rest)) return change(draft, { type: 'delete', path })
  // What comes first needs no separator.
  const mark = isBlank(text.slice(0, part.from)) ? (/^---[ \t]*\r?\n/.exec(text.slice(part.to))?.[0].length ?? 0) : 0
  return change(draft, { type: 'edit', path, edits: [{ from: part.from, to: part.to + mark, insert: '' }] })
}

interface Part {
  readonly from: number
  readonly to: number
  readonly isList: boolean
}

// The `---` parts of a text, whole Lists among them.
function partsOf(text: string): readonly Part[] {
  const parts: { from: number; to: number; isList: boolean }[] = []
  for (const { from, to, form } of cutDocuments(text)) {
    const last = parts.at(-1)
    // A List's chunks follow each other; its head begins it.
    const goesOn = last?.isList && form !== 'document' && !text.startsWith('---', from)
    if (goesOn && last) last.to = to
    else parts.push({ from, to, isList: form !== 'document' || isWholeList(text.slice(from, to)) })
  }
  return parts
}

function isWholeList(text: string): boolean {
  if (!/kind["']?\s*:\s*["']?\w*List\b/.test(text)) return false
  const { tree } = parseDocument(text)
  return tree !== undefined && isList(tree)
}

function removeItem(text: string, { from, to }: Part, offset: number): readonly TextEdit[] | undefined {
  const own = text.slice(from, to)
  const { tree } = parseDocument(own)
  const items = at(tree, ['items'])
  if (!tree || items?.type !== 'sequence') return undefined
  const index = items.items.findIndex((item) => holds(own, item, offset - from))
  const edits = index < 0 ? undefined : removeAt(own, tree, ['items', index])
  return edits?.map((edit) => ({ from: edit.from + from, to: edit.to + from, insert: edit.insert }))
}

// A document of a block List begins at its dash, or at the start of its line.
function holds(text: string, item: Tree, offset: number): boolean {
  const { from, to } = item.range
  return offset < to && text.slice(offset, from).replaceAll(/[\s-]/g, '') === '' && offset <= from
}

function isBlank(text: string): boolean {
  return (
    text
      .replaceAll(/^(?:---.*|\s*#.*|\.\.\.)$/gm, '')
      .replace(/^\uFEFF/, '')
      .trim() === ''
  )
}
