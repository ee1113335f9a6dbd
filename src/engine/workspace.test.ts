import { describe, expect, test } from 'vitest'
import { applyChanges } from './workspace.ts'

const shop = { path: 'shop.yaml', text: 'kind: Pod\n', counts: true }
const data = { path: 'data.yaml', text: 'kind: Job\n', counts: true }

describe('the engine keeps the files as the changes say', () => {
  test('an edit replaces spans of the text before it', () => {
    const edits = [
      { from: 0, to: 4, insert: 'sort' },
      { from: 6, to: 9, insert: 'Service' },
    ]
    const [file] = applyChanges([shop, data], [{ type: 'edit', path: 'shop.yaml', edits }])
    expect(file?.text).toBe('sort: Service\n')
  })

  test('a created file comes last and counts', () => {
    const files = applyChanges([shop], [{ type: 'create', path: 'data.yaml', text: data.text }])
    expect(files).toEqual([shop, data])
  })

  test('renaming keeps the place, deleting takes one away', () => {
    const renamed = applyChanges([shop, data], [{ type: 'rename', path: 'shop.yaml', to: 'store.yaml' }])
    expect(renamed.map(({ path }) => path)).toEqual(['store.yaml', 'data.yaml'])
    expect(applyChanges(renamed, [{ type: 'delete', path: 'store.yaml' }])).toEqual([data])
  })

  test('order puts the named paths first, the others stay behind them', () => {
    const files = applyChanges([shop, data], [{ type: 'order', paths: ['data.yaml'] }])
    expect(files.map(({ path }) => path)).toEqual(['data.yaml', 'shop.yaml'])
  })

  test('reading sets whether a file counts, and its namespace', () => {
    const [file] = applyChanges([shop], [{ type: 'reading', path: 'shop.yaml', counts: false, namespace: 'shop' }])
    expect(file).toEqual({ ...shop, counts: false, namespace: 'shop' })
  })

  test('workspace replaces everything', () => {
    expect(applyChanges([shop], [{ type: 'workspace', files: [data] }])).toEqual([data])
  })

  test('an edit of a file that is not there is a bug and throws', () => {
    expect(() => applyChanges([shop], [{ type: 'edit', path: 'gone.yaml', edits: [] }])).toThrow('gone.yaml')
  })
})
