import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { TextRange } from '#core/model/text.ts'
import type { YamlProblem } from './problem.ts'
import { isInfinite, keyText, readPlain, readTagged } from './scalar.ts'
import type { Entry, MappingNode, ScalarNode, SequenceNode, Tree } from './tree.ts'

type Report = (problem: YamlProblem) => void
type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>
type AliasEvent = Extract<Event, { type: typeof EVENT_ID.ALIAS }>
type ContainerEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>

/** A container that is being read; `at` is where the text has been read up to. */
interface Frame {
  readonly event: ContainerEvent | undefined
  readonly children: Tree[]
  readonly anchor: string | undefined
  at: number
  size: number
}

interface Builder {
  readonly source: string
  readonly report: Report
  readonly anchors: Map<string, { readonly tree: Tree; readonly size: number } | 'open'>
  readonly frames: Frame[]
  spent: number
}

const STYLES = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
} as const

// Each alias repeats its anchor's tree in every walk: more than this is an attack, not a manifest.
const MAX_ALIASED = 100_000

/** The first document of the events as a located tree; undefined for an empty one. Reports what kubectl refuses. */
export function buildTree(source: string, events: readonly Event[], report: Report): Tree | undefined {
  const builder: Builder = { source, report, anchors: new Map(), frames: [frame(undefined, 0)], spent: 0 }
  for (const event of events) step(builder, event)
  const root = builder.frames[0]?.children[0]
  const isEmpty = root?.type === 'scalar' && root.style === 'plain' && root.source === '' && !root.anchor
  return isEmpty ? undefined : root
}

function step(builder: Builder, event: Event): void {
  if (event.type === EVENT_ID.SCALAR) add(builder, scalar(builder, event), 1)
  else if (event.type === EVENT_ID.ALIAS) addAlias(builder, event)
  else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) open(builder, event)
  else if (event.type === EVENT_ID.POP && builder.frames.length > 1) close(builder)
}

function open(builder: Builder, event: ContainerEvent): void {
  const anchor = anchorOf(builder.source, event)
  if (anchor !== undefined) builder.anchors.set(anchor, 'open')
  builder.frames.push({ ...frame(event, event.start), anchor })
}

function close(builder: Builder): void {
  const done = builder.frames.pop()
  if (!done?.event) return
  const isFlow = done.event.style === COLLECTION_STYLE.FLOW
  const to = isFlow ? closing(builder.source, done) : done.at
  const range = { from: done.event.start, to }
  const style = isFlow ? 'flow' : 'block'
  const node =
    done.event.type === EVENT_ID.SEQUENCE
      ? ({ type: 'sequence', style, items: done.children, range } satisfies SequenceNode)
      : mapping(builder, done.children, { style, range })
  add(builder, done.anchor === undefined ? node : { ...node, anchor: done.anchor }, done.size)
}

function add(builder: Builder, tree: Tree, size: number): void {
  const top = builder.frames.at(-1)
  if (!top) return
  top.children.push(tree)
  top.size += size
  top.at = Math.max(top.at, (tree.alias ?? tree.range).to)
  if (tree.anchor !== undefined && !tree.alias) builder.anchors.set(tree.anchor, { tree, size })
}

function addAlias(builder: Builder, event: AliasEvent): void {
  const name = builder.source.slice(event.anchorStart, event.anchorEnd)
  const range = { from: event.anchorStart - 1, to: event.anchorEnd }
  const target = builder.anchors.get(name)
  if (typeof target === 'object') {
    builder.spent += target.size
    if (builder.spent <= MAX_ALIASED) return add(builder, { ...target.tree, alias: range }, target.size)
    // Once is enough: an attack has thousands of them.
    const isFirst = builder.spent - target.size <= MAX_ALIASED
    if (isFirst)
      builder.report(
        error('too-many-aliases', 'Aliases repeat so much here that kubectl refuses it. Write the values out.', range),
      )
  } else if (target === 'open')
    builder.report(error('cyclic-alias', `*${name} stands inside of what it repeats. Write the value out.`, range))
  else builder.report(error('unknown-alias', `Nothing above is marked &${name}.`, range))
  add(builder, { ...emptyScalar(range), alias: range }, 1)
}

function scalar(builder: Builder, event: ScalarEvent): Tree {
  const anchor = anchorOf(builder.source, event)
  if (event.valueStart < 0) return withAnchor(emptyScalar(emptyPlace(builder, event)), anchor)
  const style = STYLES[event.style]
  const text = getScalarValue(builder.source, event)
  const range = scalarRange(builder.source, event)
  const source = builder.source.slice(range.from, range.to)
  const tag = event.tagStart < 0 ? undefined : builder.source.slice(event.tagStart, event.tagEnd)
  const value = valueOf(builder, { style, text, tag, range })
  return withAnchor({ type: 'scalar', value, style, source, range }, anchor)
}

interface ReadScalar {
  readonly style: ScalarNode['style']
  readonly text: string
  readonly tag: string | undefined
  readonly range: TextRange
}

