import { at, child, type ScalarNode, type Tree } from '#core/yaml/tree.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { formatPath } from '#core/model/text.ts'
import { entries, type Field, items, keyOf, report } from './field.ts'

/** What JSON a field takes, as far as it is checked. `open` mappings may have fields that aren't listed. */
export type Schema =
  | { readonly type: 'string' | 'int32' | 'boolean' | 'intOrString' | 'any' }
  | { readonly type: 'list'; readonly of: Schema }
  | { readonly type: 'map'; readonly of: Schema }
  | { readonly type: 'object'; readonly fields: Readonly<Record<string, Schema>>; readonly open?: boolean }

/** A field that holds a text. */
export const STRING: Schema = { type: 'string' }
/** A field that isn't looked into. */
export const ANY: Schema = { type: 'any' }
/** Labels and annotations. */
export const STRING_MAP: Schema = { type: 'map', of: STRING }

/** A list of something. */
export function listOf(of: Schema): Schema {
  return { type: 'list', of }
}

/** A mapping with these fields and no other. */
export function object(fields: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', fields }
}

/** A mapping of which only these fields are checked. */
export function open(fields: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', fields, open: true }
}

/** `metadata` of every object; the server's own fields aren't looked into. */
export const METADATA: Schema = object({
  name: STRING,
  generateName: STRING,
  namespace: STRING,
  labels: STRING_MAP,
  annotations: STRING_MAP,
  ownerReferences: listOf(open({ kind: STRING, name: STRING, controller: { type: 'boolean' } })),
  finalizers: listOf(STRING),
  uid: STRING,
  resourceVersion: STRING,
  generation: ANY,
  creationTimestamp: ANY,
  deletionTimestamp: ANY,
  deletionGracePeriodSeconds: ANY,
  selfLink: ANY,
  managedFields: ANY,
  clusterName: ANY,
})

/** Strict decoding as kubectl asks for it: unknown fields and wrong JSON types are errors (semantics.md B.6). */
export function decode(field: Field, schema: Schema): readonly Diagnostic[] {
  const { tree } = field
  // Go's decoder leaves the zero value for null.
  if (!tree || schema.type === 'any' || (tree.type === 'scalar' && tree.value === null)) return []
  if (schema.type === 'list') {
    return tree.type === 'sequence'
      ? items(field).flatMap((item) => decode(item, schema.of))
      : [wrongType(field, tree, 'list')]
  }
  if (schema.type === 'map' || schema.type === 'object') {
    return tree.type === 'mapping' ? decodeEntries(field, schema) : [wrongType(field, tree, 'mapping')]
  }
  return isScalarOf(tree, schema.type) ? [] : [wrongType(field, tree, schema.type)]
}

function decodeEntries(field: Field, schema: Schema & { readonly type: 'map' | 'object' }): readonly Diagnostic[] {
  return entries(field).flatMap((entry) => {
    if (schema.type === 'map') return decode(entry, schema.of)
    const known = Object.hasOwn(schema.fields, entry.key) ? schema.fields[entry.key] : undefined
    if (known) return decode(entry, known)
    return schema.open ? [] : [unknownField(field, entry.key, schema.fields)]
  })
}

function unknownField(parent: Field, key: string, fields: Readonly<Record<string, Schema>>): Diagnostic {
  return rejectField(parent, key, advice(parent, key, Object.keys(fields)))
}

/** The error that strict decoding makes of a field that a mapping doesn't have, at its key; `hint` goes on after the name. */
export function rejectField(parent: Field, key: string, hint: string): Diagnostic {
  const path = [...parent.path, key]
  const message = `strict decoding error: unknown field "${formatPath(path)}"${hint}`
  const where = { code: 'unknown-field', severity: 'error', message, at: keyOf(parent, key) } as const
  return { ...report({ ...parent, path }, where), message }
}

/** The name that somebody means who misspells it; undefined where none is near. */
export function closeName(key: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === key.toLowerCase()) ?? names.find((name) => isClose(name, key))
}

// The two slips that are common: a misspelt name, and a field that stands too deep (`ports` inside a peer).
function advice({ document, path }: Field, key: string, fields: readonly string[]): string {
  const close = closeName(key, fields)
  if (close) return `. Did you mean \`${close}\`?`
  if (fields.includes('matchLabels')) return '. Labels belong into `matchLabels`.'
  const OUTER = [
    'ports',
    'from',
    'to',
    'policyTypes',
    'ingress',
    'egress',
    'namespaceSelector',
    'podSelector',
    'endPort',
    'except',
  ]
  if (!OUTER.includes(key)) return ''
  const parent = at(document.tree, path.slice(0, -1))
  const isTooDeep = parent?.type === 'sequence' || child(parent, key) === undefined
  return isTooDeep ? `. Check the indentation: \`${key}\` does not belong here.` : ''
}

function isClose(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 2 && distance(a, b) <= (a.length <= 4 ? 1 : 2)
}

// Optimal string alignment: `form` is one swap away from `from`.
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i])
  const cell = (i: number, j: number): number => (i < 0 || j < 0 ? Infinity : (rows[i]?.[j] ?? Infinity))
  for (let j = 1; j <= b.length; j++) rows[0]?.push(j)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity
      rows[i]?.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same, swapped))
    }
  }
  return cell(a.length, b.length)
}

type Wanted = 'string' | 'int32' | 'boolean' | 'intOrString' | 'list' | 'mapping'

const WANTED: Readonly<Record<Wanted, string>> = {
  string: 'a string',
  int32: 'a whole number',
  boolean: 'true or false',
  intOrString: 'a whole number or a name',
  list: 'a list',
  mapping: 'a mapping',
}

function isScalarOf(tree: Tree, type: 'string' | 'int32' | 'boolean' | 'intOrString'): boolean {
  if (tree.type !== 'scalar') return false
  if (type === 'string' || type === 'boolean') return typeof tree.value === type
  return isInt32(tree) || (type === 'intOrString' && typeof tree.value === 'string')
}

// `80.0` and `8e1` are floats to the server's decoder, whatever their value (semantics.md B.4).
function isInt32({ value, source }: ScalarNode): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 0x7fffffff) return false
  return /^[-+]?0x/i.test(source) || !/[.eE]/.test(source)
}

function wrongType(field: Field, tree: Tree, wanted: Wanted): Diagnostic {
  const message = `Invalid value: cannot unmarshal ${describe(tree)} where ${WANTED[wanted]} is needed${remedy(tree, wanted)}`
  return report(field, { code: 'wrong-type', severity: 'error', message })
}

function describe(tree: Tree): string {
  if (tree.type === 'sequence') return 'a list'
  if (tree.type === 'mapping') return 'a mapping'
  const read =
    tree.source === String(tree.value) || typeof tree.value === 'string' ? '' : `, read as ${String(tree.value)}`
  return `${typeof tree.value} \`${tree.source}\`${read},`
}

function remedy(tree: Tree, wanted: Wanted): string {
  if (tree.type === 'scalar' && wanted === 'string') return `: put it in quotes, "${tree.source}"`
  return wanted === 'list' && tree.type === 'mapping' ? ': begin the item with `- `' : ''
}
