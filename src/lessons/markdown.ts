/** A block of a lesson's text. */
export type Block =
  | { readonly type: 'paragraph'; readonly parts: readonly Part[] }
  | { readonly type: 'heading'; readonly parts: readonly Part[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Part[])[] }
  | { readonly type: 'code'; readonly text: string }

/** A piece of a line: plain, or set apart. */
export interface Part {
  readonly text: string
  readonly look: 'plain' | 'strong' | 'em' | 'code'
}

/**
 * Reads the little Markdown that lessons are written in: paragraphs, headings, lists, fenced code, emphasis and code.
 * There is no HTML and no link: a tag stays the characters that it is, of a link its words and its address are left.
 * Never throws, and takes time in proportion to the text.
 */
export function readMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = text.split(/\r\n|\n|\r/)
  for (let at = 0; at < lines.length;) {
    const end = blockEnd(lines, at)
    if (lines[at]?.trim() !== '') blocks.push(blockOf(lines.slice(at, end)))
    at = end
  }
  return blocks
}

const FENCE = /^\s*```/
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/
const ORDERED = /^\s*\d/
const HEADING = /^#{1,6}\s+/

type Sort = 'blank' | 'code' | 'heading' | 'list' | 'paragraph'

function sortOf(line: string): Sort {
  if (line.trim() === '') return 'blank'
  if (FENCE.test(line)) return 'code'
  if (HEADING.test(line)) return 'heading'
  return ITEM.test(line) ? 'list' : 'paragraph'
}

// Behind the last line of the block that begins here.
function blockEnd(lines: readonly string[], from: number): number {
  const sort = sortOf(lines[from] ?? '')
  if (sort === 'blank' || sort === 'heading') return from + 1
  let at = from + 1
  if (sort === 'code') {
    while (at < lines.length && !FENCE.test(lines[at] ?? '')) at++
    return at + 1
  }
  while (at < lines.length && continues(sort, lines[at] ?? '')) at++
  return at
}

function continues(sort: Sort, line: string): boolean {
  const next = sortOf(line)
  return next === sort || (sort === 'list' && next === 'paragraph' && /^\s/.test(line))
}

function blockOf(lines: readonly string[]): Block {
  const [first = ''] = lines
  switch (sortOf(first)) {
    case 'code':
      return { type: 'code', text: lines.filter((line, at) => at > 0 && !FENCE.test(line)).join('\n') }
    case 'heading':
      return { type: 'heading', parts: partsOf(first.replace(HEADING, '')) }
    case 'list':
      return { type: 'list', ordered: ORDERED.test(first), items: itemsOf(lines).map(partsOf) }
    default:
      return { type: 'paragraph', parts: partsOf(lines.map((line) => line.trim()).join(' ')) }
  }
}

function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = []
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, '').trim())
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  return items
}

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^\s*](?:[^*\n]*[^\s*])?)\*|(?<![\p{L}\p{N}])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\p{L}\p{N}])/gu
const LINK = /!?\[([^[\]\n]{1,500})\]\(([^()\s]{0,500})\)/g

/** The pieces of one line: of a link, its words and its address. */
export function partsOf(line: string): readonly Part[] {
  const text = line.replaceAll(LINK, (_, words: string, address: string) =>
    /^https?:/i.test(address) ? `${words} (${address})` : words,
  )
  const parts: Part[] = []
  let at = 0
  const plain = (to: number): void => {
    if (to > at) parts.push({ text: text.slice(at, to), look: 'plain' })
  }
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, star, under] = match
    plain(match.index)
    if (code !== undefined) parts.push({ text: code, look: 'code' })
    else if (strong !== undefined) parts.push(...within(strong, 'strong'))
    else parts.push(...within(star ?? under ?? '', 'em'))
    at = match.index + whole.length
  }
  plain(text.length)
  return parts
}

// Code may stand in what is emphasised, and nothing else.
function within(text: string, look: 'strong' | 'em'): readonly Part[] {
  const pieces = text.split(/`([^`\n]+)`/)
  return pieces.flatMap((piece, at) => (piece === '' ? [] : [{ text: piece, look: at % 2 === 1 ? 'code' : look }]))
}
