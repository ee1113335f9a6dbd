import { keyRange, refTo } from '#core/kinds/fields.ts'
import type { SourceDocument } from '#core/kinds/kind.ts'
import { type Diagnostic, type FieldPath, formatPath, type TextRange } from '#core/model/text.ts'
import { child, type Tree } from '#core/yaml/tree.ts'

/** A place in a document that is being checked: its path, and the value there (undefined where it is missing). */
export interface Field {
  readonly document: SourceDocument
  readonly path: FieldPath
  readonly tree: Tree | undefined
}

/** What the API server says about a value, in its own words (semantics.md B). */
export interface Fault {
  readonly code: string
  /** The type word of Kubernetes. */
  readonly type:
    | 'Required value'
    | 'Invalid value'
    | 'Unsupported value'
    | 'Forbidden'
    | 'Duplicate value'
    | 'Too long'
    | 'Too many'
  readonly detail: string
  /** The value to quote. */
  readonly value?: string | number | undefined
  /** The place to point at, where it is more exact than the path that the server names. */
  readonly at?: TextRange | undefined
}

/** The document itself. */
export function rootOf(document: SourceDocument): Field {
  return { document, path: [], tree: document.tree }
}

/** A field of a mapping, or deeper. */
export function inside(field: Field, ...keys: readonly string[]): Field {
  return keys.reduce<Field>(
    ({ document, path, tree }, key) => ({ document, path: [...path, key], tree: child(tree, key) }),
    field,
  )
}

/** The items of a list; none for anything else. */
export function items({ document, path, tree }: Field): readonly Field[] {
  if (tree?.type !== 'sequence') return []
  return tree.items.map((item, i) => ({ document, path: [...path, i], tree: item }))
}

/** The entries of a mapping. */
export function entries({ document, path, tree }: Field): readonly (Field & { readonly key: string })[] {
  if (tree?.type !== 'mapping') return []
  return tree.entries.map(({ key, value }) => ({ document, path: [...path, key], tree: value, key }))
}

/** An error in the server's words: `spec.x: Invalid value: "v": detail`. */
export function fault(field: Field, { code, type, detail, value, at }: Fault): Diagnostic {
  const quoted = value === undefined ? '' : `: ${JSON.stringify(value)}`
  return report(field, { code, severity: 'error', message: `${type}${quoted}: ${detail}`, at })
}

/** The error where there is a reason for it, else nothing: for checks whose reason is the detail. */
export function faultIf(reason: string | undefined, field: Field, rest: Omit<Fault, 'detail'>): readonly Diagnostic[] {
  return reason === undefined ? [] : [fault(field, { ...rest, detail: reason })]
}

/** A message about a field; the path is put in front. */
export function report(
  field: Field,
  {
    code,
    severity,
    message,
    at,
  }: Pick<Diagnostic, 'code' | 'severity' | 'message'> & { readonly at?: TextRange | undefined },
): Diagnostic {
  const ref = refTo(field.document, field.path)
  const path = formatPath(field.path)
  return {
    code,
    severity,
    message: path === '' ? message : `${path}: ${message}`,
    ref: at ? { ...ref, range: at } : ref,
  }
}

/** Where the key of a field stands in the mapping that holds it. */
export function keyOf(parent: Field, key: string): TextRange | undefined {
  return keyRange(parent.tree, key)
}
