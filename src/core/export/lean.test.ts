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

const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`

const named = (name: string, path: string): SourceFile =>
  file(`apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`, path)

const service = (name: string, ip: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { clusterIP: ${ip}, selector: { app: a }, ports: [{ port: 80 }] }\n`

const podOn = (name: string, node: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { nodeName: ${node}, containers: [] }\n`

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

  test('keeps checks and settings that do not parse, and a policy that would be rejected, but no such workload', () => {
    const broken = ['ConnectivityChecks', 'DrawbridgeSettings', 'AdminNetworkPolicy'].map(
      (kind) => `kind: ${kind}\n x: [\n`,
    )
    const json = '{\n  "kind": "NetworkPolicy",\n  "spec": [\n'
    expect(lean([file([...broken, json].join('---\n'))]).files[0]?.text).toBe([...broken, json].join('---\n'))
    const rejected =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: 7}\n'
    const workload = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${CANARY}}\nspec: 7\n`
    const { files, leftOut } = lean([file(`${rejected}---\n${workload}`)])
    expect(files.map(({ text }) => text)).toEqual([rejected])
    expect(leftOut).toEqual(['IP addresses of pods and nodes', 'Deployment'])
    expect(lean([file('kind: Networking\n x: [\n')]).files).toEqual([])
  })

  test('counts what is left out by kind, and says no more of what is told already', () => {
    const silent: SourceFile = { path: 'off.yaml', text: secret('c'), counts: false }
    const files = [file([secret('a'), '# nothing\n', secret('b'), 'a: [\n', 'b: [\n'].join('---\n')), silent]
    expect(lean(files, true).leftOut).toEqual([
      'Secret × 2',
      'Document that can’t be read × 2',
      'off.yaml, which doesn’t count',
    ])
  })

  test('of files whose names would be one has names for both, and leaves the ending as it is', () => {
    const files = [
      named('a', 'x.YML'),
      named('b', 'x.json'),
      named('c', 'x.yaml'),
      named('d', 'x'),
      named('e', 'y.yml'),
    ]
    expect(lean(files).files.map(({ path }) => path)).toEqual(['x.yml', 'x.yaml', 'x-2.yaml', 'x-3.yaml', 'y.yml'])
  })

  test('says of a Service that it is headless, and no address of another', () => {
    const [text = ''] = lean([file(`${service('a', 'None')}---\n${service('b', '10.96.0.7')}`)]).files.map(
      (one) => one.text,
    )
    expect(text.match(/clusterIP: .*/g)).toEqual(['clusterIP: None'])
    expect(text).not.toContain('10.96')
  })

  test('gives each node one name, whatever runs on it', () => {
    const text = [podOn('a', 'ip-10-0-0-1'), podOn('b', 'ip-10-0-0-2'), podOn('c', 'ip-10-0-0-1')].join('---\n')
    const found = lean([file(text)]).files[0]?.text.match(/nodeName: .*/g)
    expect(found).toEqual(['nodeName: node-1', 'nodeName: node-2', 'nodeName: node-1'])
    expect(lean([file(text)], true).files[0]?.text).toContain('nodeName: ip-10-0-0-2')
  })

  test('needs addresses where a policy names nodes, and some are known', () => {
    const admin = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: a }
spec: { priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ nodes: {} }] }] }
`
    const node = `apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [] }\n`
    expect(lean([file(`${admin}---\n${node}`)]).needsIps).toBe(true)
    expect(lean([file(admin)]).needsIps).toBe(false)
    expect(lean([file(node)]).needsIps).toBe(false)
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