function valueOf(builder: Builder, { style, text, tag, range }: ReadScalar): ScalarNode['value'] {
  if (tag !== undefined && tag !== '!') {
    const value = readTagged(tag, text)
    if (value !== undefined) return value
    builder.report(error('wrong-tag', `${text} is not what the tag ${tag} says.`, range))
    return text
  }
  if (style !== 'plain' || tag === '!') return text
  if (isInfinite(text))
    builder.report(error('infinite-number', `kubectl can't send ${text}: put it in quotes if it is text.`, range))
  return readPlain(text)
}

function scalarRange(source: string, event: ScalarEvent): TextRange {
  const { valueStart: from, valueEnd: to } = event
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED)
    return { from: from - 1, to: to + 1 }
  if (event.style === SCALAR_STYLE.PLAIN) return { from, to: from + source.slice(from, to).trimEnd().length }
  const header = Math.max(source.lastIndexOf('|', from - 1), source.lastIndexOf('>', from - 1))
  return { from: Math.max(0, header), to: from + source.slice(from, to).trimEnd().length }
}

// Where a value that isn't there would stand: behind its tag or anchor, or behind the `:` or `-` in front of it.
function emptyPlace(builder: Builder, event: ScalarEvent): TextRange {
  const mark = Math.max(event.tagEnd, event.anchorEnd)
  if (mark >= 0) return { from: mark, to: mark }
  const top = builder.frames.at(-1)
  const at = top?.at ?? 0
  if (!top?.event) return { from: at, to: at }
  const isValue = top.event.type === EVENT_ID.MAPPING && top.children.length % 2 === 1
  const sign = isValue
    ? ':'
    : top.event.type === EVENT_ID.SEQUENCE && top.event.style === COLLECTION_STYLE.BLOCK
      ? '-'
      : ''
  const place = sign === '' ? at : afterSign(builder.source, at, sign)
  top.at = Math.max(top.at, place)
  return { from: place, to: place }
}

function afterSign(source: string, at: number, sign: string): number {
  const next = skipBlank(source, at)
  return source[next] === sign ? next + 1 : at
}

function skipBlank(source: string, from: number): number {
  let at = from
  for (;;) {
    const char = source[at]
    if (char === '#') {
      const end = source.indexOf('\n', at)
      at = end < 0 ? source.length : end
    } else if (char !== undefined && /\s/.test(char)) at++
    else return at
  }
}

function closing(source: string, done: Frame): number {
  const bracket = done.event?.type === EVENT_ID.SEQUENCE ? ']' : '}'
  // `[a: 1]` holds a mapping without braces.
  if (bracket === '}' && source[done.event?.start ?? 0] !== '{') return done.at
  const start = done.children.length === 0 ? (done.event?.start ?? 0) + 1 : done.at
  let at = start
  while (at < source.length && source[at] !== bracket) {
    const next = skipBlank(source, at)
    at = next === at ? at + 1 : next
  }
  return Math.min(source.length, at + 1)
}

function mapping(
  builder: Builder,
  children: readonly Tree[],
  where: Pick<MappingNode, 'style' | 'range'>,
): MappingNode {
  const own: Entry[] = []
  const merged: Entry[] = []
  for (let i = 0; i + 1 < children.length; i += 2) {
    const key = children[i]
    const value = children[i + 1]
    if (!key || !value) continue
    if (isMerge(key)) merged.push(...mergedEntries(value))
    else pushEntry(builder, own, key, value)
  }
  const names = new Set(own.map(({ key }) => key))
  return { type: 'mapping', ...where, entries: [...merged.filter(({ key }) => !names.has(key)), ...own] }
}

function pushEntry(builder: Builder, entries: Entry[], key: Tree, value: Tree): void {
  const name = key.type === 'scalar' ? keyText(key.value, key.source) : undefined
  const range = key.alias ?? key.range
  if (key.type !== 'scalar' || name === undefined)
    return builder.report(error('wrong-key', 'A key must be a text here.', range))
  if (entries.some((entry) => entry.key === name))
    builder.report({
      code: 'duplicate-key',
      severity: 'warning',
      message: `\`${name}\` stands here twice: kubectl keeps the last one, silently. Merge the two, or make two list items.`,
      range,
    })
  entries.push({ key: name, keyNode: key, value })
}

function isMerge(key: Tree): boolean {
  return key.type === 'scalar' && key.style === 'plain' && key.source === '<<'
}

function mergedEntries(value: Tree): Entry[] {
  // Of several mappings the first has the say, and the last entry of a key counts here.
  const sources = value.type === 'sequence' ? value.items.toReversed() : [value]
  return sources.flatMap((one) =>
    one.type === 'mapping' ? one.entries.map((entry) => ({ ...entry, merged: true })) : [],
  )
}

function anchorOf(source: string, event: ContainerEvent | ScalarEvent): string | undefined {
  return event.anchorStart < 0 ? undefined : source.slice(event.anchorStart, event.anchorEnd)
}

function withAnchor(node: ScalarNode, anchor: string | undefined): Tree {
  return anchor === undefined ? node : { ...node, anchor }
}

function emptyScalar(range: TextRange): ScalarNode {
  return { type: 'scalar', value: null, style: 'plain', source: '', range: { from: range.to, to: range.to } }
}

function frame(event: ContainerEvent | undefined, at: number): Frame {
  return { event, children: [], anchor: undefined, at, size: 1 }
}

function error(code: string, message: string, range: TextRange): YamlProblem {
  return { code, message, range, severity: 'error' }
}
