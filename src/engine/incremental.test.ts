import { expect, test } from 'vitest'
import type { Picture } from '#core/model/picture.ts'
import { seeded, seededCluster } from '../tools/seededCluster.ts'
import { type Bench, file, openBench } from './engine.testkit.ts'
import type { EngineFile } from './protocol.ts'

// What an edit may be: a text that occurs in the files, and what comes in its place. Some break documents.
const EDITS: readonly (readonly [RegExp, string])[] = [
  [/port: 80\d\d/g, 'port: 8001'],
  [/app: app-\d+/g, 'app: app-3'],
  [/podSelector: \{ matchLabels/g, 'podSelector: [ matchLabels'],
  [/env: prod/g, 'env: dev'],
  [/kubernetes.io\/metadata.name: team-\d/g, 'env: prod'],
  [/policyTypes: \[Ingress\]/g, 'policyTypes: [Ingress, Egress]'],
  [/policyTypes: \[Ingress, Egress\]/g, 'policyTypes: [Ingress]'],
  [/cidr: 203\.\d/g, 'cidr: 203.9'],
  [/podCidrs: \[10/g, 'podCidrs: [203'],
  [/replicas: 3/g, 'replicas: 1'],
  [/namespace: team-0/g, 'namespace: team-1'],
  [/cidr: 203\.\d\.113\.0\/24/g, 'cidr: 0.0.0.0/0'],
  [/podSelector: \{\}/g, 'podSelector: { matchLabels: { app: app-3 } }'],
  [/podSelector: \{\}/g, 'podSelector: { matchLabels: { app: app-5 } }'],
  [/podCidrs: \[203/g, 'podCidrs: [10'],
  [/cidr: 0\.0\.0\.0\/0/g, 'cidr: 20.0.0.0/8'],
]

const settings =
  'apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: { name: s }\npodCidrs: [10.0.0.0/8]\n'

const check = (from: string, to: string, expected: string): string =>
  `  - { from: { namespace: team-0, workload: Deployment/${from} }, to: ${to}, ${expected}, name: ${from} }\n`
const checks = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: checks }
checks:
${check('app-0', '{ namespace: team-1, workload: Deployment/app-1 }', 'expect: allowed')}${check('app-2', '{ namespace: team-0 }', 'expect: denied')}${check('app-4', '{ cidr: 203.0.113.0/24 }', 'expect: allowed')}${check('gone', '{ internet: true }', 'expect: denied')}  - { to: { namespace: team-1, workload: Deployment/app-1 }, only: [{ namespace: team-0 }], name: only }
`

// Document ids are counted in the order in which documents come up, so a fresh session has other ones.
function withoutRefs({ namespaces, workloads, outside, edges, problems, counts, checks }: Picture): unknown {
  const text = JSON.stringify({ namespaces, workloads, outside, edges, problems, counts, checks })
  return JSON.parse(text.replaceAll(/"document":"[^"]*"/g, '"document":""')) as unknown
}

type Place = { readonly at: number; readonly from: number; readonly old: string; readonly insert: string }

function pickEdit(files: readonly EngineFile[], random: () => number): Place | undefined {
  const [pattern, insert] = EDITS[Math.floor(random() * EDITS.length)] ?? [/$^/, '']
  const places = files.flatMap(({ text }, at) =>
    [...text.matchAll(pattern)].map((match) => ({ at, from: match.index, old: match[0], insert })),
  )
  return places[Math.floor(random() * places.length)]
}

function apply(bench: Bench, files: EngineFile[], { at, from, old, insert }: Place): Promise<Picture> {
  const { path, text } = files[at] ?? file('', '')
  files[at] = file(path, text.slice(0, from) + insert + text.slice(from + old.length))
  return bench.change({ type: 'edit', path, edits: [{ from, to: from + old.length, insert }] })
}

const isBroken = ({ problems }: Picture): boolean => problems.some(({ severity }) => severity === 'error')

test('after any row of edits the picture is the one that a fresh engine draws', { timeout: 120_000 }, async () => {
  let compared = 0
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed)
    const files = [...seededCluster(24, seed), file('settings.yaml', settings), file('checks.yaml', checks)]
    const bench = openBench()
    const first = await bench.change({ type: 'workspace', files: [...files] })
    expect([isBroken(first), first.checks.length]).toEqual([false, 5])
    for (let i = 0; i < 40; i++) {
      const edit = pickEdit(files, random)
      if (!edit) continue
      let picture = await apply(bench, files, edit)
      // A broken document has a last good meaning here and none in a fresh engine: mend it, then compare.
      if (isBroken(picture)) picture = await apply(bench, files, { ...edit, old: edit.insert, insert: edit.old })
      const fresh = await openBench().change({ type: 'workspace', files: [...files] })
      expect(withoutRefs(picture), `seed ${seed}, edit ${i}`).toEqual(withoutRefs(fresh))
      compared++
    }
  }
  expect(compared).toBeGreaterThan(50)
})
