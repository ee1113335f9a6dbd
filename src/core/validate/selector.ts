import { textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, type Field, inside, items } from './field.ts'
import { checkLabels } from './metadata.ts'
import { faultOfLabelKey, faultOfLabelValue } from './names.ts'
import { listOf, object, type Schema, STRING, STRING_MAP } from './schema.ts'

/** What JSON a LabelSelector is. */
export const SELECTOR: Schema = object({
  matchLabels: STRING_MAP,
  matchExpressions: listOf(object({ key: STRING, operator: STRING, values: listOf(STRING) })),
})

/** A LabelSelector as the server checks it (semantics.md B.3). */
export function checkSelector(field: Field): readonly Diagnostic[] {
  return [
    ...checkLabels(inside(field, 'matchLabels')),
    ...items(inside(field, 'matchExpressions')).flatMap(checkExpression),
  ]
}

function checkExpression(expression: Field): readonly Diagnostic[] {
  return [
    ...checkOperator(expression),
    ...checkKey(inside(expression, 'key')),
    ...items(inside(expression, 'values')).flatMap(checkValue),
  ]
}

function checkOperator(expression: Field): readonly Diagnostic[] {
  const operator = textOf(inside(expression, 'operator').tree) ?? ''
  const values = inside(expression, 'values')
  const count = items(values).length
  if (operator === 'In' || operator === 'NotIn') {
    if (count > 0) return []
    const detail = "must be specified when `operator` is 'In' or 'NotIn'"
    return [fault(values, { code: 'selector-values-required', type: 'Required value', detail })]
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count === 0) return []
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    return [fault(values, { code: 'selector-values-forbidden', type: 'Forbidden', detail })]
  }
  const detail = 'not a valid selector operator: In, NotIn, Exists or DoesNotExist'
  return [
    fault(inside(expression, 'operator'), {
      code: 'invalid-selector-operator',
      type: 'Invalid value',
      value: operator,
      detail,
    }),
  ]
}

function checkKey(field: Field): readonly Diagnostic[] {
  const key = textOf(field.tree) ?? ''
  const detail = faultOfLabelKey(key)
  return detail ? [fault(field, { code: 'invalid-label-key', type: 'Invalid value', value: key, detail })] : []
}

function checkValue(field: Field): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  const detail = faultOfLabelValue(value)
  return detail ? [fault(field, { code: 'invalid-label-value', type: 'Invalid value', value, detail })] : []
}
