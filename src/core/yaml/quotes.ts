import { dump } from 'js-yaml'
import { readPlain } from './scalar.ts'
import type { ScalarNode, Tree } from './tree.ts'

/** The quotes that a document prefers. */
export type Quotes = 'single' | 'double'

/** What texts are written like: their neighbours' style where those are of one mind, and the quotes for what needs some. */
export interface TextStyle {
  readonly style: Quotes | 'plain' | undefined
  readonly quotes: Quotes
}

/** The quotes that most quoted texts of a document are in; single ones where it has none. */
export function quotesOf(nodes: readonly Tree[]): Quotes {
  let double = 0
  let single = 0
  for (const node of nodes) {
    if (node.type !== 'scalar' || node.source.length < 2) continue
    if (node.style === 'double') double++
    else if (node.style === 'single') single++
  }
  return double > single ? 'double' : 'single'
}

/** The style of texts among these neighbours: only those count that would need no quotes. */
export function styleAmong(neighbours: readonly Tree[], quotes: Quotes): TextStyle {
  const texts = neighbours.filter(isText)
  const style = oneMind(texts.filter(({ value }) => isPlainText(String(value))))
  const fallback = oneMind(texts.filter(({ style: own }) => own === 'single' || own === 'double'))
  return { style, quotes: style && style !== 'plain' ? style : fallback && fallback !== 'plain' ? fallback : quotes }
}

/** A scalar on one line, outside of brackets or within them, that reads back equal. */
export function scalarText(value: unknown, { style, quotes }: TextStyle, inFlow = false): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null)
  if (style === 'single' || style === 'double') return quoted(value, style)
  return isPlainText(value, inFlow) ? value : quoted(value, quotes)
}

/** A text in quotes, on one line: single ones only as far as they can hold it. */
export function quoted(value: string, quotes: Quotes = 'single'): string {
  return quotes === 'single' && isPrintable(value) ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value)
}

// Within brackets kubectl's parser stumbles over `?`, and over a colon in front.
function isPlainText(value: string, inFlow = true): boolean {
  if (value === '' || !isPrintable(value) || readPlain(value) !== value || /^\s|\s$/.test(value)) return false
  if (inFlow && /^:|\?/.test(value)) return false
  const written = inFlow
    ? dump([value], { flowLevel: 0, lineWidth: -1 }).trimEnd().slice(1, -1)
    : dump(value, { lineWidth: -1 }).trimEnd()
  return written === value
}

function isText(node: Tree): node is Tree & ScalarNode {
  return node.type === 'scalar' && typeof node.value === 'string' && !node.alias
}

function oneMind(texts: readonly ScalarNode[]): TextStyle['style'] {
  const [style, other] = new Set(texts.map((text) => text.style))
  if (other !== undefined || style === 'literal' || style === 'folded') return undefined
  return style
}

// JSON's escapes are YAML's; what YAML takes for a line break or refuses is escaped on top of them.
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function isPrintable(value: string): boolean {
  return /^[\u0020-\u007E\u00A0-\u2027\u2030-\uD7FF]*$/.test(value)
}
