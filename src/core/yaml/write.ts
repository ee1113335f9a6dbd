import { indentLine as indent } from './layout.ts'
import { quoted, scalarText, type TextStyle } from './quotes.ts'

/** How a text is laid out: columns per level, and whether a list stands deeper than its key. */
export interface Habit {
  readonly indent: number
  readonly indentLists: boolean
  /** How much deeper, where it isn't as deep as everything else. */
  readonly listIndent?: number | undefined
}

/** As kubectl prints: two columns, lists flush with their key. */
const KUBECTL_HABIT: Habit = { indent: 2, indentLists: false }

const PLAIN: TextStyle = { style: 'plain', quotes: 'single' }

/** A value in block style: what stands behind `key:` or `-` in its line (`head`), and the lines below. */
export interface Block {
  readonly head: string
  /** From the column where the value starts. */
  readonly body: readonly string[]
}

/** A plain value as a block of YAML that reads back equal, ending in a line feed; texts that would read as something else are quoted. */
export function writeYaml(value: unknown, habit: Habit = KUBECTL_HABIT): string {
  return `${blockLines(value, habit).join('\n')}\n`
}

// Apart from the line of its key or dash: scalars, `[]` and `{}` are all head.
function writeBlock(value: unknown, habit: Habit): Block {
  if (typeof value === 'string' && value.includes('\n')) return textBlock(value)
  if (!isContainer(value) || isHollow(value)) return { head: inline(value), body: [] }
  if (Array.isArray(value)) return { head: '', body: value.flatMap((item: unknown) => itemLines(item, habit)) }
  return { head: '', body: entriesOf(value).flatMap(([key, own]) => entryLines(key, own, habit)) }
}

function blockLines(value: unknown, habit: Habit): readonly string[] {
  const { head, body } = writeBlock(value, habit)
  return head === '' ? body : [head, ...body]
}

function itemLines(item: unknown, habit: Habit): readonly string[] {
  return blockLines(item, habit).map((line, i) => (i === 0 ? `- ${line}` : indent(line, 2)))
}

/** How many columns deeper than its key a value in block style stands. */
export function deeperBy(value: unknown, { indent: columns, indentLists, listIndent }: Habit): number {
  if (!Array.isArray(value)) return columns
  return indentLists ? (listIndent ?? columns) : 0
}

function entryLines(key: string, value: unknown, habit: Habit): readonly string[] {
  const { head, body } = writeBlock(value, habit)
  const deeper = deeperBy(value, habit)
  return [`${inline(key)}:${head === '' ? '' : ` ${head}`}`, ...body.map((line) => indent(line, deeper))]
}

/** A text of several lines: `|` for what reads well so; what starts with blanks, ends in empty lines or holds control characters is quoted. */
export function textBlock(value: string): Block {
  const isPlain =
    /^[\u0021-\u007E\u00A1-\u1FFF][\t\n\u0020-\u007E\u00A0-\u2027\u2030-\uD7FF]*$/.test(value) &&
    !value.endsWith('\n\n')
  if (!isPlain) return { head: quoted(value), body: [] }
  const isEnded = value.endsWith('\n')
  return { head: isEnded ? '|' : '|-', body: (isEnded ? value.slice(0, -1) : value).split('\n') }
}

function inline(value: unknown): string {
  if (isContainer(value)) return Array.isArray(value) ? '[]' : '{}'
  return scalarText(value, PLAIN)
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isHollow(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : entriesOf(value).length === 0
}

// As in JSON, what is undefined is not there.
function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, own]) => own !== undefined)
}
