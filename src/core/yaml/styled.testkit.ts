import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { readText } from './surgery.testkit.ts'

/** A plain value and a text of it in all the styles that people mix. */
export interface Styled {
  readonly value: unknown
  readonly text: string
}

type Dice = (sides: number) => number

const word = fc.constantFrom(
  'on',
  '80',
  'web',
  '',
  'a b',
  '~',
  '# x',
  '0777',
  "it's",
  'a: b',
  'x, y',
  '{',
  '- z',
  'é\\"',
)
const leaf = fc.oneof(
  word,
  fc.integer({ min: -9, max: 99 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant('two\nlines\n'),
)
const key = fc.constantFrom('from', 'ports', 'app', 'on', 'x-y', 'a: b', '7')
const { any } = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.dictionary(key, tie('any'), { maxKeys: 3 }),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
}))
const root = fc.dictionary(fc.constantFrom('spec', 'metadata', 'kind'), any, { minKeys: 1 })

/**
 * Random documents: block and flow, comments with a number each, any indentation, quotes, line ends, end marks, anchors that
 * nobody refers to; also as items of a cut List.
 */
export const styledDocuments: fc.Arbitrary<Styled> = documents(false)

/** The same with aliases of equal values. */
export const sharedDocuments: fc.Arbitrary<Styled> = documents(true)

function documents(repeats: boolean): fc.Arbitrary<Styled> {
  return fc
    .tuple(root, fc.nat())
    .map(([own, seed]) => {
      const value = JSON.parse(JSON.stringify(own)) as unknown
      return { value, text: print(value, diceOf(seed), repeats) }
    })
    .filter(({ value, text }) => isDeepStrictEqual(readText(text)?.value, value))
}

function print(value: unknown, dice: Dice, repeats: boolean): string {
  const indent = [2, 2, 4, 3][dice(4)] ?? 2
  const printer = { dice, indent, flush: dice(2) === 0, comments: 0, anchors: new Map<string, string>(), repeats }
  const isItem = dice(4) === 0
  const lines = block(printer, value).map((line) => (isItem && line !== '' ? `  ${line}` : line))
  const head = isItem ? [] : [[], ['---'], ['# head'], ['---', '', '# head'], ['--- # head']][dice(5)]
  const foot = [[], [], [], ['...'], ['', '# foot'], ['', ''], ['# foot', '...']][isItem ? 0 : dice(7)]
  const text = [...(head ?? []), ...lines, ...(foot ?? [])].join('\n') + (dice(4) === 0 ? '' : '\n')
  return dice(3) === 0 ? text.replaceAll('\n', '\r\n') : text
}

interface Printer {
  readonly dice: Dice
  readonly indent: number
  readonly flush: boolean
  comments: number
  /** Names of anchored values, by their JSON. */
  readonly anchors: Map<string, string>
  /** Are there aliases, too? */
  readonly repeats: boolean
}

// `&name ` in front of a value now and then.
function anchor({ dice, anchors }: Printer, value: unknown): string {
  if (dice(12) > 0) return ''
  const name = `a${anchors.size + 1}`
  anchors.set(JSON.stringify(value), name)
  return `&${name}`
}

function alias({ dice, anchors, repeats }: Printer, value: unknown): string | undefined {
  const name = repeats ? anchors.get(JSON.stringify(value)) : undefined
  return name !== undefined && dice(2) === 0 ? `*${name}` : undefined
}

function block(printer: Printer, value: unknown): string[] {
  if (isBlock(value)) return Array.isArray(value) ? items(printer, value) : entries(printer, value)
  return [inline(printer, value)]
}

function items(printer: Printer, list: readonly unknown[]): string[] {
  const gap = printer.dice(5) === 0 ? '   ' : ' '
  const lines = list.flatMap((item) => {
    const repeated = alias(printer, item)
    if (repeated !== undefined) return [...above(printer), `-${gap}${repeated}${behind(printer)}`]
    if (item === null && printer.dice(2) === 0) return [...above(printer), `-${behind(printer)}`]
    if (typeof item === 'string' && item.endsWith('\n')) return literal(printer, '-', item, 2)
    const isBelow = isBlock(item) && printer.dice(4) === 0
    const lines = isBlock(item) && printer.dice(3) > 0 ? block(printer, item) : [flow(printer, item, 0)]
    const margin = ' '.repeat(1 + gap.length)
    const [first = '', ...rest] = lines
    const name = anchor(printer, item)
    if (isBelow)
      return [...above(printer), `-${name && ` ${name}`}${behind(printer)}`, ...lines.map((line) => margin + line)]
    // An anchor in front of a block in the dash's line would be its first key's.
    const own = lines.length > 1 || isBlockText(first) ? first : `${name}${name && ' '}${first}`
    return [...above(printer), `-${gap}${own}${tail(printer, lines)}`, ...rest.map((line) => margin + line)]
  })
  return printer.dice(5) === 0 ? [...lines, `${['', '  ', '    '][printer.dice(3)]}${comment(printer)}`] : lines
}

