import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { evaluate, verdictOf, verdictOfPods } from '#core/evaluate/evaluate.ts'
import { permitted } from '#core/evaluate/permitted.ts'
import { KINDS } from '#core/kinds/index.ts'
import type { End } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { droppedInSilence } from './dropped.testkit.ts'
import { changeTree, plainOf, slip, slips, treeChanges } from './fuzz.testkit.ts'
import { RICH_POLICIES } from './richPolicies.testkit.ts'
import { load, type Loaded, type SourceFile } from './load.ts'

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url))
const MAX_FILE = 30_000
const PLACES = 40
/** Of a single text, on a machine that does other things, too. */
const LONGEST_MS = 6000
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 25)

// Enough of a cluster for whatever a document says to have somebody to be about.
const NEIGHBOURS: SourceFile = {
  path: 'neighbours.yaml',
  counts: true,
  text: `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, namespace: shop, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: web, image: web, ports: [{containerPort: 8080, name: http}]}]}
status: {phase: Running, podIP: 10.0.0.7}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {replicas: 2, selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: []}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {}}], ports: [{port: http}]}]}
`,
}

const OTHERS: readonly End[] = [
  { namespace: 'shop' },
  { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
  { host: 'api.example.com' },
  { node: 'node-1' },
  { internet: true },
  { anywhere: true },
  { ingressController: true },
]

/** Everything that may be asked of these texts, each a little; gives what it was asked of. */
function askAll(files: readonly SourceFile[], before?: Loaded): Loaded {
  const begin = performance.now()
  const loaded = load(files, before)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const own = loaded.cluster.workloads.slice(-3)
  const ends: readonly End[] = [
    ...own.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
    ...OTHERS,
  ]
  for (const from of ends)
    for (const to of ends.slice(0, 4)) formatPorts(verdictOf(evaluation, from, to)?.allowed ?? NONE)
  for (const to of ends.slice(4)) verdictOf(evaluation, { namespace: 'shop', workload: 'Pod/web-0' }, to)
  const pods = loaded.cluster.workloads.flatMap((workload) => workload.pods).slice(-2)
  for (const pod of pods) {
    verdictOfPods(evaluation, { ip: '203.0.113.9' }, { namespace: pod.namespace, pod: pod.name })
    verdictOfPods(evaluation, { namespace: pod.namespace, pod: pod.name }, { namespace: 'shop', pod: 'web-0' })
  }
  const open = permitted(evaluation, (workload) => workload === own[0])
  for (let i = 0; i < PLACES && !open.next().done; i++);
  expect(performance.now() - begin).toBeLessThan(LONGEST_MS)
  return loaded
}

const NONE = { TCP: [], UDP: [], SCTP: [] }

/** Asks all of a text beside its neighbours, and gives what was dropped of it in silence. */
function droppedOf(text: string): readonly string[] {
  return droppedInSilence(askAll([NEIGHBOURS, { path: 'fuzz.yaml', text, counts: true }], BASE))
}

const BASE = load([NEIGHBOURS])

describe('documents of every kind with anything at any place', () => {
  const examples = KINDS.flatMap((kind) => {
    const tree = parseDocument(kind.example).tree
    return tree ? [[`${kind.groups[0] ?? ''}/${kind.kind}`, plainOf(tree)] as const] : []
  })

  test.each(examples)('%s', (_, example) => {
    fc.assert(
      fc.property(treeChanges, (changes) => {
        expect(droppedOf(JSON.stringify(changeTree(example, changes)))).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })
})

describe('policies that say all that their kind can say, with anything at any place', () => {
  test.each(Object.entries(RICH_POLICIES))('%s', (_, rich) => {
    expect(droppedOf(JSON.stringify(rich))).toEqual([])
    fc.assert(
      fc.property(treeChanges, (changes) => {
        expect(droppedOf(JSON.stringify(changeTree(rich, changes)))).toEqual([])
      }),
      { numRuns: RUNS * 20 },
    )
  })
})

describe('manifests as they are found, after slips of the hand', () => {
  const files = manifestsUnder(['samples', 'corpora'])
  if (files.length === 0) console.warn(`No manifests at ${SHARED}: they are NOT mutated here.`)

  test('are loaded and judged, and nothing is dropped in silence', () => {
    if (files.length === 0) return
    fc.assert(
      fc.property(fc.constantFrom(...files), slips, (file, made) => {
        expect(droppedOf(slip(readFileSync(file, 'utf8'), made))).toEqual([])
      }),
      { numRuns: RUNS * 5 },
    )
  })

  test('are loaded again after each slip', () => {
    if (files.length === 0) return
    fc.assert(
      fc.property(fc.constantFrom(...files), slips, (file, made) => {
        let text = readFileSync(file, 'utf8')
        let loaded = askAll([{ path: 'a.yaml', text, counts: true }])
        for (const one of made) {
          text = slip(text, [one])
          loaded = askAll([{ path: 'a.yaml', text, counts: true }], loaded)
          expect(droppedInSilence(loaded)).toEqual([])
        }
      }),
      { numRuns: RUNS },
    )
  })
})

// Some were once looked at again for each of their parts.
describe('texts that are long in an unusual way are read in time', () => {
  test.each([
    ['a List on one line', `{"apiVersion":"v1","kind":"List","items":[${many(6000, (i) => podText(i))}]}`],
    ['a selector of thousands of labels', policyOf(`{podSelector: {matchLabels: {${many(7000, (i) => `k${i}: v`)}}}}`)],
    ['a rule of thousands of ports', policyOf(`{ingress: [{ports: [${many(3000, (i) => `{port: ${i + 1}}`)}]}]}`)],
    ['a rule of thousands of peers', policyOf(`{ingress: [{from: [${many(3000, () => '{podSelector: {}}')}]}]}`)],
    [
      'a block of thousands of holes',
      policyOf(
        `{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [${many(3000, (i) => `10.${i >> 8}.${i & 255}.0/24`)}]}}]}]}`,
      ),
    ],
    [
      'thousands of objects that no line parts',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n'.repeat(4000),
    ],
    ['thousands of documents', many(2000, () => `${policyOf('{}')}\n---\n`).replaceAll(',{', '{')],
    ['a key of many characters', policyOf(`{${'x'.repeat(200_000)}: 1}`)],
    ['an address of many characters', policyOf(`{ingress: [{from: [{ipBlock: {cidr: "${':'.repeat(200_000)}"}}]}]}`)],
  ])('%s', (_, text) => {
    const { documents } = askAll([NEIGHBOURS, { path: 'long.yaml', text, counts: true }])
    expect(documents.length).toBeGreaterThan(4)
  })
})

function many(count: number, write: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => write(i)).join()
}

function policyOf(spec: string): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: dark}, spec: ${spec}}`
}

function podText(i: number): string {
  const padding = 'x'.repeat(1000)
  return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}`, annotations: { padding } } })
}

function manifestsUnder(folders: readonly string[]): readonly string[] {
  return folders
    .map((folder) => join(SHARED, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /[.]ya?ml$/.test(path) && statSync(path).size < MAX_FILE)
    .toSorted()
}
