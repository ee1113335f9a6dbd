import type { TextRange } from '#core/model/text.ts'
import type { YamlProblem } from './problem.ts'

// The parser's words → what to do. The first that matches counts.
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, "a tab can't indent. Use spaces."],
  [/sequence entry/, 'this item is not in line with the others of its list. Put its dash under theirs.'],
  [/bad indentation/, 'this does not fit the lines above. Check the indentation, and quote a text that holds `: `.'],
  [/expected ':'|multiline key/, 'a key needs a colon and a space behind it: `key: value`.'],
  [/key-value separator/, 'put a space behind the colon.'],
  [/missed comma/, 'a comma or a closing bracket is missing in front of this.'],
  [/found ','/, 'there is a comma too many here.'],
  // A line at the margin, while a quote or a bracket is open.
  [/deficient indentation/, 'what opens here is not closed. Close the quote or bracket, or indent its next lines.'],
  [/within a flow collection/, 'a bracket that opens here is not closed.'],
  [/quoted scalar/, 'a quote that opens here is not closed.'],
  [/escape sequence|hexadecimal/, 'no such escape. Write `\\\\` for a backslash, or use single quotes.'],
  [/null byte|non-printable|JSON character/, 'an invisible control character stands here. Delete it.'],
  [/maxDepth/, 'it is nested more than 100 levels deep. Flatten it.'],
  [
    /document separator/,
    'this does not belong to what stands above it. Check the indentation, or put a line `---` in front of a new document.',
  ],
  [/irective|%YAML|TAG/, 'kubectl reads no `%` directives. Delete the line.'],
  [
    /block scalar|line break is expected|chomping|indentation width/,
    'put the text below the line with `|` or `>`, indented.',
  ],
]

/** What the parser complains of, in words that say what to do, at the place to look at; `at` is the parser's own place. */
export function describeReason(reason: string, text: string, at: number): YamlProblem {
  const advice = ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ?? `${reason}.`
  const range = placeOf(reason, text, Math.min(at, text.length))
  return { code: 'yaml-syntax', message: `This is not YAML: ${advice}`, range, severity: 'error' }
}

function placeOf(reason: string, text: string, at: number): TextRange {
  // The parser notices behind it: the place to mend is where it opened.
  if (reason.includes('double quoted')) return opened(text, openQuote(text, at, '"'))
  if (reason.includes('single quoted')) return opened(text, openQuote(text, at, "'"))
  if (reason.includes('flow collection')) return opened(text, openBracket(text, at) ?? at)
  if (reason.includes('deficient')) {
    const quote = Math.max(openQuote(text, at, '"'), openQuote(text, at, "'"))
    return opened(text, openBracket(text, at) ?? quote)
  }
  const end = text.slice(at).search(/[\n\r]/)
  return { from: at, to: end < 0 ? text.length : at + end }
}

function opened(text: string, at: number): TextRange {
  return { from: Math.max(0, at), to: Math.min(text.length, Math.max(0, at) + 1) }
}

// Any quote behind it would have closed it, unless it is escaped.
function openQuote(text: string, before: number, quote: string): number {
  let at = text.lastIndexOf(quote, before)
  if (quote === "'") while (at > 1 && text[at - 1] === quote) at = text.lastIndexOf(quote, at - 2)
  else while (at > 0 && text[at - 1] === '\\') at = text.lastIndexOf(quote, at - 1)
  return at
}

function openBracket(text: string, before: number): number | undefined {
  let depth = 0
  for (let at = before; at >= 0; at--) {
    const char = text[at]
    if (char === ']' || char === '}') depth++
    else if ((char === '[' || char === '{') && depth-- === 0) return at
  }
  return undefined
}
