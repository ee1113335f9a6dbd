import type { Fact } from '#core/model/profile.ts'
import { expect, test } from 'vitest'
import { valueAt } from './version.ts'

const BASE = { value: 'now', note: '', source: '', verified: true } as const
const at = (fact: Partial<Fact<string>>, ...versions: readonly (string | undefined)[]): readonly string[] =>
  versions.map((version) => valueAt<string>({ ...BASE, otherwise: 'else', ...fact }, version))

test('a fact counts from a version on, compared number by number', () => {
  expect(at({ since: '1.16' }, '1.15.9', '1.9', '1')).toEqual(['else', 'else', 'else'])
  const later = ['1.16', '1.16.0', 'v1.16.3', '1.100', '2.0', '2']
  expect(new Set(at({ since: '1.16' }, ...later))).toEqual(new Set(['now']))
  expect(at({ since: '1.16.2' }, '1.16', '1.16.1', '1.16.2', '1')).toEqual(['else', 'else', 'now', 'else'])
})

test('a fact counts up to a version, with all that belong to it', () => {
  expect(at({ until: '3.31' }, '3.30', '3.31', '3.31.4', '3.32', '4')).toEqual(['now', 'now', 'now', 'else', 'else'])
  expect(at({ since: '3.29', until: '3.31' }, '3.28', '3.29', '3.31.1', '3.32')).toEqual(['else', 'now', 'now', 'else'])
})

test('without a version, or with nonsense, the newest is meant', () => {
  for (const version of [undefined, '', 'latest', 'a very long word 1.2']) {
    expect(at({ since: '9.9' }, version)).toEqual(['now'])
    expect(at({ until: '9.9' }, version)).toEqual(['else'])
  }
  expect(at({ since: '2.0' }, 'release-1.5')).toEqual(['else'])
})

test('where nothing else is known it is as ever', () => {
  expect(at({}, '1.0', undefined)).toEqual(['now', 'now'])
  expect(valueAt({ ...BASE, since: '2.0' }, '1.0')).toBe('now')
})
