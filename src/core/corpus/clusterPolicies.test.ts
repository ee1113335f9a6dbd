import { expect, test } from 'vitest'
import { load } from '#core/load/load.ts'
import { corporaExist, listCorpus, mendNames, readCorpus } from './shared.testkit.ts'

// Every folder whose policies a server with the CRDs takes, with the number of cluster-scoped policies in it: an empty one can't pass.
const PROBES: Readonly<Record<string, number>> = {
  'kube-network-policies': 26,
  'policy-assistant': 14,
  'conformance-anp': 45,
  'conformance-cnp': 47,
}
const exist = corporaExist()

type Texts = readonly (readonly [string, string])[]

/** How many policies of other tiers were read; fails where one of any tier is rejected. */
function countAccepted(texts: Texts): number {
  const { policies, problems } = load(texts.map(([path, text]) => ({ path, text, counts: true })))
  const documents = new Set(policies.map(({ ref }) => ref.document))
  const errors = problems.filter(({ severity, ref }) => severity === 'error' && documents.has(ref.document))
  expect(errors.map(({ file, message }) => `${file}: ${message}`)).toEqual([])
  expect(policies.filter(({ stale }) => stale)).toEqual([])
  return policies.filter(({ tier }) => tier !== 'networkPolicy').length
}

function policiesOf(path: string): Texts {
  const { policies } = JSON.parse(readCorpus(path)) as { readonly policies: readonly object[] }
  return policies.map((policy, i) => [`${path}#${i}`, mendNames(JSON.stringify(policy))])
}

function manifestsOf(folder: string): Texts {
  return listCorpus(folder).map((file) => [`${folder}/${file}`, mendNames(readCorpus(`${folder}/${file}`))])
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

test.each(Object.entries(PROBES))('every policy of %s is accepted', (folder, count) => {
  if (!exist) return
  const cases = listCorpus(folder).filter((name) => name.endsWith('.json'))
  expect(sum(cases.map((name) => countAccepted(policiesOf(`${folder}/${name}`))))).toBe(count)
})

test('every policy of netpol-analyzer-anp is accepted', () => {
  if (!exist) return
  const cases = listCorpus('netpol-analyzer-anp')
  expect(sum(cases.map((name) => countAccepted(manifestsOf(`netpol-analyzer-anp/${name}/manifests`))))).toBe(90)
})
