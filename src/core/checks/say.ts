import type { Sentence, SentencePart } from '#core/model/sentence.ts'
import type { Ref } from '#core/model/text.ts'

/** A piece of a sentence: plain text, or parts. */
export type Piece = string | Sentence

/** Joins pieces to a sentence; empty ones are dropped. */
export function say(...pieces: readonly Piece[]): Sentence {
  return pieces.flatMap((piece): readonly SentencePart[] => {
    if (typeof piece !== 'string') return piece
    return piece === '' ? [] : [{ text: piece }]
  })
}

/** Names of policies to click on: `a`, `a and b`, `a, b and 3 more`. */
export function links(policies: readonly { readonly name: string; readonly ref: Ref }[]): Sentence {
  const distinct = [...new Map(policies.map((policy) => [policy.name, policy])).values()]
  const shown = distinct.slice(0, MOST)
  const more = distinct.length - shown.length
  const parts: readonly SentencePart[] = [
    ...shown.map(({ name, ref }) => ({ text: name, ref })),
    ...(more > 0 ? [{ text: `${more} more` }] : []),
  ]
  return joinParts(parts)
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function names(words: readonly string[]): string {
  const shown = words.slice(0, MOST)
  const more = words.length - shown.length
  return joinParts([...shown, ...(more > 0 ? [`${more} more`] : [])].map((text) => ({ text })))
    .map(({ text }) => text)
    .join('')
}

/** The plain text of a sentence. */
export function plain(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join('')
}

const MOST = 2

function joinParts(parts: readonly SentencePart[]): Sentence {
  return parts.flatMap((part, i) => {
    if (i === 0) return [part]
    return [{ text: i === parts.length - 1 ? ' and ' : ', ' }, part]
  })
}
