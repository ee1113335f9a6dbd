import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { TextRange } from '#core/model/text.ts'
import { afterBracket, afterSign, type ScalarEvent, scalarRange } from './places.ts'
import type { YamlProblem } from './problem.ts'
import { repeatsIn } from './repeats.ts'
import { isInfinite, keyText, readPlain, readTagged } from './scalar.ts'
import type { Entry, MappingNode, ScalarNode, SequenceNode, Tree } from './tree.ts'

type Report = (problem: YamlProblem) => void
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
  /** The aliases of an anchor, by where its name stands. */
  readonly repeats: ReadonlyMap<number, readonly TextRange[]>
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
  const end = events.findIndex((event, i) => i > 0 && event.type === EVENT_ID.DOCUMENT)
  const own = end < 0 ? events : events.slice(0, end)
  const repeats = repeatsIn(source, own)
  const builder: Builder = { source, report, anchors: new Map(), repeats, frames: [frame(undefined, 0)], spent: 0 }
  for (const event of own) step(builder, event)
  if (end >= 0) reportMore(builder)
  const root = builder.frames[0]?.children[0]
  const isEmpty = root?.type === 'scalar' && root.style === 'plain' && root.source === '' && !root.anchor
  return isEmpty ? undefined : root
}

// `...` ends a document, too, but kubectl cuts at `---` only, and then reads the first.
function reportMore({ source, report, frames }: Builder): void {
  const from = Math.max(0, source.indexOf('\n...', (frames[0]?.at ?? 1) - 1) + 1)
  const message = 'kubectl reads nothing behind this line: put a line `---` here instead.'
  report({ code: 'more-documents', severity: 'warning', message, range: { from, to: from + 3 } })
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
  add(builder, marked(builder, node, done.event), done.size)
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
  if (event.valueStart < 0) return marked(builder, emptyScalar(emptyPlace(builder, event)), event)
  const style = STYLES[event.style]
  const text = getScalarValue(builder.source, event)
  const range = scalarRange(builder.source, event, builder.frames.at(-1)?.at ?? 0)
  const source = builder.source.slice(range.from, range.to)
  const tag = event.tagStart < 0 ? undefined : builder.source.slice(event.tagStart, event.tagEnd)
  const value = valueOf(builder, { style, text, tag, range })
  return marked(builder, { type: 'scalar', value, style, source, range }, event)
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

function closing(source: string, done: Frame): number {
  const start = done.event?.start ?? 0
  const bracket = done.event?.type === EVENT_ID.SEQUENCE ? ']' : '}'
  // `[a: 1]` holds a mapping without braces.
  if (bracket === '}' && source[start] !== '{') return done.at
  return afterBracket(source, done.children.length === 0 ? start + 1 : done.at, bracket)
}

function mapping(
  builder: Builder,
  children: readonly Tree[],
  where: Pick<MappingNode, 'style' | 'range'>,
): MappingNode {
  const entries: Entry[] = []
  const names = new Map<string, number>()
  for (let i = 0; i + 1 < children.length; i += 2) {
    const key = children[i]
    const value = children[i + 1]
    if (!key || !value) continue
    // Last wins, and so kubectl's merges win over what stands above them (tried with 1.32; YAML says otherwise).
    if (isMerge(key)) entries.push(...mergedEntries(builder, value))
    else pushEntry(builder, { entries, names }, key, value)
  }
  return { type: 'mapping', ...where, entries }
}

function pushEntry(
  builder: Builder,
  { entries, names }: { readonly entries: Entry[]; readonly names: Map<string, number> },
  key: Tree,
  value: Tree,
): void {
  const name = key.type === 'scalar' ? keyText(key.value, key.source) : undefined
  const range = key.alias ?? key.range
  if (key.type !== 'scalar' || name === undefined) return builder.report(error('wrong-key', WRONG_KEY, range))
  const before = names.get(name) ?? 0
  if (before > 0 && before <= TOLD)
    builder.report({
      code: 'duplicate-key',
      severity: 'warning',
      message: `\`${name}\` stands here twice: kubectl keeps the last one, silently. Merge the two, or make two list items.`,
      range,
    })
  names.set(name, before + 1)
  // A key that is an alias stands where the alias does.
  entries.push({ key: name, keyNode: key.alias ? { ...key, range } : key, value })
}

// A key that stands in a text a million times is told of so often, not a million times.
const TOLD = 100

const WRONG_KEY = 'A key must be a text here: write it out, in quotes if it holds brackets or is `null`.'

function isMerge(key: Tree): boolean {
  return key.type === 'scalar' && key.style === 'plain' && key.source === '<<'
}

function mergedEntries(builder: Builder, value: Tree): Entry[] {
  // Of several mappings the first has the say, and the last entry of a key counts here.
  const sources = value.type === 'sequence' ? value.items.toReversed() : [value]
  return sources.flatMap((one) => {
    if (one.type === 'mapping') return one.entries.map((entry) => ({ ...entry, merged: true }))
    builder.report(error('wrong-merge', '`<<` merges mappings: put an alias of one behind it.', one.alias ?? one.range))
    return []
  })
}

function anchorOf(source: string, event: ContainerEvent | ScalarEvent): string | undefined {
  return event.anchorStart < 0 ? undefined : source.slice(event.anchorStart, event.anchorEnd)
}

function marked({ source, repeats }: Builder, node: Tree, event: ContainerEvent | ScalarEvent): Tree {
  const anchor = anchorOf(source, event)
  const places = repeats.get(event.anchorStart)
  return anchor === undefined ? node : { ...node, anchor, ...(places && { repeats: places }) }
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
