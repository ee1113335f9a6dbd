import { describe, expect, test } from 'vitest'
import type { ProfiledVerdict } from '#core/evaluate/profiled.ts'
import { NO_PORTS, portRange, unitePorts } from '#core/model/ports.ts'
import type { Deviation, DifferingFact } from '#core/model/profile.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import { differsAt, differsOfAll, factsOf, nameWith, shownProfile } from './differs.ts'

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
const deviation = (policyName: string, note: string, more: Partial<Deviation> = {}): Deviation => ({
  policy: REF,
  policyName,
  directions: ['ingress'],
  fact: 'sctp',
  effect: 'read-differently',
  uncertain: false,
  source: 'https://a.example',
  verified: true,
  note,
  ...more,
})
const half = (direction: Half['direction']): Half => ({
  direction,
  allowed: NO_PORTS,
  some: NO_PORTS,
  undetermined: NO_PORTS,
  isolated: 'no',
  isolatedBy: [],
  evidence: [],
})
const verdict = (allowed: Verdict['allowed'], undetermined = NO_PORTS): Verdict => ({
  allowed,
  partial: NO_PORTS,
  undetermined,
  egress: half('egress'),
  ingress: half('ingress'),
})
const TCP = (from: number, to = from) => portRange('TCP', from, to)

const judged = (own: Verdict, reference: Verdict): ProfiledVerdict => ({
  verdict: own,
  reference,
  differs: true,
  deviations: [deviation('shop/a', 'One.')],
})

describe('how a verdict differs', () => {
  test('is of interest at the ports that are asked alone', () => {
    const one = judged(verdict(TCP(80)), verdict(TCP(80, 90)))
    expect(differsAt(one, TCP(80))).toBeUndefined()
    expect(differsAt(one, TCP(80, 81))).toMatchObject({ reference: 'allowed', facts: [{ note: 'One.' }] })
    expect(differsAt(one, unitePorts(TCP(90), TCP(95)))?.reference).toBe('partial')
    expect(differsAt({ ...one, differs: false }, TCP(81))).toBeUndefined()
  })

  test('is said, too, where only what is not known differs', () => {
    expect(differsAt(judged(verdict(TCP(80), TCP(81)), verdict(TCP(80))), TCP(81))?.reference).toBe('denied')
  })

  test('is part of the name of a line', () => {
    expect(nameWith('a → b: denied', undefined)).toBe('a → b: denied')
    expect(nameWith('a → b: denied', { reference: 'partial', facts: [] })).toBe(
      'a → b: denied; the API says partly allowed',
    )
  })
})

test('a fact is told once, with all policies that it is about, and as open where it is for any of them', () => {
  const all = [
    deviation('shop/a', 'One.'),
    deviation('shop/b', 'Two.', { remedy: 'a number.' }),
    deviation('shop/b', 'One.', { uncertain: true }),
    deviation('shop/a', 'One.'),
    deviation('shop/c', 'One.', { source: 'https://b.example' }),
  ]
  const common = { source: 'https://a.example', verified: true }
  expect(factsOf(all)).toEqual([
    { ...common, note: 'One.', uncertain: true, policies: ['shop/a', 'shop/b'] },
    { ...common, note: 'Two.', uncertain: false, policies: ['shop/b'], remedy: 'a number.' },
    { ...common, note: 'One.', source: 'https://b.example', uncertain: false, policies: ['shop/c'] },
  ])
  expect(factsOf([])).toEqual([])
})

const fact = (note: string, policies: readonly string[], uncertain = false): DifferingFact => ({
  note,
  policies,
  uncertain,
  source: 'https://a.example',
  verified: true,
})
const differing = (...facts: readonly DifferingFact[]) => ({ differs: { reference: 'denied' as const, facts } })

test('lines that are drawn as one tell each fact once', () => {
  const both = [differing(fact('One.', ['a'])), differing(fact('One.', ['a', 'b'], true), fact('Two.', ['c'])), {}]
  expect(differsOfAll(both, 'partial')).toEqual({
    reference: 'partial',
    facts: [fact('One.', ['a', 'b'], true), fact('Two.', ['c'])],
  })
  expect(differsOfAll([{}, {}], 'allowed')).toBeUndefined()
})

const shown = (id: string, version?: string) => shownProfile({ ...DEFAULT_SETTINGS, profile: { id, version } })

test('the profile that is chosen is shown with its version; the reference and an unknown one are not', () => {
  expect(shown('cilium', '1.16')).toMatchObject({ id: 'cilium', name: 'Cilium', version: '1.16' })
  expect(shown('cilium')).not.toHaveProperty('version')
  expect(shown('cilium')).not.toHaveProperty('enforcesNothing')
  expect(shown('flannel')?.enforcesNothing?.note).toMatch(/enforces no policy/)
  expect([shown('reference'), shown('none-such')]).toEqual([undefined, undefined])
})
