import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, invertEdits } from '../model/edit.ts'
import type { FieldPath, TextEdit, TextRange } from '../model/text.ts'
import { blockEnd, columnOf, lineStart, nextLine } from './layout.ts'
import { parseDocument, toPlain } from './parse.ts'
import { addEntry, appendItem, removeAt, setValue } from './splice.ts'
import { whyNot } from './shared.ts'
import { sharedDocuments, type Styled, styledDocuments } from './styled.testkit.ts'
import { faultOf, operationsAt, type Read, readText } from './surgery.testkit.ts'
import { at, type Tree } from './tree.ts'

type Plain = Record<string | number, unknown>

// `SPLICE_RUNS=10000 SPLICE_SEED=7` tries more of them, and others.
const RUNS = Number(process.env['SPLICE_RUNS'] ?? 60)
const SEEDED = { numRuns: RUNS, seed: Number(process.env['SPLICE_SEED'] ?? 1) }

const added = fc.constantFrom<unknown>(
  'web',
  'on',
  80,
  null,
  {},
  [],
  'a, b',
  'two\nlines\n',
  { podSelector: { matchLabels: { app: '80' } }, ports: [{ port: 80 }] },
  [['a'], { b: 1, c: [] }],
)

function treeOf(text: string): Tree {
  const { tree, problems } = parseDocument(text)
  if (!tree || problems.length > 0) throw new Error(`does not parse: ${text}`)
  return tree
}

function plain(text: string): unknown {
  return JSON.parse(JSON.stringify(toPlain(treeOf(text))))
}

function pathsOf(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return [path, ...keys.flatMap((key) => pathsOf((value as Plain)[key], [...path, key]))]
}

function get(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((own, step) => (own as Plain)[step], value)
}

/** A deep copy in which `change` has altered what is at the path. */
function altered(value: unknown, path: FieldPath, change: (own: unknown) => unknown): unknown {
  if (path.length === 0) return change(value)
  const copy = structuredClone(value)
  const parent = get(copy, path.slice(0, -1)) as Plain
  const step = path.at(-1) ?? ''
  parent[step] = change(parent[step])
  return copy
}

function without(value: unknown, path: FieldPath): unknown {
  const step = path.at(-1) ?? ''
  return altered(value, path.slice(0, -1), (own) =>
    Array.isArray(own)
      ? own.filter((_, i) => i !== step)
      : Object.fromEntries(Object.entries(own as Plain).filter(([key]) => key !== step)),
  )
}

