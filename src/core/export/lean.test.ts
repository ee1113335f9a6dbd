import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import { KINDS } from '#core/kinds/index.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import type { LeanCopy } from '#core/model/sharing.ts'
import { leanCopy } from './lean.ts'
import { meaning } from './meaning.testkit.ts'

const file = (text: string, path = 'a.yaml'): SourceFile => ({ path, text, counts: true })

function lean(files: readonly SourceFile[], ips = false): LeanCopy {
  return leanCopy(files, load(files), { ips })
}

// Where things stand in a text is another place in the copy.
function bare(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, own: unknown) => (key === 'ref' || key === 'range' ? undefined : own)))
}

function reopened({ files }: Pick<LeanCopy, 'files'>): readonly SourceFile[] {
  return files.map((one) => ({ ...one, counts: true }))
}

// Every word that must stay at home is one of these.
const CANARY = 'canary'
const FULL = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  uid: canary-uid
  annotations: { note: canary }
  managedFields: [{ manager: canary }]
  labels: { tier: front }
spec:
  replicas: 2
  strategy: { type: canary }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { prometheus.io/scrape: "true", prometheus.io/path: /canary } }
    spec:
      # a canary in a comment
      serviceAccountName: canary
      volumes: [{ name: canary, secret: { secretName: canary } }]
      imagePullSecrets: [{ name: canary }]
      containers:
        - name: web
          image: registry.canary.example/web:1
          command: [canary]
          args: [--password=canary]
          env: [{ name: PASSWORD, value: canary }]
          livenessProbe: { httpGet: { path: /canary } }
          ports: [{ name: http, containerPort: 8080, hostIP: 10.9.9.9 }]
status: { replicas: 2, canary: true }
---
apiVersion: v1
kind: Secret
metadata: { name: canary, namespace: shop }
data: { password: Y2FuYXJ5 }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: canary, namespace: shop }
data: { canary: canary }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: canary
    other: canary
spec:
  podSelector: { matchLabels: { app: web } } # the front
  ingress: []
`

describe('a lean copy', () => {
  test('holds nothing that verdicts do not read, and says so', () => {
    const { files, leftOut } = lean([file(FULL)])
    expect(JSON.stringify(files)).not.toMatch(/canary|Y2Fu|10\.9/i)
    expect(leftOut).toEqual([
      'Images, commands, environment, volumes and annotations',
      'IP addresses of pods and nodes',
      'Secret',
      'ConfigMap',
    ])
    expect(meaning(reopened({ files }))).toEqual(meaning([file(FULL)]))
  })

  test('keeps the words of policies and checks, comments and all', () => {
    const [policy] = lean([file(FULL)]).files
    expect(policy?.text).toContain('  podSelector: { matchLabels: { app: web } } # the front\n')
    const checks =
      '# what we want\napiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: { name: a }\nchecks: []\n'
    expect(lean([file(checks)]).files).toEqual([{ path: 'a.yaml', text: checks }])
  })

  test('has addresses only on request', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: a, labels: { app: a } }
spec: { nodeName: n1, containers: [{ name: a, image: a }] }
status: { phase: Running, podIP: 10.0.0.7, podIPs: [{ ip: 10.0.0.7 }], hostIP: 10.9.9.9 }
---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: InternalIP, address: 10.1.0.1 }] }
`
    expect(JSON.stringify(lean([file(pod)]))).not.toMatch(/10\.|n1/)
    expect(lean([file(pod)]).leftOut).toContain('Node')
    // Which pods share a node counts; its name is often its address.
    expect(JSON.stringify(lean([file(pod)]))).toContain('nodeName: node-1')
    const policy = (from: string): SourceFile =>
      file(
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { podSelector: {}, ingress: [{ from: [${from}] }] }\n`,
        'policy.yaml',
      )
    const byBlock = [file(pod), policy('{ ipBlock: { cidr: 10.0.0.0/8 } }')]
    expect(lean(byBlock).needsIps).toBe(true)
    expect(lean(byBlock, true).needsIps).toBe(false)
    expect(lean([file(pod), policy('{ podSelector: {} }')]).needsIps).toBe(false)
    expect(lean(byBlock.slice(1)).needsIps).toBe(false)
    const withIps = lean([file(pod)], true)
    expect(meaning(reopened(withIps))).toEqual(meaning([file(pod)]))
    expect(JSON.stringify(withIps)).not.toContain('10.9.9.9')
    expect(load(reopened(withIps)).cluster.nodes).toMatchObject(
      load([file(pod)]).cluster.nodes.map(({ ips }) => ({ ips })),
    )
  })

  test('keeps a policy that does not parse, but no other such text', () => {
    const broken = 'kind: NetworkPolicy\nspec: [\n'
    const { files, leftOut } = lean([file(`${broken}---\nkind: Deployment\nspec: [canary\n`)])
    expect(files.map(({ text }) => text)).toEqual([broken])
    expect(leftOut.at(-1)).toMatch(/can’t be read|Deployment/)
    expect(JSON.stringify(files)).not.toContain(CANARY)
  })

  test('leaves out files that do not count and documents that another one overrides', () => {
    const twice = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n'
    const silent: SourceFile = { path: 'patch.yaml', text: twice, counts: false }
    const { files, leftOut } = lean([file(`${twice}---\n${twice}`), silent])
    expect(files).toEqual([{ path: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n' }])
    expect(leftOut).toEqual(expect.arrayContaining(['Namespace', 'patch.yaml, which doesn’t count']))
  })

  test('of a JSON list is YAML under a free name, and keeps the namespace of its file', () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'PodList',
      items: [
        { metadata: { name: 'a', labels: { app: 'a' } }, spec: { containers: [{ name: CANARY, image: CANARY }] } },
      ],
    })
    const files = [
      file('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n'),
      { ...file(list, 'a.json'), namespace: 'shop' },
    ]
    const copy = lean(files)
    expect(copy.files.map(({ path, namespace }) => [path, namespace])).toEqual([
      ['a.yaml', undefined],
      ['a-2.yaml', 'shop'],
    ])
    expect(meaning(reopened(copy))).toEqual(meaning(files))
  })
})

describe('a lean copy means the same', () => {
  const folder = join(import.meta.dirname, '../corpus/scenarios')
  const scenarios = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

  test.each(scenarios)('in %s', (name) => {
    const files = [file(readFileSync(join(folder, name), 'utf8'), name)]
    expect(meaning(reopened(lean(files, true)))).toEqual(meaning(files))
  })

  test.each(KINDS.map(({ kind, groups, example }) => [`${kind} of ${groups[0]}`, example] as const))(
    'for the example of %s',
    (_, example) => {
      const files = [file(example.trimStart())]
      const [before, after] = [load(files), load(reopened(lean(files, true)))]
      expect(bare(after.cluster)).toEqual(bare(before.cluster))
      expect(bare(after.policies)).toEqual(bare(before.policies))
      expect(bare([after.checks, after.settings])).toEqual(bare([before.checks, before.settings]))
    },
  )

  test('in random clusters', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const files = [file(manifestsOf(cluster), 'all.json')]
        expect(meaning(reopened(lean(files, true)))).toEqual(meaning(files))
      }),
      { numRuns: 60 },
    )
  })
})
