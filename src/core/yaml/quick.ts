import { isInfinite, readPlain } from './scalar.ts'
import type { Entry, MappingNode, ScalarNode, SequenceNode, Tree } from './tree.ts'

/** A line with something in it; what stands behind `- ` is a line of its own, two columns deeper. */
interface Line {
  readonly indent: number
  /** Does it begin with `- `? */
  readonly dash: boolean
  readonly key: string | undefined
  readonly rest: string
  /** Offset of the dash, the key or the rest, whatever comes first. */
  readonly from: number
  readonly keyFrom: number
  readonly restFrom: number
}

/** How far a text has been read. */
interface Reader {
  readonly source: string
  at: number
  /** The line that is looked at; undefined at the end. */
  line: Line | undefined
}

// Letters that kubectl and Helm write: no tabs, no carriage returns, nothing beyond ASCII.
const PLAIN_TEXT = /^[\n\x20-\x7e]*$/
const LINE = /( *)(- )?(?:([A-Za-z_][\w./:-]*):(?: +|(?=\n|$)))?([^\n]*)(?:\n|$)/y
// What a plain scalar may begin with here, and what it may not hold: another key, a comment, a blank end.
const PLAIN = /^(?:[\w./+~(]|-[\w.])(?!.*(?:: | #|:$| $))/
const QUOTED = /^(?:"[^"\\]*"|'[^']*')$/
const MAX_DEPTH = 40
const MAX_KEY = 200

/**
 * Reads the plain YAML of most manifests (block style, scalars on one line, no anchors, tags, flow style or odd letters)
 * several times as fast as the general parser, and to the same tree. Undefined for everything else, wrong texts included.
 */
export function quickTree(source: string): Tree | undefined {
  if (!PLAIN_TEXT.test(source)) return undefined
  const reader: Reader = { source, at: source.startsWith('---\n') ? 4 : 0, line: undefined }
  next(reader)
  const tree = reader.line?.dash === false ? block(reader, reader.line.indent, 0) : undefined
  return reader.line ? undefined : tree
}

// Goes on to the next line that is neither blank nor a comment.
function next(reader: Reader): void {
  const { source } = reader
  while (reader.at < source.length) {
    const start = reader.at
    LINE.lastIndex = start
    const found = LINE.exec(source)
    if (!found) break
    reader.at = LINE.lastIndex
    const [whole, spaces = '', dash, key, rest = ''] = found
    if (dash === undefined && key === undefined && (rest === '' || rest.startsWith('#'))) continue
    const from = start + spaces.length
    const restFrom = start + whole.length - rest.length - (whole.endsWith('\n') ? 1 : 0)
    const keyFrom = from + (dash === undefined ? 0 : 2)
    reader.line = { indent: spaces.length, dash: dash !== undefined, key, rest, from, keyFrom, restFrom }
    return
  }
  reader.line = undefined
}

function block(reader: Reader, indent: number, depth: number): Tree | undefined {
  if (depth > MAX_DEPTH) return undefined
  return reader.line?.dash ? sequence(reader, indent, depth) : mapping(reader, indent, depth)
}

function mapping(reader: Reader, indent: number, depth: number): MappingNode | undefined {
  const from = reader.line?.keyFrom ?? 0
  const entries: Entry[] = []
  const names = new Set<string>()
  for (let { line } = reader; line?.indent === indent && !line.dash; line = reader.line) {
    const keyNode = keyOf(line)
    const value = keyNode && valueOf(reader, line, depth)
    if (!value || names.has(keyNode.source)) return undefined
    names.add(keyNode.source)
    entries.push({ key: keyNode.source, keyNode, value })
  }
  const last = entries.at(-1)
  return last && { type: 'mapping', style: 'block', range: { from, to: last.value.range.to }, entries }
}

function sequence(reader: Reader, indent: number, depth: number): SequenceNode | undefined {
  const from = reader.line?.from ?? 0
  const items: Tree[] = []
  for (let { line } = reader; line?.indent === indent && line.dash; line = reader.line) {
    const item = itemOf(reader, line, depth)
    if (!item) return undefined
    items.push(item)
  }
  const last = items.at(-1)
  return last && { type: 'sequence', style: 'block', items, range: { from, to: last.range.to } }
}

function itemOf(reader: Reader, line: Line, depth: number): Tree | undefined {
  if (line.key === undefined) return inline(reader, line)
  const indent = line.indent + 2
  reader.line = { ...line, indent, dash: false }
  return block(reader, indent, depth + 1)
}

function valueOf(reader: Reader, line: Line, depth: number): Tree | undefined {
  if (line.rest !== '') return inline(reader, line)
  next(reader)
  const { line: below } = reader
  // A list may stand at the column of its key.
  const isBlock = below && (below.indent > line.indent || (below.indent === line.indent && below.dash))
  return isBlock ? block(reader, below.indent, depth + 1) : nothing(line)
}

function keyOf({ key, keyFrom }: Line): ScalarNode | undefined {
  if (key === undefined || key.length > MAX_KEY) return undefined
  const value = readPlain(key)
  // `on` and the like become other words as keys.
  return typeof value === 'string' ? scalar('plain', value, key, keyFrom) : undefined
}

// A value that isn't there stands behind its colon.
function nothing({ key = '', keyFrom }: Line): ScalarNode {
  return scalar('plain', null, '', keyFrom + key.length + 1)
}

// What stands deeper on the next line would go on with this one; no container takes it, so that the text is declined.
function inline(reader: Reader, line: Line): Tree | undefined {
  next(reader)
  return inlineNode(line)
}

function inlineNode({ rest, restFrom: from }: Line): Tree | undefined {
  if (rest === '[]') return { type: 'sequence', style: 'flow', items: [], range: { from, to: from + 2 } }
  if (rest === '{}') return { type: 'mapping', style: 'flow', range: { from, to: from + 2 }, entries: [] }
  if (QUOTED.test(rest)) return scalar(rest.startsWith('"') ? 'double' : 'single', rest.slice(1, -1), rest, from)
  return PLAIN.test(rest) && !isInfinite(rest) ? scalar('plain', readPlain(rest), rest, from) : undefined
}

function scalar(style: ScalarNode['style'], value: ScalarNode['value'], source: string, from: number): ScalarNode {
  return { type: 'scalar', value, style, source, range: { from, to: from + source.length } }
}