function commentsIn(text: string): string[] {
  return text.match(/#\t?(?:c\d+;|head|foot)/g) ?? []
}

/** The lines that belong to what is at the path, as far as they belong to nothing else. */
function linesOf(text: string, path: FieldPath): TextRange {
  const tree = treeOf(text)
  const parent = at(tree, path.slice(0, -1))
  const step = path.at(-1)
  const node = at(tree, path)
  if (!node || !parent || step === undefined) return { from: 0, to: text.length }
  const entry = parent.type === 'mapping' ? parent.entries.findLast(({ key }) => key === step) : undefined
  const before = parent.type === 'sequence' && typeof step === 'number' ? parent.items[step - 1]?.range.to : undefined
  const from = entry ? entry.keyNode.range.from : (before ?? parent.range.from)
  return { from, to: blockEnd(text, node.range.to, columnOf(text, parent.range.from)) }
}

/** The comments that the edits took although they stand outside of the range. */
function lostComments(text: string, edits: readonly TextEdit[], { from, to }: TextRange): string[] {
  const kept = new Set(commentsIn(applyEdits(text, edits)))
  const outside = commentsIn(text.slice(0, from) + text.slice(to))
  return outside.filter((comment) => !kept.has(comment))
}

/** All lines in front of these and behind them, which no edit may touch. */
function linesAround(text: string, { from, to }: TextRange, edits: readonly TextEdit[]): boolean {
  return edits.every((edit) => edit.from >= lineStart(text, from) - 2 && edit.to <= to + 2)
}

/** Are the lines around still there? The one above may lose its comma, the one below may move up behind a dash. */
function keepsAround(text: string, { from, to }: TextRange, result: string): boolean {
  const above = text.slice(0, lineStart(text, from)).replace(/\s*$/, '')
  const comma = /,(?=\s*(?:#.*)?$)/
  const own = nextLine(text, to)
  const next = text.slice(own).search(/\S/)
  const below = next < 0 ? '' : text.slice(nextLine(text, own + next))
  const isAbove = [above, above.replace(comma, '')].some((start) => result.startsWith(start))
  return isAbove && result.endsWith(below)
}

interface Pick {
  readonly document: Styled
  readonly path: FieldPath
  readonly value: unknown
}

function picksIn(documents: fc.Arbitrary<Styled>): fc.Arbitrary<Pick> {
  return fc.tuple(documents, fc.nat(), added).map(([document, pick, value]) => {
    const paths = pathsOf(document.value).filter((path) => path.length > 0)
    return { document, path: paths[pick % paths.length] ?? [], value }
  })
}

const picks = picksIn(styledDocuments)

function read({ text }: Styled): Read {
  const own = readText(text)
  if (!own) throw new Error(`does not parse: ${text}`)
  return own
}

function reasonsAt({ text, tree }: Read, path: FieldPath): readonly string[] {
  const reasons = [
    whyNot(text, tree, path),
    whyNot(text, tree, path, { reach: 'whole' }),
    whyNot(text, tree, path.slice(0, -1)),
  ]
  return reasons.filter((reason) => reason !== undefined)
}

function addition({ document: { text, value }, path, value: item }: Pick): {
  readonly edits: TextEdit[] | undefined
  readonly expected: unknown
} {
  const old = get(value, path)
  const tree = treeOf(text)
  if (Array.isArray(old))
    return {
      edits: appendItem(text, tree, path, item),
      expected: altered(value, path, (own) => [...(own as unknown[]), item]),
    }
  return {
    edits: addEntry(text, tree, path, ['on', item]),
    expected: altered(value, path, (own) => ({ ...(own as Plain), on: item })),
  }
}

const takesMore = ({ document, path }: Pick): boolean => {
  const old = get(document.value, path)
  return typeof old === 'object' && (old === null || Array.isArray(old) || !('on' in old))
}

describe('in documents of any style', () => {
  test('what is added is there, every comment stays, and no other line is touched', () => {
    fc.assert(
      fc.property(picks.filter(takesMore), (pick) => {
        const { text } = pick.document
        const { edits, expected } = addition(pick)
        if (!edits) throw new Error('it could not be added')
        expect(plain(applyEdits(text, edits))).toEqual(expected)
        expect(commentsIn(applyEdits(text, edits)).toSorted()).toEqual(commentsIn(text).toSorted())
        expect(linesAround(text, linesOf(text, pick.path), edits)).toBe(true)
      }),
      SEEDED,
    )
  })

  test('what is set is there, comments outside of the old value stay, and no other line is touched', () => {
    fc.assert(
      fc.property(picks, ({ document: { text, value }, path, value: item }) => {
        const edits = setValue(text, treeOf(text), path, item)
        if (!edits) throw new Error('it could not be set')
        expect(plain(applyEdits(text, edits))).toEqual(altered(value, path, () => item))
        expect(lostComments(text, edits, linesOf(text, path))).toEqual([])
        expect(linesAround(text, linesOf(text, path), edits)).toBe(true)
      }),
      SEEDED,
    )
  })

  test('what is removed is gone with its own comments only, and no other line is touched', () => {
    fc.assert(
      fc.property(picks, ({ document: { text, value }, path }) => {
        const edits = removeAt(text, treeOf(text), path)
        if (!edits) throw new Error('it could not be removed')
        expect(plain(applyEdits(text, edits))).toEqual(without(value, path))
        expect(lostComments(text, edits, linesOf(text, path))).toEqual([])
        const isOnly = Object.keys(get(value, path.slice(0, -1)) as Plain).length === 1
        const own = linesOf(text, isOnly ? path.slice(0, -1) : path)
        expect(keepsAround(text, own, applyEdits(text, edits))).toBe(true)
      }),
      SEEDED,
    )
  })

  test('each splice does what it should, and what was added can be taken back byte by byte', () => {
    fc.assert(
      fc.property(picks, ({ document, path, value }) => {
        for (const operation of operationsAt(read(document), path, value))
          expect(`${operation.name}: ${faultOf(document.text, operation) ?? 'fine'}`).toBe(`${operation.name}: fine`)
      }),
      SEEDED,
    )
  })

  test('where aliases repeat something, each splice does what it should, or is refused for a reason', () => {
    fc.assert(
      fc.property(picksIn(sharedDocuments), ({ document, path, value }) => {
        const own = read(document)
        const hasReason = reasonsAt(own, path).length > 0
        for (const operation of operationsAt(own, path, value))
          expect(`${operation.name}: ${faultOf(document.text, operation, hasReason) ?? 'fine'}`).toBe(
            `${operation.name}: fine`,
          )
      }),
      SEEDED,
    )
  })

  test('the inverse edits bring back every byte', () => {
    fc.assert(
      fc.property(picks, ({ document: { text }, path, value }) => {
        const edits = setValue(text, treeOf(text), path, value) ?? []
        const back = invertEdits(text, edits)
        expect(applyEdits(applyEdits(text, edits), back)).toBe(text)
      }),
    )
  })
})
