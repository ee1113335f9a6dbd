import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '#core/model/edit.ts'
import type { TextEdit } from '#core/model/text.ts'
import { editorText } from './editorText.ts'

const piece = fc.constantFrom('a', 'b: c', ' ', '\n', '\r\n', '\r', '', '\u2028', '✕')
const textOf = (pieces: readonly string[]): string => pieces.join('')
const anyFile = fc
  .tuple(fc.boolean(), fc.array(piece, { maxLength: 14 }))
  .map(([mark, pieces]) => (mark ? '\uFEFF' : '') + textOf(pieces))
const typed = fc.array(fc.constantFrom('x', 'y', '\n', '\n', ' '), { maxLength: 4 }).map(textOf)

// Edits that don't overlap, as Monaco tells them: touching ones occur with several cursors.
function editsOf(text: string, cuts: readonly number[], inserts: readonly string[]): readonly TextEdit[] {
  const offsets = cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b)
  return inserts.flatMap((insert, i): TextEdit[] => {
    const [from, to] = [offsets[2 * i], offsets[2 * i + 1]]
    return from === undefined || to === undefined ? [] : [{ from, to, insert }]
  })
}

const endings = (text: string): readonly string[] => text.match(/\r\n|\n|\r/g) ?? []

function keepsWhatTheEditorShows(file: string, cuts: readonly number[], inserts: readonly string[]): void {
  const view = editorText(file)
  const edits = editsOf(view.text, cuts, inserts)
  const after = applyEdits(file, view.edits(edits))
  expect(editorText(after).text).toBe(applyEdits(view.text, edits))
}

function goesThereAndBack(file: string): void {
  const view = editorText(file)
  for (let offset = 0; offset <= view.text.length; offset++) {
    expect(view.toView(view.toFile(offset))).toBe(offset)
    const [own, shown] = [file[view.toFile(offset)], view.text[offset]]
    expect(own === '\r' ? '\n' : own).toBe(shown)
  }
}

function showsEditsOfTheFile(
  lines: readonly string[],
  ending: string,
  cuts: readonly number[],
  inserts: readonly string[],
): void {
  const file = lines.join(ending)
  const edits = editsOf(file, cuts, inserts).filter(({ from, to }) => !splits(file, from) && !splits(file, to))
  const own = edits.map(({ from, to, insert }) => ({ from, to, insert: insert.replaceAll('\n', ending) }))
  const view = editorText(file)
  expect(applyEdits(view.text, view.viewEdits(own))).toBe(editorText(applyEdits(file, own)).text)
}

function keepsLineEnds(file: string, at: number): void {
  const view = editorText(file)
  const from = at % (view.text.length + 1)
  const after = applyEdits(file, view.edits([{ from, to: from, insert: 'x' }]))
  expect(endings(after)).toEqual(endings(file))
}

describe('the editor’s view of a file', () => {
  test('has only LF and no byte order mark', () => {
    expect(editorText('\uFEFFa\r\nb\rc\n').text).toBe('a\nb\nc\n')
  })

  test('edits of the view, applied to the file, normalise to what the editor shows', () => {
    const cuts = fc.array(fc.nat(40), { minLength: 6, maxLength: 6 })
    fc.assert(fc.property(anyFile, cuts, fc.array(typed, { maxLength: 3 }), keepsWhatTheEditorShows), { numRuns: 3000 })
  })

  test('offsets go to the file and back', () => {
    fc.assert(fc.property(anyFile, goesThereAndBack), { numRuns: 1000 })
  })

  test('edits of the file, shown in the view, give the view of the new file', () => {
    const lines = fc.array(fc.constantFrom('a', 'bb', ''), { maxLength: 6 })
    const cuts = fc.array(fc.nat(40), { minLength: 4, maxLength: 4 })
    const ending = fc.constantFrom('\n', '\r\n')
    fc.assert(fc.property(lines, ending, cuts, fc.array(typed, { maxLength: 2 }), showsEditsOfTheFile), {
      numRuns: 1000,
    })
  })

  test('a new line gets the end of its line: CRLF stays CRLF, and mixed stays mixed', () => {
    const crlf = editorText('a\r\nb\r\n')
    expect(applyEdits('a\r\nb\r\n', crlf.edits([{ from: 1, to: 1, insert: '\nx' }]))).toBe('a\r\nx\r\nb\r\n')
    const mixed = editorText('a\r\nb\nc')
    expect(applyEdits('a\r\nb\nc', mixed.edits([{ from: 3, to: 3, insert: '\nx' }]))).toBe('a\r\nb\nx\nc')
    expect(applyEdits('a\r\nb\nc', mixed.edits([{ from: 5, to: 5, insert: '\n' }]))).toBe('a\r\nb\nc\n')
    const last = editorText('a\r\nb')
    expect(applyEdits('a\r\nb', last.edits([{ from: 3, to: 3, insert: '\n' }]))).toBe('a\r\nb\r\n')
  })

  test('lines that an edit writes anew keep the ends that they had', () => {
    const file = 'a\r\nb\nc\r\nd'
    const edits = editorText(file).edits([{ from: 0, to: 7, insert: '  a\n  b\n  c\n  d' }])
    expect(applyEdits(file, edits)).toBe('  a\r\n  b\n  c\r\n  d')
  })

  test('an edit within lines touches no line end at all', () => {
    fc.assert(fc.property(anyFile, fc.nat(40), keepsLineEnds), { numRuns: 1000 })
  })
})

function splits(file: string, offset: number): boolean {
  return file[offset - 1] === '\r' && file[offset] === '\n'
}
