/** What the head of a List says about its items: `PodList` makes its items pods. */
export interface ListHead {
  readonly apiVersion?: string | undefined
  readonly kind?: string | undefined
}

/**
 * A part of a text that is read alone. `text` has the length of the span `[from, to)`, so an offset in it, `from` added,
 * is an offset in the whole: an item's dash is replaced by a blank. `rest` is what remains of a List around its items.
 */
export interface Chunk {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly form: 'document' | 'item' | 'rest'
  readonly list?: ListHead | undefined
}
