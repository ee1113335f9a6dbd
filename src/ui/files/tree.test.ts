import { expect, test } from 'vitest'
import type { DocumentInfo, Problem } from '#core/model/picture.ts'
import { fileLines } from './tree.ts'

const document = (id: string, parts: Partial<DocumentInfo>): DocumentInfo => ({
  id,
  file: 'a.yaml',
  range: { from: 0, to: 1 },
  line: 7,
  kind: 'NetworkPolicy',
  name: `shop/${id}`,
  outcome: 'object',
  ...parts,
})

const problem = (document: string, severity: Problem['severity']): Problem => ({
  code: 'c',
  severity,
  message: 'm',
  ref: { document, path: [], range: { from: 0, to: 1 } },
  file: 'a.yaml',
  at: { from: 0, to: 1 },
  line: 1,
  column: 1,
})

test('a file counts its documents and its problems, and puts errors at their documents', () => {
  const documents = [document('web', {}), document('db', {})]
  const [line] = fileLines(['a.yaml'], documents, [problem('db', 'error'), problem('web', 'warning')])
  expect(line).toMatchObject({ count: 2, errors: 1, warnings: 1 })
  expect(line?.documents.map(({ name, errors }) => [name, errors])).toEqual([
    ['web', 0],
    ['db', 1],
  ])
})

test('ignored kinds are counted but not listed, empty documents neither, broken ones have a line for a name', () => {
  const documents = [
    document('crd', { outcome: 'ignored' }),
    document('none', { outcome: 'empty' }),
    document('torn', { outcome: 'broken', name: '', kind: '' }),
  ]
  const [line] = fileLines(['a.yaml'], documents, [])
  expect(line?.count).toBe(2)
  expect(line?.documents.map(({ name }) => name)).toEqual(['line 7'])
})
