import { isNull, numberOf, textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, type Field, items } from './field.ts'

/** Limits of a number, both inclusive. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** What a port's number can be. */
export const PORT_NUMBERS: Bounds = { from: 1, to: 65535 }

/** A list that is written must have items, and not too many (`minItems: 1`, `maxItems` of a CRD; semantics.md C.3, C.4). */
export function checkCount(list: Field, most: number): readonly Diagnostic[] {
  if (list.tree?.type !== 'sequence') return []
  const count = items(list).length
  if (count === 0) {
    const detail = 'should have at least 1 items'
    return [fault(list, { code: 'empty-list', type: 'Invalid value', value: 0, detail })]
  }
  return checkMost(list, most)
}

/** A list that may be empty, but not too long. */
export function checkMost(list: Field, most: number): readonly Diagnostic[] {
  const count = items(list).length
  if (count <= most) return []
  const detail = `must have at most ${most} items`
  return [fault(list, { code: 'too-many-items', type: 'Too many', value: count, detail })]
}

/** A number that must be there, in its bounds; `needed` says what it is for. A wrong type is for `decode` to say. */
export function checkBounds(field: Field, { from, to }: Bounds, needed: string): readonly Diagnostic[] {
  if (isNull(field.tree)) return [fault(field, { code: 'number-required', type: 'Required value', detail: needed })]
  const value = numberOf(field.tree)
  if (value === undefined || (value >= from && value <= to)) return []
  const detail = `should be ${value < from ? `greater than or equal to ${from}` : `less than or equal to ${to}`}`
  return [fault(field, { code: 'number-out-of-range', type: 'Invalid value', value, detail })]
}

/** A word that must be one of these, letter case included. */
export function checkWord(field: Field, words: readonly string[]): readonly Diagnostic[] {
  const list = words.map((word) => `"${word}"`).join(', ')
  if (isNull(field.tree)) {
    return [fault(field, { code: 'word-required', type: 'Required value', detail: `one of ${list}` })]
  }
  const value = textOf(field.tree) ?? ''
  if (words.includes(value)) return []
  const detail = `supported values: ${list}`
  return [fault(field, { code: 'unsupported-word', type: 'Unsupported value', value, detail })]
}

/** A text of limited length, in characters. */
export function checkLength(field: Field, most: number): readonly Diagnostic[] {
  if (Array.from(textOf(field.tree) ?? '').length <= most) return []
  return [fault(field, { code: 'text-too-long', type: 'Too long', detail: `may not be more than ${most} bytes` })]
}

/** No text twice in a list (`x-kubernetes-list-type: set`). */
export function checkUnique(list: Field): readonly Diagnostic[] {
  const seen = new Set<string>()
  return items(list).flatMap((item) => {
    const value = textOf(item.tree)
    if (value === undefined) return []
    const isNew = !seen.has(value)
    seen.add(value)
    const detail = 'it stands in this list already'
    return isNew ? [] : [fault(item, { code: 'duplicate-item', type: 'Duplicate value', value, detail })]
  })
}
