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
    for (const [key, { value, otherwise, either }] of Object.entries(profile.facts) as [FactKey, Fact<unknown>][]) {
      if (key === 'icmp') continue
      const isOpen = [value, otherwise].some((one) => one === 'unknown' || one === 'opt-in')
      if (isOpen) expect(either?.length ?? 0, key).toBeGreaterThan(1)
      const asWritten = reference.facts[key].value
      if (either?.includes(asWritten)) expect(either[0], key).toBe(asWritten)
    }
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
  expect(verified).toBeGreaterThan(200)
  expect(PROFILES.filter((profile) => factsOf(profile).some((fact) => !fact.verified)).map(({ id }) => id)).toContain(
    'gke-dataplane-v2',
  )
})
