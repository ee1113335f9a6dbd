import type { FieldPath, TextRange } from '#core/model/text.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { itemsOf } from '#core/kinds/fields.ts'
import type { Tree } from '#core/yaml/tree.ts'

/** Where the cursor stands in a document of checks, and the word that it would change. */
export interface Cursor extends TextRange {
  /** The document with a mark in the place of the word. */
  readonly tree: Tree
  /** Of the mark: its mapping where it is a key, else the value itself. */
  readonly path: FieldPath
  readonly isKey: boolean
}

const MARK = 'drawbridge0cursor'
const CHECKS = /(?:^|[\s{,])["']?kind["']?[ \t]*:[ \t]*["']?ConnectivityChecks\b/

/** Finds the cursor; undefined outside of documents of checks, and where nothing can be made of the text around it. */
export function readCursor(text: string, offset: number): Cursor | undefined {
  const own = documentAt(text, offset)
  if (!CHECKS.test(text.slice(own.from, own.to))) return undefined
  const word = wordAt(text, offset)
  const [before, after] = [text.slice(own.from, word.from), text.slice(word.to, own.to)]
  for (const candidate of candidates(before, after)) {
    const { tree, problems } = parseDocument(candidate)
    const found = tree && problems.every(({ severity }) => severity !== 'error') ? find(tree, []) : undefined
    if (tree && found) return { ...word, tree, ...found }
  }
  return undefined
}

// As a value, as a key, and both with all behind the cursor left out, should that be what doesn't parse.
function candidates(before: string, after: string): readonly string[] {
  const end = closers(before)
  return [MARK + after, `${MARK}: ${after}`, MARK + end, `${MARK}: ${end}`].map((rest) => before + rest)
}

function documentAt(text: string, offset: number): TextRange {
  const marks = Array.from(text.matchAll(/^---(?=[ \t\r\n]|$)[^\n]*/gm), ({ index, 0: mark }) => index + mark.length)
  const from = marks.findLast((at) => at <= offset) ?? 0
  const next = /^---(?=[ \t\r\n]|$)/gm
  next.lastIndex = from
  return { from, to: next.exec(text)?.index ?? text.length }
}

function wordAt(text: string, offset: number): TextRange {
  const before = /\w[\w./-]*$/.exec(text.slice(Math.max(0, offset - 300), offset))?.[0] ?? ''
  const after = /^[\w./-]+/.exec(text.slice(offset, offset + 300))?.[0] ?? ''
  return { from: offset - before.length, to: offset + after.length }
}

// The brackets and quotes that are still open; comments and quoted texts don't count.
function closers(before: string): string {
  const open: string[] = []
  for (const [sign] of before.matchAll(/(?<![^\s])#[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{}"']/g)) {
    if (sign === '[' || sign === '{') open.push(sign === '[' ? ']' : '}')
    else if (sign === ']' || sign === '}') open.pop()
    else if (sign === '"' || sign === "'") open.push(sign)
  }
  return open.toReversed().join('')
}

function find(tree: Tree, path: FieldPath): Pick<Cursor, 'path' | 'isKey'> | undefined {
  if (tree.type === 'scalar') return tree.value === MARK ? { path, isKey: false } : undefined
  if (tree.type === 'sequence') return firstOf(itemsOf(tree), (item, i) => find(item, [...path, i]))
  if (tree.entries.some(({ key }) => key === MARK)) return { path, isKey: true }
  return firstOf(tree.entries, ({ key, value }) => find(value, [...path, key]))
}

function firstOf<T, R>(all: readonly T[], look: (one: T, i: number) => R | undefined): R | undefined {
  for (const [i, one] of all.entries()) {
    const found = look(one, i)
    if (found !== undefined) return found
  }
  return undefined
}
