import { expect, test } from 'vitest'
import { runConnlistCase } from './connlist.testkit.ts'
import { type ProbeCase, readProbeCase, runProbeCase } from './probes.testkit.ts'
import { corporaExist, listCorpus, readCorpus, report, type Tally } from './shared.testkit.ts'

// How many cases each corpus has, so that an empty folder can't pass.
const PROBE_CORPORA: Readonly<Record<string, number>> = {
  e2e: 37,
  'netpol-analyzer-eval': 17,
  cyclonus: 1,
  'cyclonus/generated': 164,
  recipes: 12,
  'topology-analyzer': 1,
}
const exist = corporaExist()

test.each(Object.entries(PROBE_CORPORA))('every probe of %s agrees', (folder, cases) => {
  if (!exist) return
  const tally = runProbes(folder, () => true)
  expect(tally.failures).toEqual([])
  expect(tally.cases).toBe(cases)
})

test('every NetworkPolicy probe of kube-network-policies agrees (np-*, and engine-* without admin policies)', () => {
  if (!exist) return
  const tally = runProbes('kube-network-policies', isPlain)
  expect(tally.failures).toEqual([])
  expect(tally.cases).toBe(13)
})

test.each([
  ['netpol-analyzer', 61],
  ['netpol-analyzer-ingress', 5],
])('every connection of %s agrees (where it says so, with hostNetwork ignored as that tool does)', (folder, cases) => {
  if (!exist) return
  const tally: Tally = { cases: 0, probes: 0, failures: [] }
  for (const name of listCorpus(folder)) runConnlistCase(`${folder}/${name}`, tally)
  report(folder, tally)
  expect(tally.failures).toEqual([])
  expect(tally.cases).toBe(cases)
})

function runProbes(folder: string, wanted: (name: string, one: ProbeCase) => boolean): Tally {
  const tally: Tally = { cases: 0, probes: 0, failures: [] }
  for (const name of listCorpus(folder).filter((file) => file.endsWith('.json'))) {
    const one = readProbeCase(readCorpus(`${folder}/${name}`))
    if (wanted(name, one)) runProbeCase(name, one, tally)
  }
  report(folder, tally)
  return tally
}

function isPlain(name: string, { policies }: ProbeCase): boolean {
  return /^(np|engine)-/.test(name) && policies.every(({ kind }) => kind === 'NetworkPolicy')
}
