import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference } from './difference.ts'

test('one edit turns any text into any other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 30 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = difference(before, after)
      const made = edit ? before.slice(0, edit.from) + edit.insert + before.slice(edit.to) : before
      expect(made).toBe(after)
    }),
  )
})

test('the edit keeps off the common ends', () => {
  expect(difference('port: 80\n', 'port: 8080\n')).toEqual({ from: 8, to: 8, insert: '80' })
})
