import { textOf } from '#core/kinds/fields.ts'
import type { Kind } from '#core/kinds/kind.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { entries, fault, faultIf, type Field, inside, keyOf, report } from './field.ts'
import { faultOfDnsLabel, faultOfDnsSubdomain, faultOfLabelKey, faultOfLabelValue } from './names.ts'

const ANNOTATIONS_LIMIT = 256 * 1024

/** Name, namespace, labels and annotations as the server checks them (semantics.md B.1, B.2). */
export function checkMetadata(root: Field, kind: Pick<Kind, 'kind' | 'scope'>): readonly Diagnostic[] {
  const metadata = inside(root, 'metadata')
  return [
    ...checkName(metadata, kind.kind === 'Namespace'),
    ...checkNamespace(inside(metadata, 'namespace'), kind.scope),
    ...checkLabels(inside(metadata, 'labels')),
    ...checkAnnotations(inside(metadata, 'annotations')),
  ]
}

/** A map of labels: keys and values; the server names the map, the message points at the entry. */
export function checkLabels(field: Field): readonly Diagnostic[] {
  return entries(field).flatMap((entry) => checkLabel(field, entry))
}

function checkLabel(field: Field, entry: Field & { readonly key: string }): readonly Diagnostic[] {
  const { key } = entry
  const value = textOf(entry.tree) ?? ''
  const at = keyOf(field, key)
  const keyFaults = faultIf(faultOfLabelKey(key), field, {
    code: 'invalid-label-key',
    type: 'Invalid value',
    value: key,
    at,
  })
  const valueFaults = faultIf(faultOfLabelValue(value), field, {
    code: 'invalid-label-value',
    type: 'Invalid value',
    value,
  })
  return [...keyFaults, ...valueFaults.map((diagnostic) => pointAt(entry, diagnostic))]
}

// The server's words say the map, the place is the value's.
function pointAt(entry: Field, diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, ref: report(entry, diagnostic).ref }
}

function checkName(metadata: Field, isNamespace: boolean): readonly Diagnostic[] {
  const field = inside(metadata, 'name')
  const name = textOf(field.tree) ?? ''
  const prefix = inside(metadata, 'generateName')
  const generated = textOf(prefix.tree) ?? ''
  if (name === '' && generated === '') {
    return [fault(field, { code: 'name-required', type: 'Required value', detail: 'name or generateName is required' })]
  }
  const faultOf = isNamespace ? faultOfDnsLabel : faultOfDnsSubdomain
  // A trailing dash is fine in front of generated characters.
  const [at, checked] = name === '' ? [prefix, generated.replace(/-$/, '')] : [field, name]
  const detail = faultOf(checked)
  return faultIf(detail, at, { code: 'invalid-name', type: 'Invalid value', value: name || generated })
}

function checkNamespace(field: Field, scope: Kind['scope']): readonly Diagnostic[] {
  const namespace = textOf(field.tree) ?? ''
  if (namespace === '') return []
  if (scope === 'cluster') {
    const message = 'Forbidden: not allowed on this type: the object belongs to no namespace'
    return [report(field, { code: 'namespace-not-allowed', severity: 'warning', message })]
  }
  const invalid = { code: 'invalid-namespace', type: 'Invalid value', value: namespace } as const
  return faultIf(faultOfDnsLabel(namespace), field, invalid)
}

function checkAnnotations(field: Field): readonly Diagnostic[] {
  const all = entries(field)
  const size = all.reduce((sum, { key, tree }) => sum + key.length + (textOf(tree) ?? '').length, 0)
  const tooLong = size > ANNOTATIONS_LIMIT ? `must have at most ${ANNOTATIONS_LIMIT} bytes` : undefined
  const wrongKeys = all.flatMap(({ key }) => {
    const invalid = {
      code: 'invalid-annotation-key',
      type: 'Invalid value',
      value: key,
      at: keyOf(field, key),
    } as const
    return faultIf(faultOfLabelKey(key.toLowerCase()), field, invalid)
  })
  return [...wrongKeys, ...faultIf(tooLong, field, { code: 'annotations-too-long', type: 'Too long' })]
}
