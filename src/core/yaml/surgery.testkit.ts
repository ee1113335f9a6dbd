import { applyEdits } from '#core/model/edit.ts'
import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { parseDocument, toPlain } from './parse.ts'
import { addEntry, appendItem, insertItem, removeAt, renameKey, setScalar } from './splice.ts'
import { at, type Tree } from './tree.ts'

type Plain = Record<string | number, unknown>

/** A document as text, as tree, and as plain JSON. */
export interface Read {
  readonly text: string
  readonly tree: Tree
  readonly value: unknown
}

/** One edit, and what it is to make of the plain value of the document. */
export interface Operation {
  readonly name: string
  readonly edits: TextEdit[] | undefined
  readonly expected: unknown
  /** Taking away what it added brings the text back, byte by byte. */
  readonly undo?: FieldPath | undefined
}

/** Reads a document; undefined where it has errors or is empty. */
export function readText(text: string): Read | undefined {
  const { tree, problems } = parseDocument(text)
  if (!tree || problems.some(({ severity }) => severity === 'error')) return undefined
  return { text, tree, value: JSON.parse(JSON.stringify(toPlain(tree))) }
}

/** All that can be done at one path of a document: add to a list or mapping, take away, set, rename. */
export function operationsAt({ text, tree, value }: Read, path: FieldPath, added: unknown): readonly Operation[] {
  const node = at(tree, path)
  const step = path.at(-1)
  if (!node) return []
  const all: Operation[] = []
  const add = (name: string, edits: TextEdit[] | undefined, expected: unknown, undo?: FieldPath): void => {
    all.push({ name: `${name} ${path.join('.')}`, edits, expected, undo })
  }
  if (node.type === 'sequence') {
    const items = get(value, path) as unknown[]
    const undo = items.length > 0 ? [...path, items.length] : undefined
    add('append to', appendItem(text, tree, path, added), altered(value, path, [...items, added]), undo)
  }
  if (node.type === 'mapping') {
    const own = get(value, path) as Plain
    const undo = node.entries.length > 0 ? [...path, 'added-key'] : undefined
    add(
      'enter',
      addEntry(text, tree, path, ['added-key', added]),
      altered(value, path, { ...own, 'added-key': added }),
      undo,
    )
  }
  if (typeof step === 'number') {
    const parent = path.slice(0, -1)
    const items = get(value, parent) as unknown[]
    add('insert', insertItem(text, tree, path, added), altered(value, parent, items.toSpliced(step, 0, added)), path)
  }
  if (step !== undefined) add('remove', removeAt(text, tree, path), without(value, path))
  if (node.type === 'scalar') {
    for (const scalar of ['drawbridge', '80', 8080])
      add(`set ${JSON.stringify(scalar)}`, setScalar(text, tree, path, scalar), altered(value, path, scalar))
  }
  if (typeof step === 'string') add('rename', renameKey(text, tree, path, 'app.io/name'), renamed(value, path))
  return all
}

/** What is wrong with an operation's outcome; undefined where it did what it should, and nothing else. */
export function faultOf(text: string, { edits, expected, undo }: Operation, canFail = false): string | undefined {
  if (!edits) return canFail ? undefined : 'it can not be done'
  const result = applyEdits(text, edits)
  const read = readText(result)
  if (!read || !isSame(read.value, expected)) return `it means something else:\n${result}`
  if (!keepsLines(text, edits, result)) return `it touches other lines:\n${result}`
  const back = undo && removeAt(result, read.tree, undo)
  if (undo && !back) return `it can not be taken back:\n${result}`
  return back && applyEdits(result, back) !== text ? `taken back, it left something:\n${result}` : undefined
}

/** The paths of all values below a path. */
export function pathsOf(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return [path, ...keys.flatMap((key) => pathsOf((value as Plain)[key], [...path, key]))]
}

// The lines that no edit touches are there before and after, in their order.
function keepsLines(text: string, edits: readonly TextEdit[], result: string): boolean {
  const first = Math.min(...edits.map(({ from }) => from))
  const last = Math.max(...edits.map(({ to }) => to))
  const head = text.slice(0, text.lastIndexOf('\n', first - 1) + 1)
  const feed = text.indexOf('\n', last)
  const tail = feed < 0 ? '' : text.slice(feed + 1)
  return result.startsWith(first === 0 ? '' : head) && result.endsWith(tail)
}

function get(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((own, step) => (own as Plain)[step], value)
}

function altered(value: unknown, path: FieldPath, own: unknown): unknown {
  const copy: unknown = structuredClone(value)
  const step = path.at(-1)
  if (step === undefined) return own
  ;(get(copy, path.slice(0, -1)) as Plain)[step] = own
  return copy
}

function without(value: unknown, path: FieldPath): unknown {
  const parent = path.slice(0, -1)
  const step = path.at(-1)
  const own = get(value, parent)
  if (Array.isArray(own)) return altered(value, parent, own.toSpliced(Number(step), 1))
  return altered(value, parent, Object.fromEntries(Object.entries(own as Plain).filter(([key]) => key !== step)))
}

function renamed(value: unknown, path: FieldPath): unknown {
  const parent = path.slice(0, -1)
  const entries = Object.entries(get(value, parent) as Plain)
  return altered(
    value,
    parent,
    Object.fromEntries(entries.map(([key, own]) => [key === path.at(-1) ? 'app.io/name' : key, own])),
  )
}

// New keys may come in the order that their neighbours have.
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}:${canonical(own)}`)
  return `{${entries.toSorted().join()}}`
}
