import type { TextEdit, TextRange } from '#core/model/text.ts'
import type { Edited } from './edited.ts'
import { flowKeyLike, flowLike } from './flowLike.ts'
import { lineEnd, lineStart, marginOf, nextLine, spreadMargin, startsLine } from './layout.ts'
import { entriesLike } from './models.ts'
import { spansOf } from './spans.ts'
import type { MappingNode, SequenceNode } from './tree.ts'

type Container = SequenceNode | MappingNode

/** Adds an item (or `key: value`) at the end of brackets that are not empty; on a line of its own where the last one has one. */
export function addToFlow(edited: Edited, node: Container, value: unknown, key?: string): TextEdit[] {
  const { text, newline, flow } = edited
  const last = spansOf(node).at(-1)
  if (!last) return []
  const margin = marginOf(text, last.from)
  const own = written(edited, node, { value, key, from: last.from })
  if (!startsLine(text, last.from)) return [{ from: last.to, to: last.to, insert: flow.comma + own }]
  const line = newline + margin + own
  const end = lineEnd(text, last.to)
  const [, comma, comment] = REST.exec(text.slice(last.to, end)) ?? []
  if (comment === undefined) return [{ from: last.to, to: last.to, insert: `,${line}` }]
  // A comment behind the last one stays with it.
  const part = comma === '' ? [{ from: last.to, to: last.to, insert: ',' }] : []
  return [...part, { from: end, to: end, insert: comma === '' ? line : `${line},` }]
}

// What may stand behind an item to the end of its line.
const REST = /^[ \t]*(,?)[ \t]*(#.*)?$/

/** Puts an item in front of another one in brackets; on a line of its own where that one has one. */
export function insertToFlow(edited: Edited, list: SequenceNode, index: number, value: unknown): TextEdit[] {
  const { text, newline, flow } = edited
  const next = spansOf(list)[index]
  if (!next) return []
  const margin = marginOf(text, next.from)
  const own = written(edited, list, { value, key: undefined, from: next.from })
  const gap = startsLine(text, next.from) ? `,${newline}${margin}` : flow.comma
  return [{ from: next.from, to: next.from, insert: own + gap }]
}

/** Removes an item or entry of brackets that hold at least two, with the comma that parted it. */
export function removeFromFlow({ text }: Edited, node: Container, step: string | number): TextEdit[] | undefined {
  const all = spansOf(node)
  const own = node.type === 'mapping' ? node.entries.filter(({ merged }) => merged !== true) : []
  const index = node.type === 'sequence' ? Number(step) : own.findLastIndex(({ key }) => key === step)
  const [before, gone, next] = [all[index - 1], all[index], all[index + 1]]
  if (!gone) return undefined
  if (next) return [withoutOne(text, gone, next)]
  return before && withoutLast(text, before, gone)
}

interface Added {
  readonly value: unknown
  readonly key: string | undefined
  /** Where the one beside it stands. */
  readonly from: number
}

function written(edited: Edited, node: Container, { value, key, from }: Added): string {
  const margin = spreadMargin(edited.text, from, edited.json)
  if (key === undefined) return flowLike(edited, value, { models: node.type === 'sequence' ? node.items : [], margin })
  const models = entriesLike(edited, [node], key).map((entry) => entry.value)
  return (
    flowKeyLike(edited, key, [node]) + edited.flow.colon + flowLike(edited, value, { models, around: [node], margin })
  )
}

// One with lines of its own goes with them and the comment behind it; comments above the next one stay.
function withoutOne(text: string, own: TextRange, next: TextRange): TextEdit {
  const end = lineEnd(text, own.to)
  const isAlone = startsLine(text, own.from) && next.from > end && REST.exec(text.slice(own.to, end))?.[1] === ','
  if (isAlone) return { from: lineStart(text, own.from), to: nextLine(text, end), insert: '' }
  return { from: own.from, to: next.from, insert: '' }
}

// The comment behind the one before it stays; that one's comma goes, unless one stands behind the last one, too.
function withoutLast(text: string, before: TextRange, own: TextRange): TextEdit[] {
  const between = text.slice(before.to, own.from)
  if (!between.includes('#')) return [{ from: before.to, to: own.to, insert: '' }]
  const end = lineEnd(text, own.to)
  const [rest, comma] = REST.exec(text.slice(own.to, end)) ?? []
  const from = before.to + between.trimEnd().length
  const gone = { from, to: rest === undefined ? own.to : end, insert: '' }
  const isEnded = comma === ',' || text.slice(own.to).trimStart().startsWith(',')
  const at = between.indexOf(',')
  return isEnded || at > between.indexOf('#')
    ? [gone]
    : [{ from: before.to + at, to: before.to + at + 1, insert: '' }, gone]
}
