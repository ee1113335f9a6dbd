import type { TextRange } from '#core/model/text.ts'
import type { ItemSpans } from './jsonList.ts'

const ITEMS = /^items:[ \t]*(?:#.*)?\r?$/m
// What stands beside `items` in a List; any other line at the margin is a slip within an item.
const BESIDE = /^(?:(?:apiVersion|kind|metadata)[ \t]*:|\.\.\.[ \t]*\r?$)/m

/**
 * The items of a List in block style (`kubectl get -o yaml`), each from the start of its dash's line; undefined where there
 * are none, or where one may use an anchor of another.
 */
export function blockSpans(text: string): ItemSpans | undefined {
  const key = ITEMS.exec(text)
  if (!key || text.startsWith('%')) return undefined
  const starts = dashLines(text, key.index + key[0].length + 1)
  const first = starts[0]
  const last = starts.at(-1)
  if (first === undefined || last === undefined) return undefined
  const beside = BESIDE.exec(text.slice(last))
  const to = beside ? last + beside.index : text.length
  const items = starts.map((from, i) => ({ from, to: starts[i + 1] ?? to }))
  return sharesAnchors(text, items) ? undefined : { from: first, to, items }
}

// The lines that start with a dash in the column of the first one.
function dashLines(text: string, from: number): readonly number[] {
  const starts: number[] = []
  let indent: number | undefined
  for (let line = from; line < text.length; line = nextLine(text, line)) {
    const column = indent === undefined ? columnOfContent(text, line) : indent
    if (column === undefined) continue
    if (isDash(text, line + column) && (indent === undefined || isBlank(text, line, column))) starts.push(line)
    else if (indent === undefined) return []
    indent = column
  }
  return starts
}

function nextLine(text: string, line: number): number {
  const feed = text.indexOf('\n', line)
  return feed < 0 ? text.length : feed + 1
}

// Undefined for empty lines and comments.
function columnOfContent(text: string, line: number): number | undefined {
  let column = 0
  while (text[line + column] === ' ') column++
  const char = text[line + column]
  return char === undefined || char === '\n' || char === '\r' || char === '#' ? undefined : column
}

function isDash(text: string, at: number): boolean {
  const next = text[at + 1]
  return text[at] === '-' && (next === ' ' || next === '\n' || next === '\r' || next === '\t' || next === undefined)
}

function isBlank(text: string, line: number, column: number): boolean {
  for (let at = line; at < line + column; at++) if (text[at] !== ' ') return false
  return true
}

// Only names that are marked in one place and used in another count: `&` and `*` stand in many scripts and notes.
function sharesAnchors(text: string, items: readonly TextRange[]): boolean {
  if (!/[\s:[{,-]\*[^\s*]/.test(text) || !/[\s:[{,-]&[^\s&]/.test(text)) return false
  const marked = new Map<string, Set<number>>()
  const itemAt = itemFinder(items)
  for (const { 1: name = '', index } of text.matchAll(/(?<=[\s:[{,-])&([^\s,[\]{}]+)/g)) {
    const places = marked.get(name) ?? new Set()
    marked.set(name, places.add(itemAt(index)))
  }
  const uses = itemFinder(items)
  for (const { 1: name = '', index } of text.matchAll(/(?<=[\s:[{,-])\*([^\s,[\]{}]+)/g)) {
    const places = marked.get(name)
    if (places && (places.size > 1 || !places.has(uses(index)))) return true
  }
  return false
}

// For offsets that only grow: which item they are in, -1 in front of the first.
function itemFinder(items: readonly TextRange[]): (offset: number) => number {
  let index = -1
  return (offset) => {
    while ((items[index + 1]?.from ?? Infinity) <= offset) index++
    return index
  }
}
