import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import { exportBundle } from './bundle.ts'
import type { ExportContext } from './collect.ts'
import { meaning } from './meaning.testkit.ts'

const ALL: ExportOptions = { what: 'everything', workloads: false, sketches: false, layout: 'one-file' }

const policy = (name: string, spec = '{ podSelector: {} }', namespace = 'shop'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: x }] }
`
const SKETCH = DEPLOYMENT.replace('name: web,', 'name: api,').replace(
  'namespace: shop }',
  'namespace: shop, labels: { drawbridge/sketch: "true" } }',
)
const CHECKS = 'apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: { name: shop }\nchecks: []\n'

function bundle(
  texts: Readonly<Record<string, string | Omit<SourceFile, 'path'>>>,
  options: Partial<ExportOptions> = {},
  more: Partial<Pick<ExportContext, 'opened' | 'deleted'>> = {},
): ExportBundle {
  const files = Object.entries(texts).map(([path, file]) =>
    typeof file === 'string' ? { path, text: file, counts: true } : { path, ...file },
  )
  return exportBundle({ ...ALL, ...options }, { files, loaded: load(files), opened: [], deleted: [], ...more })
}

describe('what is exported', () => {
  test('policies alone, unless more is asked for; checks never', () => {
    const texts = { 'a.yaml': [policy('db'), DEPLOYMENT, SKETCH, CHECKS].join('---\n') }
    const kinds = (options: Partial<ExportOptions>): string[] =>
      load([{ path: 'x.yaml', text: bundle(texts, options).files[0]?.text ?? '', counts: true }]).documents.map(
        ({ kind, name }) => `${kind} ${name}`,
      )
    expect(kinds({})).toEqual(['NetworkPolicy shop/db'])
    expect(kinds({ workloads: true })).toEqual(['NetworkPolicy shop/db', 'Deployment shop/web'])
    expect(kinds({ sketches: true })).toEqual(['NetworkPolicy shop/db', 'Deployment shop/api'])
    expect(bundle(texts, { workloads: true }).leftOut).toEqual(['Deployment shop/api: only a sketch'])
  })

  test('what has no effect is left out, with the reason', () => {
    const { files, leftOut } = bundle({
      'a.yaml': [policy('db'), policy('bad', '{ ingress: [{ from: [{}] }] }'), policy('twice'), policy('twice')].join(
        '---\n',
      ),
      'b.yaml': 'kind: NetworkPolicy\n  broken: [',
      'c.yaml': { text: policy('other'), counts: false },
    })
    expect(files.map(({ text }) => text.match(/name: \w+/g))).toEqual([['name: db', 'name: twice']])
    expect(leftOut[0]).toMatch(/^NetworkPolicy shop\/bad: the API server would reject it: spec\.ingress\[0\]/)
    expect(leftOut[1]).toBe('NetworkPolicy shop/twice: another document of this name comes later and counts')
    expect(leftOut[2]).toMatch(/b\.yaml.*does not parse/)
    expect(leftOut[3]).toBe('c.yaml: it has no say in this workspace')
  })

  test('what changed is told by the texts as they were opened; what is gone is deleted after the apply', () => {
    const before = [policy('same'), policy('edited'), policy('renamed'), policy('gone')].join('---\n')
    const now = [
      policy('same'),
      policy('edited', '{ podSelector: {}, policyTypes: [Egress] }'),
      policy('new-name'),
    ].join('---\n')
    const texts = { 'a.yaml': now, 'b.yaml': policy('untouched'), 'made.yaml': policy('made') }
    const opened = [
      { path: 'a.yaml', text: before },
      { path: 'made.yaml', text: '' },
      { path: 'removed.yaml', text: policy('removed', undefined, 'data') },
    ]
    const { files, commands } = bundle(texts, { what: 'changed' }, { opened })
    expect(files[0]?.text.match(/name: [\w-]+/g)).toEqual(['name: edited', 'name: new-name', 'name: made'])
    expect(commands).toEqual([
      'kubectl apply -f policies.yaml',
      'kubectl delete networkpolicy -n shop renamed',
      'kubectl delete networkpolicy -n shop gone',
      'kubectl delete networkpolicy -n data removed',
    ])
  })

  test.each([
    ['does not parse', 'metadata: [\n'],
    ['has lost its name', policy('db').replace('name: db,', 'name: [db],')],
  ])('a policy whose text %s is never deleted from the cluster, and that is said', (_, broken) => {
    const opened = [{ path: 'a.yaml', text: policy('db') }]
    const { commands, leftOut } = bundle({ 'a.yaml': broken }, { what: 'changed' }, { opened })
    expect(commands).toEqual([])
    expect(leftOut.at(-1)).toMatch(/^NetworkPolicy shop\/db: not deleted/)
  })

  test('nothing changed is nothing to apply', () => {
    expect(bundle({ 'a.yaml': policy('db') }, { what: 'changed' })).toEqual({ files: [], commands: [], leftOut: [] })
  })
})

describe('how it is laid out', () => {
  test('what allows comes before what denies', () => {
    const texts = { 'a.yaml': [policy('deny'), policy('allow', '{ podSelector: {}, ingress: [{}] }')].join('---\n') }
    expect(bundle(texts).files[0]?.text.match(/name: \w+/g)).toEqual(['name: allow', 'name: deny'])
    const { files, commands } = bundle(texts, { layout: 'file-per-policy' })
    expect(files.map(({ path }) => path)).toEqual(['shop/allow.yaml', 'shop/deny.yaml', 'kustomization.yaml'])
    expect(commands).toEqual(['kubectl apply -f shop/allow.yaml -f shop/deny.yaml'])
  })

  test('a kustomization.yaml of the workspace is not doubled', () => {
    const texts = { 'a.yaml': policy('db'), 'k/kustomization.yaml': 'resources: []\n' }
    expect(bundle(texts, { layout: 'file-per-policy' }).files.map(({ path }) => path)).toEqual(['shop/db.yaml'])
  })

  test('documents without a namespace are applied into the one that their file was given', () => {
    const bare = policy('bare').replace(', namespace: shop', '')
    const texts = { 'a.yaml': policy('named'), 'b.yaml': { text: bare, counts: true, namespace: 'prod' } }
    const { files, commands } = bundle(texts)
    expect(files.map(({ path }) => path)).toEqual(['policies.yaml', 'policies-prod.yaml'])
    expect(commands).toEqual(['kubectl apply -f policies.yaml', 'kubectl apply -n prod -f policies-prod.yaml'])
  })
})

/** The workspace with its policies replaced by their export. */
function afterExport(files: readonly SourceFile[], layout: ExportOptions['layout']): readonly SourceFile[] {
  const loaded = load(files)
  const policies = new Set(loaded.documents.filter(({ kind }) => kind === 'NetworkPolicy').map(({ file }) => file))
  const exported = exportBundle({ ...ALL, layout }, { files, loaded, opened: [], deleted: [] })
  const texts = exported.files.map(({ path, text }) => ({ path: `export/${path}`, text, counts: true }))
  return [...files.filter(({ path }) => !policies.has(path)), ...texts]
}

describe('what is exported means the same', () => {
  test.each(['one-file', 'file-per-policy'] as const)('in random clusters, as %s', (layout) => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const files = [
          { path: 'cluster.json', text: manifestsOf({ ...cluster, policies: [] }), counts: true },
          { path: 'policies.json', text: manifestsOf({ ...cluster, namespaces: [], pods: [] }), counts: true },
        ]
        const after = afterExport(files, layout)
        expect(meaning(after)).toEqual(meaning(files))
        expect(
          load(after)
            .problems.map(({ code }) => code)
            .toSorted(),
        ).toEqual(
          load(files)
            .problems.map(({ code }) => code)
            .toSorted(),
        )
      }),
      { numRuns: 150 },
    )
  })

  const folder = join(import.meta.dirname, '../corpus/scenarios')
  const scenarios = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

  test.each(scenarios)('in %s, exported with its workloads', (name) => {
    const files = [{ path: name, text: readFileSync(join(folder, name), 'utf8'), counts: true }]
    const loaded = load(files)
    const before = loaded.policies.filter(({ stale }) => !stale).map(({ name: own }) => own)
    const { files: made } = exportBundle(
      { ...ALL, workloads: true, sketches: true },
      { files, loaded, opened: [], deleted: [] },
    )
    const after = load(made.map(({ path, text }) => ({ path, text, counts: true })))
    expect(after.policies.map(({ name: own }) => own).toSorted()).toEqual(before.toSorted())
    expect(after.policies.filter(({ stale }) => stale)).toEqual([])
  })
})
