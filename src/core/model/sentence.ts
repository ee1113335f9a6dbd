import type { Ref } from './text.ts'

/** A sentence in parts; a part with a `ref` is a link to that place, a `code` part is set in mono. */
export type Sentence = readonly SentencePart[]

/** A piece of a sentence. */
export interface SentencePart {
  readonly text: string
  readonly ref?: Ref | undefined
  readonly code?: boolean | undefined
}
