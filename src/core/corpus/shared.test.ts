import { expect, test } from 'vitest'
import { runConnlistCase } from './connlist.testkit.ts'
import { readProbeCase, runProbeCase } from './probes.testkit.ts'
import { corporaExist, listCorpus, readCorpus, report, type Tally } from './shared.testkit.ts'

// How many cases each corpus has, so that an empty folder can't pass.
const PROBE_CORPORA: Readonly<Record<string, number>> = {
  e2e: 37,
  'netpol-analyzer-eval': 17,
  cyclonus: 1,
  'cyclonus/generated': 164,
  recipes: 12,
  'topology-analyzer': 1,
  'kube-network-policies': 38,
  'policy-assistant': 14,
  'conformance-anp': 37,
  'conformance-cnp': 39,
}
const exist = corporaExist()

test.each(Object.entries(PROBE_CORPORA))('every probe of %s agrees', (folder, cases) => {
  if (!exist) return
  const tally = runProbes(folder)
  expect(tally.failures).toEqual([])
  expect(tally.cases).toBe(cases)
})

test.each([
  ['netpol-analyzer', 61],
  ['netpol-analyzer-anp', 69],
  ['netpol-analyzer-ingress', 5],
])('every connection of %s agrees (where it says so, with hostNetwork ignored as that tool does)', (folder, cases) => {
  if (!exist) return
  const tally: Tally = { cases: 0, probes: 0, failures: [] }
  for (const name of listCorpus(folder)) runConnlistCase(`${folder}/${name}`, tally)
  report(folder, tally)
  expect(tally.failures).toEqual([])
  expect(tally.cases).toBe(cases)
})

function runProbes(folder: string): Tally {
  const tally: Tally = { cases: 0, probes: 0, failures: [] }
  for (const name of listCorpus(folder).filter((file) => file.endsWith('.json')))
    runProbeCase(name, readProbeCase(readCorpus(`${folder}/${name}`)), tally)
  report(folder, tally)
  return tally
}
