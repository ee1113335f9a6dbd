import { itemsOf } from '#core/kinds/fields.ts'
import { typeOf } from '#core/kinds/meta.ts'
import type { TextRange } from '#core/model/text.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { at, child, rangeOf, type Tree } from '#core/yaml/tree.ts'

// What stands for each value that was taken out.
const REDACTED = '"REDACTED"'

const VALUES = new Set(['data', 'stringData'])
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const NAMES_A_SECRET = /["']?kind["']?\s*:\s*(?:[&!]\S*\s+)*["']?Secret(List)?\b/

/** A text without the values of its Secrets; `count` says how many Secrets had any. Everything else stays byte for byte. */
export interface Redaction {
  readonly text: string
  readonly count: number
}

/**
 * Takes the values of `data` and `stringData` of Secrets out of a text, and their last-applied annotations, also inside
 * Lists (design.md 8). Where a document with a Secret does not parse, whatever looks like such a value is taken out.
 */
export function redactSecrets(text: string): Redaction {
  if (!NAMES_A_SECRET.test(text)) return { text, count: 0 }
  let count = 0
  const spans = cutDocuments(text).flatMap((chunk) => {
    const isItem = chunk.list?.kind === 'SecretList'
    if (chunk.form === 'rest' || !(isItem || NAMES_A_SECRET.test(chunk.text))) return []
    const found = secretSpans(chunk.text, isItem)
    count += found.filter((secret) => secret.length > 0).length
    return found.flat().map(({ from, to }) => ({ from: from + chunk.from, to: to + chunk.from }))
  })
  return { text: replace(text, spans), count }
}

function replace(text: string, spans: readonly TextRange[]): string {
  let result = ''
  let at = 0
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from < at) continue
    result += text.slice(at, from) + REDACTED
    at = to
  }
  return result + text.slice(at)
}

// One list of spans for each Secret.
function secretSpans(text: string, isItem: boolean): readonly (readonly TextRange[])[] {
  const { tree } = parseDocument(text)
  if (!tree) return [guess(text)]
  const secrets = isItem ? [tree] : secretsIn(tree, '')
  return secrets.map((secret) => valuesOf(secret, text).flatMap((value) => spansOf(value, text)))
}

function secretsIn(tree: Tree, listed: string): readonly Tree[] {
  const kind = typeOf(tree).kind || listed
  if (kind === 'Secret') return [tree]
  if (!kind.endsWith('List')) return []
  return itemsOf(child(tree, 'items')).flatMap((item) => secretsIn(item, kind.slice(0, -'List'.length)))
}

function valuesOf(secret: Tree, text: string): readonly Tree[] {
  const maps = secret.type === 'mapping' ? secret.entries.filter(({ key }) => VALUES.has(key)) : []
  const annotations = at(secret, ['metadata', 'annotations'])
  const applied = annotations?.type === 'mapping' ? annotations.entries.filter(({ key }) => key === LAST_APPLIED) : []
  const values = maps.flatMap(({ value }) =>
    value.type === 'mapping' ? value.entries.map((entry) => entry.value) : [value],
  )
  return [...values, ...applied.map(({ value }) => value)].filter((value) => !isVoid(value, text))
}

function isVoid(value: Tree, text: string): boolean {
  const { from, to } = rangeOf(value)
  const source = text.slice(from, to)
  return (
    from === to || source === REDACTED || isPlaceholder(source) || (value.type === 'scalar' && value.value === null)
  )
}

// Of an alias also its anchor: the value stands there.
function spansOf(value: Tree, text: string): readonly TextRange[] {
  const spans = value.alias ? [value.alias, value.range] : [value.range]
  return spans.map(({ from, to }) => ({ from, to: from + text.slice(from, to).trimEnd().length }))
}

// The text is broken, but must not get in with its values: anything deeper than a `data:` line, and JSON strings in a
// `"data": {` of any object. Too much is better than too little here.
function guess(text: string): readonly TextRange[] {
  return /^\s*\{/.test(text) ? guessJson(text) : guessBlock(text)
}

function guessBlock(text: string): readonly TextRange[] {
  const spans: TextRange[] = []
  let inside: number | undefined
  for (const match of text.matchAll(/^([ \t-]*)([^\r\n]*)/gm)) {
    const [, indent = '', rest = ''] = match
    if (rest === '' || rest.startsWith('#')) continue
    const from = match.index + indent.length
    if (inside !== undefined && indent.length > inside) {
      spans.push(...valueOnLine(from, rest))
      continue
    }
    inside = HOLDER.test(rest) ? indent.length : undefined
    if (inside !== undefined) spans.push(...valueOnLine(from, rest))
  }
  return spans
}

const HOLDER = /^["']?(data|stringData|kubectl\.kubernetes\.io\/last-applied-configuration)["']?\s*:/

// What Helm fills in is no secret yet.
function isPlaceholder(value: string): boolean {
  return /^["']?\{\{[^{}]*\}\}["']?$/.test(value)
}

function valueOnLine(from: number, line: string): readonly TextRange[] {
  const key = /^["']?[\w./-]+["']?\s*:(?=\s|$)\s*/.exec(line)?.[0] ?? ''
  const value = line.slice(key.length).trimEnd()
  if (value === '' || isPlaceholder(value)) return []
  return [{ from: from + key.length, to: from + key.length + value.length }]
}

function guessJson(text: string): readonly TextRange[] {
  const holders = /"(?:data|stringData)"\s*:\s*\{([^{}]*)/g
  const STRING = String.raw`"(?:[^"\\]|\\.)*"?`
  const inside = [...text.matchAll(holders)].flatMap((holder) => {
    const start = holder.index + holder[0].length - (holder[1] ?? '').length
    const value = new RegExp(String.raw`("(?:[^"\\]|\\.)*"\s*:\s*)(${STRING})`, 'g')
    return [...(holder[1] ?? '').matchAll(value)].map((match) => spanAt(start + match.index, match))
  })
  const applied = new RegExp(String.raw`("kubectl\.kubernetes\.io/last-applied-configuration"\s*:\s*)(${STRING})`, 'g')
  return [...inside, ...[...text.matchAll(applied)].map((match) => spanAt(match.index, match))]
}

function spanAt(index: number, match: RegExpMatchArray): TextRange {
  const from = index + (match[1] ?? '').length
  return { from, to: from + (match[2] ?? '').length }
}
