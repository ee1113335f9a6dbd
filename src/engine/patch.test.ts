import { describe, expect, test } from 'vitest'
import type { Edge, Picture } from '#core/model/picture.ts'
import { diffPictures, patchPicture } from './patch.ts'

const edge = (id: string, label = ''): Edge => ({
  id,
  layers: ['rules'],
  from: { namespace: 'a' },
  to: { namespace: 'b' },
  ports: 'all ports',
  status: 'allowed',
  label,
  name: id,
  blockedAt: 'none',
  checks: [],
  rules: [],
  stale: false,
})

const counts: Picture['counts'] = {
  documents: 0,
  workloads: 0,
  pods: 0,
  namespaces: 0,
  policies: 0,
  services: 0,
  ignored: 0,
  defaulted: 0,
  unloadedNamespaces: 0,
  unevaluated: [],
  ignoredKinds: [],
}

const picture = (revision: number, edges: readonly Edge[]): Picture => ({
  revision,
  namespaces: [],
  workloads: [],
  outside: [{ internet: true }],
  edges,
  documents: [],
  problems: [],
  checks: [],
  counts,
})

describe('a picture as the difference to the one before', () => {
  const [a, b, c] = [edge('a'), edge('b'), edge('c')]
  const before = picture(1, [a, b, c])

  test('carries only what changed, and gives the rest back as the very same objects', () => {
    const after = picture(2, [c, a, edge('b', 'new')])
    const patch = structuredClone(diffPictures(before, after))
    expect(patch.lists.edges).toEqual([2, 0, edge('b', 'new')])
    const patched = patchPicture(before, patch)
    expect(patched).toEqual(after)
    expect(patched?.edges[0]).toBe(c)
    expect(patched?.edges[1]).toBe(a)
  })

  test('sends no list that holds the same parts in the same order', () => {
    const patch = diffPictures(before, { ...picture(2, [a, b, c]), outside: before.outside })
    expect(patch.lists).toEqual({})
    expect(patchPicture(before, patch)?.edges).toBe(before.edges)
  })

  test('a part that went away is gone, and one that came twice is there twice', () => {
    const after = picture(2, [b, b])
    expect(patchPicture(before, diffPictures(before, after))?.edges).toEqual([b, b])
    expect(patchPicture(before, diffPictures(before, picture(2, [a])))?.edges).toEqual([a])
  })

  test('the first one stands alone', () => {
    expect(patchPicture(undefined, diffPictures(undefined, before))).toEqual(before)
  })

  test('does not fit on a picture of another revision', () => {
    const patch = diffPictures(before, picture(2, [a]))
    expect(patchPicture(undefined, patch)).toBeUndefined()
    expect(patchPicture(picture(7, [a]), patch)).toBeUndefined()
  })
})
