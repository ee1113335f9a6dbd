import { isNull, textOf } from '#core/kinds/fields.ts'
import { PROTOCOLS } from '#core/model/ports.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, type Field } from './field.ts'

/** A protocol as the server checks it, letter case included; none is TCP (semantics.md B.4). */
export function checkProtocol(field: Field): readonly Diagnostic[] {
  if (isNull(field.tree)) return []
  const value = textOf(field.tree) ?? ''
  if (PROTOCOLS.some((protocol) => protocol === value)) return []
  const detail = 'supported values: "SCTP", "TCP", "UDP"'
  return [fault(field, { code: 'unsupported-protocol', type: 'Unsupported value', value, detail })]
}
