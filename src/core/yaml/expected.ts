import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { applyEdits } from '#core/model/edit.ts'
import { parseDocument, toPlain } from './parse.ts'
import type { Tree } from './tree.ts'

/** What an edit is to make of the plain value of a document: another one, at a path. */
export type Change = (old: unknown) => unknown

type Plain = Readonly<Record<string, unknown>>

/**
 * The edits, if they make of the text what they should, and of nothing in front of the tree (an item's dash was there);
 * else undefined. So a text in a style that no splice knows is left alone, not spoilt.
 */
export function checked(
  { text, tree }: { readonly text: string; readonly tree: Tree },
  edits: readonly TextEdit[] | undefined,
  path: FieldPath,
  change: Change,
): TextEdit[] | undefined {
  if (!edits?.every(({ from }) => from >= tree.range.from)) return undefined
  // Not the tree: it may hold what the List around says.
  const before = parseDocument(text)
  const after = parseDocument(applyEdits(text, edits))
  if (!before.tree || !after.tree || errors(after) > errors(before)) return undefined
  const expected = changed(toPlain(before.tree), path, change)
  return isEqual(toPlain(after.tree), expected) ? inOrder(edits) : undefined
}

/** Takes the entry or item out of a mapping or list. */
export function without(step: string | number): Change {
  return (old) => {
    if (Array.isArray(old)) return old.toSpliced(Number(step), 1)
    return fromEntries(Object.entries(old as Plain).filter(([key]) => key !== step))
  }
}

/** Puts an entry into a mapping; null becomes one. */
export function withEntry(key: string, value: unknown): Change {
  return (old) =>
    fromEntries([...Object.entries((Array.isArray(old) ? null : (old as Plain | null)) ?? {}), [key, value]])
}

/** Puts an item behind a list, or in front of one of its items; null and an empty mapping become a list. */
export function withItem(value: unknown, index?: number): Change {
  return (old) => {
    const items = Array.isArray(old) ? (old as unknown[]) : []
    return items.toSpliced(index ?? items.length, 0, value)
  }
}

/** Gives a key of a mapping another name, in its place. */
export function withName(key: string, name: string): Change {
  return (old) => fromEntries(Object.entries(old as Plain).map(([own, value]) => [own === key ? name : own, value]))
}

function changed(old: unknown, [step, ...rest]: FieldPath, change: Change): unknown {
  if (step === undefined) return change(old)
  if (Array.isArray(old)) return old.with(Number(step), changed(old[Number(step)], rest, change))
  const plain = old as Plain
  const value = changed(plain[step], rest, change)
  return fromEntries(Object.entries(plain).map(([key, own]) => [key, key === step ? value : own]))
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): Plain {
  const plain = Object.create(null) as Record<string, unknown>
  for (const [key, value] of entries) plain[key] = value
  return plain
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.from - b.from || a.to - b.to)
}

function errors({ problems }: ReturnType<typeof parseDocument>): number {
  return problems.filter(({ severity }) => severity === 'error').length
}

// What is undefined is not there, as in JSON; the order of keys has no meaning.
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === (b ?? null)
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]))
  const entries = Object.entries(b).filter(([, value]) => value !== undefined)
  const plain = a as Plain
  return (
    Object.keys(a).length === entries.length && entries.every(([key, own]) => key in plain && isEqual(plain[key], own))
  )
}
