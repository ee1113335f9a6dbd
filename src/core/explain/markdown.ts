import { missLead } from '#core/model/nearMiss.ts'
import type { ExplainedHalf, Explanation } from '#core/model/picture.ts'
import type { Sentence, SentencePart } from '#core/model/sentence.ts'
import type { Ref } from '#core/model/text.ts'

/** Where a thing stands, as `db.yaml:54`; undefined where it is gone. */
export type PlaceOf = (ref: Ref) => string | undefined

/**
 * An explanation as Markdown, to paste into an issue or a chat: the answer, then each half with its evidence and near
 * misses, and the file and line of what they name. Nothing that a manifest holds becomes markup.
 */
export function explanationMarkdown(explanation: Explanation, placeOf: PlaceOf): string {
  const { name, summary, halves, open, differs } = explanation
  const facts = (differs?.facts ?? []).map(
    ({ note, source, verified }) => `- ${escape(note)} (${escape(source)}${verified ? '' : ', not verified'})`,
  )
  const why = facts.length > 0 ? [['**What the CNI does otherwise**', '', ...facts].join('\n')] : []
  const parts = [`### ${line(name)}`, line(summary), ...why, ...halves.map((half) => halfText(half, placeOf))]
  return `${[...parts, `Open: ${escape(open)}`].join('\n\n')}\n`
}

function halfText({ title, sentences, misses }: ExplainedHalf, placeOf: PlaceOf): string {
  const said = sentences.map((sentence) => `- ${write(sentence, placeOf)}`)
  const nearly = misses.map(({ kind, sentence }) => `- ${missLead({ kind })}: ${write(sentence, placeOf)}`)
  const items = [...said, ...nearly]
  return [`**${escape(title)}**`, ...(items.length > 0 ? ['', ...items] : [])].join('\n')
}

function write(sentence: Sentence, placeOf: PlaceOf): string {
  return sentence
    .map((part, i) => writePart(part, { before: sentence[i - 1], after: sentence.slice(i + 1), placeOf }))
    .join('')
}

interface Around {
  readonly before: SentencePart | undefined
  readonly after: Sentence
  readonly placeOf: PlaceOf
}

// What follows in the same document says more exactly where it stands; in brackets, no more brackets.
function writePart(part: SentencePart, { before, after, placeOf }: Around): string {
  const { text, ref, code } = part
  const written = code === true ? span(text) : before ? escape(text) : line(text)
  const isSaid = code !== true && after.some((one) => one.code === true && one.ref?.document === ref?.document)
  const place = ref && !isSaid ? placeOf(ref) : undefined
  if (place === undefined) return written
  return before?.text.endsWith('(') === true ? `${written}, ${escape(place)}` : `${written} (${escape(place)})`
}

// As many backticks around it as make it one span, whatever it holds (CommonMark 6.1).
function span(text: string): string {
  const inner = text.replaceAll(/\s+/g, ' ')
  if (inner.trim() === '') return ''
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const gap = /^[ `]|[ `]$/.test(inner) ? ' ' : ''
  return `${fence}${gap}${inner}${gap}${fence}`
}

// What begins a line could also be a heading, a list or a quote.
function line(text: string): string {
  return escape(text).replace(/^( *)(?:(\d+)([.)])|([-+=]))/, (_, blank: string, digits = '', sign = '', mark = '') =>
    digits === '' ? `${blank}\\${String(mark)}` : `${blank}${String(digits)}\\${String(sign)}`,
  )
}

function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`)
    .replaceAll(/&(?=#?\w+;)/g, String.raw`\&`)
}
