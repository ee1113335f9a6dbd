import { redactSecrets } from '#core/load/secrets.ts'
import type { TextEdit } from '#core/model/text.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { Chunk } from '#core/yaml/chunk.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import type { Slices } from '../clock.ts'

/** A text without the values of its Secrets (design.md 8), and how many Secrets had some. */
export interface Redacted {
  readonly text: string
  readonly secrets: number
}

/** Takes Secrets' values out document by document, so that a large dump doesn't hold up the page. */
export async function redact(text: string, slices: Slices): Promise<Redacted> {
  if (!text.includes('Secret')) return { text, secrets: 0 }
  // Items of a SecretList don't say what they are: only the whole knows.
  if (text.includes('SecretList')) return whole(text)
  let [result, at, secrets] = ['', 0, 0]
  for (const chunk of cutDocuments(text)) {
    if (chunk.form === 'rest' || !chunk.text.includes('Secret')) continue
    const redacted = redactSecrets(chunk.text)
    if (redacted.text !== chunk.text) {
      result += text.slice(at, chunk.from) + withDash(redacted.text, chunk, text)
      at = chunk.to
      secrets += redacted.count
    }
    await slices.rest()
  }
  return { text: result + text.slice(at), secrets }
}

/** Edits from the keyboard, and what has to follow them so that no Secret's values come in by a paste; undefined where nothing has. */
export function redactTyped(
  text: string,
  edits: readonly TextEdit[],
): { readonly edit: TextEdit; readonly secrets: number } | undefined {
  // Whoever types a Secret letter by letter means its values; a paste brings them along.
  if (!edits.some(({ insert }) => insert.includes('Secret'))) return undefined
  const typed = applyEdits(text, edits)
  const redacted = whole(typed)
  return redacted.text === typed ? undefined : { edit: difference(typed, redacted.text), secrets: redacted.secrets }
}

function whole(text: string): Redacted {
  const { text: redacted, count } = redactSecrets(text)
  return { text: redacted, secrets: count }
}

// In an item's own text a blank stands for its dash, before everything else.
function withDash(redacted: string, { from }: Chunk, text: string): string {
  const dash = redacted.search(/\S/)
  for (let i = 0; i < dash; i++) {
    if (text[from + i] === '-') return `${redacted.slice(0, i)}-${redacted.slice(i + 1)}`
  }
  return redacted
}

function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from++
  let tail = 0
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) }
}
