import type { TextRange } from '#core/model/text.ts'

/** Where a List's items stand: each of them, and what goes from the first to behind the last. */
export interface ItemSpans extends TextRange {
  readonly items: readonly TextRange[]
}

const BLANK = /[ \t\n\r]*/y
const LITERAL = /[\w.+-]+/y

/** The end of the JSON object, list or text that starts here; undefined where it isn't closed or is not JSON. */
export function jsonEnd(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const end = stringEnd(text, at)
      if (end === undefined) return undefined
      at = end - 1
    } else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    else if (char === "'" || char === '#' || char === '&' || char === '*') return undefined
    if (depth === 0) return at + 1
  }
  return undefined
}

/** The objects in the `items` of the JSON object that starts here; undefined where there are none, or something else among them. */
export function jsonSpans(text: string, start: number): ItemSpans | undefined {
  let at = skip(text, start + 1)
  while (text[at] === '"') {
    const keyEnd = stringEnd(text, at)
    if (keyEnd === undefined) return undefined
    const colon = skip(text, keyEnd)
    const value = skip(text, colon + 1)
    if (text[colon] !== ':') return undefined
    if (text.slice(at, keyEnd) === '"items"') return text[value] === '[' ? itemsFrom(text, value + 1) : undefined
    const end = valueEnd(text, value)
    if (end === undefined || text[skip(text, end)] !== ',') return undefined
    at = skip(text, skip(text, end) + 1)
  }
  return undefined
}

function itemsFrom(text: string, from: number): ItemSpans | undefined {
  const items: TextRange[] = []
  for (let at = skip(text, from); text[at] === '{';) {
    const to = jsonEnd(text, at)
    if (to === undefined) return undefined
    items.push({ from: at, to })
    const next = skip(text, to)
    if (text[next] === ']') return { from, to: next, items }
    if (text[next] !== ',') return undefined
    at = skip(text, next + 1)
  }
  return undefined
}

function valueEnd(text: string, at: number): number | undefined {
  if (text[at] === '"' || text[at] === '{' || text[at] === '[') return jsonEnd(text, at)
  LITERAL.lastIndex = at
  return LITERAL.test(text) ? LITERAL.lastIndex : undefined
}

// By search, not by a pattern: a pattern runs out of stack on a text of some megabytes.
function stringEnd(text: string, open: number): number | undefined {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at < 0 ? undefined : at + 1
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text[at - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1
}

function skip(text: string, from: number): number {
  BLANK.lastIndex = from
  BLANK.test(text)
  return Math.max(from, BLANK.lastIndex)
}
