import { describe, expect, test } from 'vitest'
import { anpRule, cnpTo } from './clusterScoped.testkit.ts'
import { sayings, messages } from './said.testkit.ts'

const networks = (list: string): string => cnpTo(`{networks: [${list}]}`)
const domains = (list: string, action = 'Accept'): readonly string[] =>
  sayings(cnpTo(`{domainNames: [${list}]}`, action)).filter((saying) => !saying.startsWith('info'))

describe('networks (semantics.md C.3)', () => {
  const many = Array.from({ length: 26 }, (_, i) => `10.${i}.0.0/16`).join(', ')
  const allowed = many.replace(/, \S+$/, '')
  const full = '0000:0000:0000:0000:0000:0000:0000:0000'
  test.each([
    [networks(''), ['error empty-list []']],
    [networks(many), [`error too-many-items [${many}]`]],
    [networks('10.0.0.0/8, 10.0.0.0/8'), ['error duplicate-item 10.0.0.0/8']],
    [networks('10.0.0.0/8, 10.0.0.1/8'), []],
    [networks('10.0.0.1'), ['error invalid-cidr 10.0.0.1']],
    [networks('10.0.0.0/33'), ['error invalid-cidr 10.0.0.0/33']],
    [networks('""'), ['error invalid-cidr ""']],
    [networks('010.0.0.0/8'), ['error invalid-cidr 010.0.0.0/8']],
    [networks('10.0.0.0/08'), ['error invalid-cidr 10.0.0.0/08']],
    [networks('"::ffff:10.0.0.0/104"'), ['error invalid-cidr "::ffff:10.0.0.0/104"']],
    [networks('"::ffff:a00:0/104"'), ['error invalid-cidr "::ffff:a00:0/104"']],
    [networks(allowed), []],
    [networks(`"${full}/128"`), []],
    [networks(`"${full}/0128"`), [`error text-too-long "${full}/0128"`]],
    [networks('8'), ['error wrong-type 8', 'error invalid-cidr 8']],
    [anpRule('action: Deny, to: [{networks: [010.0.0.0/8]}]', 'egress'), ['error invalid-cidr 010.0.0.0/8']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test('a bare address says how it is written', () => {
    expect(messages(networks('10.0.0.1'))[0]).toContain('write 10.0.0.1/32')
    expect(messages(networks('"fd00::1"'))[0]).toContain('write fd00::1/128')
    expect(messages(networks('010.0.0.0/8'))[0]).toContain('use 10.0.0.0/8')
  })
})

describe('domain names (semantics.md C.3)', () => {
  test.each(['example.com', '"*.example.com"', 'example.com.', 'a.b.c_d.e-f', 'EXAMPLE.com', '"*.a.b."'])(
    '%s',
    (name) => {
      expect(domains(name)).toEqual([])
    },
  )

  test.each([
    'com',
    '"*"',
    '"*.com"',
    'a..b',
    '.a.b',
    '-a.b',
    'a-.b',
    '"a.*.b"',
    '"a b.c"',
    '""',
    'a.b..',
    '"*.*.a.b"',
  ])('%s is none', (name) => {
    expect(domains(name)).toEqual([`error invalid-domain-name ${name}`])
  })

  test.each([
    ['Deny', ['warning domain-names-not-allowing [a.b]']],
    ['Pass', ['warning domain-names-not-allowing [a.b]']],
    ['Accept', []],
  ])('with %s', (action, said) => {
    expect(domains('a.b', action)).toEqual(said)
  })

  test('not too many, and none twice', () => {
    const many = Array.from({ length: 26 }, (_, i) => `a${i}.b`).join(', ')
    expect(domains(many)).toEqual([`error too-many-items [${many}]`])
    expect(domains('a.b, a.b')).toEqual(['error duplicate-item a.b'])
  })

  test('a long nonsense text is answered at once', () => {
    const long = `${'a'.repeat(100_000)}!`
    expect(domains(`${long}.b`)).toEqual([`error invalid-domain-name ${long}.b`])
  })
})
