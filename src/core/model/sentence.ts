import { formatPath, type Ref } from './text.ts'

/** A sentence in parts; a part with a `ref` is a link to that place, a `code` part is set in mono. */
export type Sentence = readonly SentencePart[]

/** A piece of a sentence. */
export interface SentencePart {
  readonly text: string
  readonly ref?: Ref | undefined
  readonly code?: boolean | undefined
}

/** A piece of a sentence: plain text, a part, or several. */
export type Piece = string | SentencePart | readonly SentencePart[]

/** Joins pieces to a sentence. */
export function say(...pieces: readonly Piece[]): Sentence {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? (piece === '' ? [] : [{ text: piece }]) : piece))
}

/** A thing to click on: a policy's name. */
export function link(text: string, ref: Ref): SentencePart {
  return { text, ref }
}

/** Where something stands in its document, to click on: `spec.ingress[0]`. */
export function place(ref: Ref): SentencePart {
  return { text: formatPath(ref.path), ref, code: true }
}

/** Something to type. */
export function code(text: string): SentencePart {
  return { text, code: true }
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly SentencePart[]): readonly SentencePart[] {
  return parts.flatMap((part, i) => {
    const before = i === 0 ? '' : i === parts.length - 1 ? ' and ' : ', '
    return before === '' ? [part] : [{ text: before }, part]
  })
}

/** The plain text of a sentence. */
export function plain(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join('')
}