function isBlockText(line: string): boolean {
  return /^- |:( |$)/.test(line) && !/^(?:\[|\{|'|")/.test(line)
}

function entries(printer: Printer, mapping: object): string[] {
  return Object.entries(mapping).flatMap(([name, value]: [string, unknown], i) => {
    const head = `${scalar(printer, name, false)}:`
    const before = i === 0 ? [] : above(printer)
    const repeated = alias(printer, value)
    if (repeated !== undefined) return [...before, `${head} ${repeated}${behind(printer)}`]
    if (value === null && printer.dice(2) === 0) return [...before, head + behind(printer)]
    if (typeof value === 'string' && value.endsWith('\n'))
      return [...before, ...literal(printer, head, value, printer.indent)]
    if (!isBlock(value) || printer.dice(4) === 0) {
      const mark = anchor(printer, value)
      const text = `${mark}${mark && ' '}${flow(printer, value, printer.indent)}`
      return [
        ...before,
        `${head}${printer.dice(5) === 0 ? '   ' : ' '}${text}${text.includes('\n') ? '' : behind(printer)}`,
      ].flatMap((line) => line.split('\n'))
    }
    const margin = ' '.repeat(Array.isArray(value) && printer.flush ? 0 : printer.indent)
    const mark = anchor(printer, value)
    return [
      ...before,
      head + (mark && ` ${mark}`) + behind(printer),
      ...above(printer),
      ...block(printer, value).map((line) => margin + line),
    ]
  })
}

function literal(printer: Printer, head: string, value: string, indent: number): string[] {
  const lines = value.slice(0, -1).split('\n')
  return [`${head} |${behind(printer)}`, ...lines.map((line) => ' '.repeat(indent) + line)]
}

// Over several lines now and then, with comments and a comma behind the last one.
function flow(printer: Printer, value: unknown, indent: number): string {
  if (typeof value !== 'object' || value === null) return inline(printer, value)
  const parts = Array.isArray(value)
    ? value.map((item) => flow(printer, item, indent))
    : Object.entries(value).map(
        ([name, own]: [string, unknown]) => `${scalar(printer, name, true)}: ${flow(printer, own, indent)}`,
      )
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return open + close
  if (printer.dice(3) > 0 || indent === 0 || parts.some((part) => part.includes('\n'))) {
    const pad = printer.dice(2) === 0 ? ' ' : ''
    return open + pad + parts.join(', ') + pad + close
  }
  const margin = ' '.repeat(indent)
  const comma = printer.dice(2) === 0 ? ',' : ''
  const lines = parts.map((part, i) => `${margin}${part}${i < parts.length - 1 ? ',' : comma}${behind(printer)}`)
  return [open, ...lines, ' '.repeat(Math.max(1, indent - 2)) + close].join('\n')
}

function inline(printer: Printer, value: unknown): string {
  return typeof value === 'string' ? scalar(printer, value, true) : Array.isArray(value) ? '[]' : JSON.stringify(value)
}

function scalar({ dice }: Printer, text: string, inFlow: boolean): string {
  const style = dice(3)
  if (style === 0 || /[\n\\]/.test(text)) return JSON.stringify(text)
  const isPlain = style === 1 && /^[\w-]+$/.test(text) && !/^(on|\d+)$/.test(text)
  return isPlain && !(inFlow && text === '') ? text : `'${text.replaceAll("'", "''")}'`
}

function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function above(printer: Printer): string[] {
  if (printer.dice(6) > 0) return printer.dice(8) === 0 ? [''] : []
  return (
    [[comment(printer)], ['', comment(printer)], [`    ${comment(printer)}`], [comment(printer), '']][
      printer.dice(4)
    ] ?? []
  )
}

function behind(printer: Printer): string {
  if (printer.dice(4) > 0) return printer.dice(8) === 0 ? '  ' : ''
  return `${printer.dice(4) === 0 ? '\t' : ' '}${comment(printer)}`
}

// Only where the line holds a whole value: inside of a mapping its own lines have their comments.
function tail(printer: Printer, lines: readonly string[]): string {
  return lines.length === 1 && /^[\w'"-]*$/.test(lines[0] ?? '') ? behind(printer) : ''
}

function comment(printer: Printer): string {
  return `#${printer.dice(5) === 0 ? '\t' : ''}c${++printer.comments};`
}

function diceOf(seed: number): Dice {
  let state = seed + 1
  return (sides) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return ((state ^ (state >>> 13)) >>> 0) % sides
  }
}
