import { typeOf } from '#core/kinds/meta.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { FieldPath } from '#core/model/text.ts'
import { parseDocument, toPlain } from '#core/yaml/parse.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { writeYaml } from '#core/yaml/write.ts'

const ANNOTATIONS = ['metadata', 'annotations']
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
// What the server fills in and would refuse or ignore from a manifest (design.md 8).
const SERVER_FIELDS: readonly FieldPath[] = [
  ['status'],
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'].map((key) => [
    'metadata',
    key,
  ]),
  [...ANNOTATIONS, LAST_APPLIED],
]
const LEAN_FIELDS: readonly FieldPath[] = [...SERVER_FIELDS, ANNOTATIONS]

/**
 * A document as it is exported: one YAML document of its own, ending in a line feed, without server fields. Comments,
 * order and quoting stay where it was YAML; JSON becomes YAML. Where text surgery can't be done the values are written anew.
 */
export function exportText(text: string, tree: Tree): string {
  return textWithout(SERVER_FIELDS, text, tree)
}

/** The same without annotations: what a policy says, as it is shared (design.md 9). */
export function leanText(text: string, tree: Tree): string {
  return textWithout(LEAN_FIELDS, text, tree)
}

function textWithout(fields: readonly FieldPath[], text: string, tree: Tree): string {
  const wanted = stripped(toPlain(tree), fields)
  const bare = text.trimStart().startsWith('{') ? undefined : cutOut(standAlone(text, tree), fields)
  const result = bare === undefined ? undefined : parseDocument(bare).tree
  return bare !== undefined && result && isEqual(toPlain(result), wanted)
    ? bare
    : writeYaml(wanted, { indent: 2, indentLists: true })
}

// Its own lines alone: an item of a List loses its margin, and gets the kind that the List gave it.
function standAlone(text: string, tree: Tree): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/^(?:%.*\n)*---[^\n]*\n?/, '')
    .replace(/\n\.\.\.\s*$/, '\n')
    .split('\n')
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? ''
  const margin = first.length - first.trimStart().length
  const flush = lines.map((line) => line.slice(Math.min(margin, line.length - line.trimStart().length)))
  const body = `${flush.join('\n').replace(/^\n+/, '').trimEnd()}\n`
  const own = parseDocument(body).tree
  if (!own || at(own, ['kind'])) return body
  const { group, version, kind } = typeOf(tree)
  return `apiVersion: ${group === '' ? version : `${group}/${version}`}\nkind: ${kind}\n${body}`
}

function cutOut(text: string, fields: readonly FieldPath[]): string | undefined {
  let result = text
  for (const path of fields) {
    const { tree } = parseDocument(result)
    if (!at(tree, path) || !tree) continue
    const edits = removeAt(result, tree, isOnlyAnnotation(tree, path) ? ANNOTATIONS : path)
    if (!edits) return undefined
    result = applyEdits(result, edits)
  }
  return result
}

function isOnlyAnnotation(tree: Tree, path: FieldPath): boolean {
  const annotations = at(tree, ANNOTATIONS)
  return path.length === 3 && annotations?.type === 'mapping' && annotations.entries.length === 1
}

function stripped(value: unknown, fields: readonly FieldPath[]): unknown {
  let result = value
  for (const path of fields) result = without(result, path)
  const annotations = get(get(result, 'metadata'), 'annotations')
  const isHollow = typeof annotations === 'object' && annotations !== null && Object.keys(annotations).length === 0
  const wasHollow =
    Object.keys((get(get(value, 'metadata'), 'annotations') as object | null | undefined) ?? {}).length === 0
  return isHollow && !wasHollow ? without(result, ANNOTATIONS) : result
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function without(value: unknown, [step, ...rest]: FieldPath): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // No prototype: `__proto__` is a key like any other.
  const copy = Object.create(null) as Record<string, unknown>
  for (const [key, own] of Object.entries(value)) {
    if (key !== step) copy[key] = own
    else if (rest.length > 0) copy[key] = without(own, rest)
  }
  return copy
}

function isEqual(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}:${canonical(own)}`)
  return `{${entries.toSorted().join()}}`
}
