import { expect, test } from 'vitest'
import { countLines } from './lines.ts'

const TEXT = 'a: 1\nlist:\n  - x\n  - y\nb: 2\n'

function count(from: number, to: number, insert: string) {
  return countLines([{ type: 'edit', path: 'p.yaml', edits: [{ from, to, insert }] }], () => TEXT)
}

test('an inserted line is one line more, wherever its line feed stands', () => {
  const behind = TEXT.indexOf('y') + 1
  expect(count(behind, behind, '\n  - z')).toEqual({ added: 1, removed: 0 })
  expect(count(behind + 1, behind + 1, '  - z\n')).toEqual({ added: 1, removed: 0 })
})

test('a line that is changed inside comes and goes', () => {
  const at = TEXT.indexOf('x')
  expect(count(at, at + 1, 'xx')).toEqual({ added: 1, removed: 1 })
})

test('a line that is cut out goes', () => {
  const at = TEXT.indexOf('  - x')
  expect(count(at, at + '  - x\n'.length, '')).toEqual({ added: 0, removed: 1 })
})

test('files that come and go count whole; the file of checks does not', () => {
  const changes = [
    { type: 'create', path: 'new.yaml', text: 'a: 1\nb: 2\n' },
    { type: 'delete', path: 'old.yaml' },
    { type: 'create', path: 'checks.yaml', text: 'a: 1\n' },
    { type: 'rename', path: 'x.yaml', to: 'y.yaml' },
  ] as const
  expect(countLines(changes, () => TEXT)).toEqual({ added: 2, removed: 5 })
})
