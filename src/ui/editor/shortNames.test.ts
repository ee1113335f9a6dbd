import { expect, test } from 'vitest'
import { shortNames } from './shortNames.ts'

test('a tab shows the file name alone, unless another file has it too', () => {
  const names = shortNames(['policies/data.yaml', 'a/db.yaml', 'b/db.yaml', 'checks.yaml'])
  expect([...names.values()]).toEqual(['data.yaml', 'a/db.yaml', 'b/db.yaml', 'checks.yaml'])
})
