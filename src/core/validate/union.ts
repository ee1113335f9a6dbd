import { isNull } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, type Field, inside } from './field.ts'

/** The fields of a mapping that are set; null is not. */
export function fieldsSet(field: Field, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => !isNull(inside(field, key).tree))
}

/** Exactly one of these fields must be set (`minProperties: 1`, `maxProperties: 1` of a CRD; semantics.md C.3). */
export function checkExactlyOne(field: Field, keys: readonly string[]): readonly Diagnostic[] {
  const set = fieldsSet(field, keys)
  if (set.length === 1) return []
  if (set.length === 0) {
    const detail = `should have at least 1 properties: set one of ${quoted(keys)}`
    return [fault(field, { code: 'needs-one-field', type: 'Invalid value', detail })]
  }
  const detail = `must have at most 1 properties: ${quoted(set)} exclude each other; make each an item of its own`
  return [fault(field, { code: 'only-one-field', type: 'Too many', value: set.length, detail })]
}

/** Names for people: `a`, `b`. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
