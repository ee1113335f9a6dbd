import type { Fact } from '#core/model/profile.ts'
import { describe, expect, test } from 'vitest'
import { PROFILES, profileOf } from './index.ts'
import type { FactKey, Profile } from './profile.ts'
import { reference } from './reference.ts'

const KEYS = Object.keys(reference.facts).toSorted()

const factsOf = ({ facts, notes, dns }: Profile): readonly Fact<unknown>[] => [
  ...Object.values(facts),
  ...notes,
  ...dns,
]

const isOpen = ({ value, otherwise }: Fact<unknown>): boolean =>
  [value, otherwise].some((one) => one === 'unknown' || one === 'opt-in')

test('every CNI of semantics.md D has a profile, under an id of its own', () => {
  expect(PROFILES.map(({ id }) => id)).toEqual([
    'reference',
    'calico',
    'cilium',
    'weave-net',
    'flannel',
    'kube-router',
    'antrea',
    'ovn-kubernetes',
    'aws-vpc-cni',
    'azure-npm-linux',
    'azure-npm-windows',
    'gke-dataplane-v2',
    'kindnet',
  ])
  expect(profileOf('cilium')?.name).toBe('Cilium')
  expect(profileOf('__proto__')).toBeUndefined()
})

describe.each(PROFILES.map((profile) => [profile.id, profile] as const))('%s', (_, profile) => {
  test('has every fact, each with a source and a sentence', () => {
    expect(Object.keys(profile.facts).toSorted()).toEqual(KEYS)
    for (const { source, note } of factsOf(profile)) {
      expect(new URL(source).protocol).toBe('https:')
      expect(note).toMatch(/^\S.{8,170}[.]$/)
      expect(note).not.toMatch(/\s{2}/)
    }
  })

  test('says what can be where it is not known, the reference first where that is possible', () => {
    const facts = Object.entries(profile.facts) as [FactKey, Fact<unknown>][]
    const silent = facts.filter(([key, fact]) => key !== 'icmp' && isOpen(fact) && (fact.either?.length ?? 0) < 2)
    expect(silent).toEqual([])
    const wrongOrder = facts.filter(([key, { either }]) => (either?.indexOf(reference.facts[key].value) ?? 0) > 0)
    expect(wrongOrder).toEqual([])
  })

  test('has a name, one line, and DNS pods', () => {
    expect(profile.name).not.toBe('')
    expect(profile.summary).toMatch(/^[^\n]{20,120}[.]$/)
    expect(profile.dns[0]?.value.type).toBe('pods')
  })
})

test('facts that nobody has looked up are marked (how many of all)', () => {
  const all = PROFILES.flatMap(factsOf)
  const verified = all.filter((fact) => fact.verified).length
  console.info(`profile facts: ${all.length}, looked up ${verified}, not looked up ${all.length - verified}`)
  expect(verified).toBeGreaterThan(190)
  expect(PROFILES.filter((profile) => factsOf(profile).some((fact) => !fact.verified)).map(({ id }) => id)).toContain(
    'gke-dataplane-v2',
  )
})
