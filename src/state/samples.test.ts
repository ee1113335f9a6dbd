import { describe, expect, test } from 'vitest'
import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { load, type Loaded } from '#core/load/load.ts'
import type { Check } from '#core/model/check.ts'
import { endId } from '#core/model/end.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import { ALL_PORTS } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import { LIVING_SAMPLE, SAMPLES } from './samples.ts'
import type { Sample } from './samples/sample.ts'

type Texts = Sample['files']

const open = (files: Texts): Loaded => load(files.map((file) => ({ ...file, counts: true })))

function askedBy(check: Check, loaded: Loaded) {
  const to = endId(check.to)
  const ends = loaded.cluster.workloads.filter(({ id, namespace }) => id === to || namespace === to)
  const pods = ends.flatMap((workload) => workload.pods)
  const specs = check.ports.flatMap((text) => parsePortSpec(text) ?? [])
  return specs.length === 0 ? ALL_PORTS : askedPorts(specs, pods).ports
}

function verdicts(files: Texts): Record<string, string> {
  const loaded = open(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const entries = loaded.checks.map((check) => {
    const verdict = verdictOf(evaluation, check.from, check.to)
    return [check.name, verdict ? statusOf(verdict, askedBy(check, loaded)) : 'missing']
  })
  return Object.fromEntries(entries) as Record<string, string>
}

function broken(files: Texts): readonly string[] {
  const found = verdicts(files)
  return open(files)
    .checks.filter(({ name, expect }) => found[name] !== expect)
    .map(({ name }) => name)
}

// The first place only: a check may speak of the same label or block.
function mend(files: Texts, from: string, to: string): Texts {
  const first = files.find(({ text }) => text.includes(from))
  return files.map((file) => (file === first ? { ...file, text: file.text.replace(from, () => to) } : file))
}

describe.each(SAMPLES.map((sample) => [sample.id, sample] as const))('sample %s', (_id, sample) => {
  test('has no problems, and something to read', () => {
    const { problems, counts } = open(sample.files)
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([])
    expect(counts).toMatchObject({ ignored: 0, defaulted: 0, unloadedNamespaces: 0 })
    expect(sample.about).toMatch(/[.]$/)
    expect(sample.hint).toMatch(/[.?]$/)
  })

  test('shows what it teaches', () => {
    expect(verdicts(sample.files)).toEqual(TAUGHT[sample.id])
  })

  test('is in order but for the mistakes that are its point', () => {
    expect(broken(sample.files)).toEqual(sample === LIVING_SAMPLE ? ['the api finds names', 'orders are stored'] : [])
  })
})

const TAUGHT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shop: {
    'customers reach the shop': 'allowed',
    'web asks the api': 'allowed',
    'the api places orders': 'allowed',
    'the api finds names': 'denied',
    'the api uses the cache': 'allowed',
    'orders are stored': 'denied',
    'the database is backed up': 'allowed',
    'the shop is measured': 'allowed',
    'web stays away from the database': 'denied',
  },
  'default-deny-ingress': {
    'within the namespace': 'denied',
    'from another namespace': 'denied',
    'to another namespace': 'allowed',
  },
  'default-deny-egress': {
    'within the namespace': 'denied',
    'from another namespace': 'allowed',
    'to another namespace': 'denied',
  },
  'allow-all-ingress': {
    'within the namespace': 'allowed',
    'from another namespace': 'allowed',
    'to another namespace': 'allowed',
  },
  'allow-all-egress': {
    'within the namespace': 'denied',
    'from another namespace': 'denied',
    'to another namespace': 'allowed',
  },
  'three-namespaces': {
    'ns3 reaches ns1': 'allowed',
    'ns3 on another port': 'denied',
    'ns2 stays out': 'denied',
    'ns1 reaches ns2': 'allowed',
  },
  'frontend-backend': {
    'frontend calls backend': 'allowed',
    'batch does not': 'denied',
    'staging does not': 'denied',
    'anyone sees the frontend': 'allowed',
  },
  'allow-monitoring': {
    'api is scraped': 'allowed',
    'worker is scraped': 'allowed',
    'monitoring gets metrics only': 'denied',
    'apps do not scrape each other': 'denied',
  },
  'allow-dns': {
    'app finds names': 'allowed',
    'app sends nothing else': 'denied',
    'app does not call the internet': 'denied',
  },
  'restrict-egress': {
    'app reaches the company': 'allowed',
    'app reaches the database host': 'allowed',
    'app stays off the internet': 'denied',
    'other is free': 'allowed',
  },
}

describe('the shop’s two mistakes', () => {
  const label = mend(LIVING_SAMPLE.files, '{ name: shop }', '{ kubernetes.io/metadata.name: shop }')

  test('the label that no namespace has: mended, orders are stored', () => {
    expect(broken(label)).toEqual(['the api finds names'])
  })

  test('DNS forgotten on egress: with its rule, nothing is broken any more', () => {
    const rule =
      '  egress:\n    - ports:\n        - { port: 53, protocol: UDP }\n        - { port: 53, protocol: TCP }\n'
    expect(broken(mend(label, '  egress:\n', rule))).toEqual([])
  })
})

function textsOf(id: string): Texts {
  return SAMPLES.find((sample) => sample.id === id)?.files ?? []
}

test('what the hints say to try does what they promise', () => {
  const emptied = mend(textsOf('allow-all-ingress'), 'ingress:\n    - {}', 'ingress: []\n    #')
  expect(broken(emptied)).toEqual(['within the namespace', 'from another namespace'])
  const hole = mend(
    textsOf('restrict-egress'),
    'cidr: 10.0.0.0/16',
    'cidr: 10.0.0.0/16\n            except: [10.0.1.0/24]',
  )
  expect(broken(hole)).toContain('app reaches the database host')
})

test('ids and names are unique', () => {
  expect(new Set(SAMPLES.map(({ id }) => id)).size).toBe(SAMPLES.length)
  expect(new Set(SAMPLES.map(({ name }) => name)).size).toBe(SAMPLES.length)
})
