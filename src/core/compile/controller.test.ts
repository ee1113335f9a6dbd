import { describe, expect, test } from 'vitest'
import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { formatPorts } from '#core/model/ports.ts'
import { plan } from './plan.ts'

const CONTROLLER: End = { ingressController: true }
const web: End = { namespace: 'shop', workload: 'Deployment/web' }

const APPS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: x, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`

const settings = (place: string): string =>
  `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: { name: s }\ningressController: ${place}\n`

const world = (...texts: readonly string[]): readonly SourceFile[] =>
  texts.map((text, i) => ({ path: `file-${i}.yaml`, text, counts: true }))

function carryOut(files: readonly SourceFile[], intent: Intent): { files: readonly SourceFile[]; made: Plan } {
  const loaded = load(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const made = plan(intent, { files, loaded, evaluation, revision: 1 })
  return { made, files: made.changes.reduce(applyChange, files) }
}

function applyChange(files: readonly SourceFile[], change: Plan['changes'][number]): readonly SourceFile[] {
  if (change.type === 'create') return [...files, { path: change.path, text: change.text, counts: true }]
  if (change.type === 'delete') return files.filter(({ path }) => path !== change.path)
  if (change.type === 'rename') return files
  return files.map((file) =>
    file.path === change.path ? { ...file, text: applyEdits(file.text, change.edits) } : file,
  )
}

function open(files: readonly SourceFile[]): string {
  const loaded = load(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const verdict = verdictOf(evaluation, CONTROLLER, web)
  return verdict ? formatPorts(verdict.allowed) : 'nobody'
}

const allow: Intent = { type: 'allow', from: CONTROLLER, to: web, ports: ['TCP/8080'] }

describe('drawing from the ingress controller', () => {
  test.each([
    ['{ namespace: edge, labels: { app: nginx } }', ['kubernetes.io/metadata.name: edge', 'app: nginx']],
    ['{ namespace: edge }', ['kubernetes.io/metadata.name: edge']],
    ['{ namespace: shop, labels: { app: nginx } }', ['app: nginx']],
  ])('names the pods of %s, and nothing else is opened', (place, written) => {
    const { files, made } = carryOut(world(APPS, DENY, settings(place)), allow)
    expect(made.refusal).toBeUndefined()
    expect(open(files)).toBe('TCP 8080')
    const text = files.map((file) => file.text).join('\n---\n')
    for (const part of written) expect(text).toContain(part)
    expect(text.includes('kubernetes.io/metadata.name')).toBe(written.length > 1 || place.includes('edge }'))
    expect(made.opens.map(({ from, wanted }) => [from, wanted])).toEqual([[CONTROLLER, true]])
  })

  test('can be forgotten again', () => {
    const drawn = carryOut(world(APPS, DENY, settings('{ namespace: edge, labels: { app: nginx } }')), allow)
    const [check] = load(drawn.files).checks
    const { files } = carryOut(drawn.files, {
      type: 'forget',
      check: check?.ref ?? { document: '', path: [], range: { from: 0, to: 0 } },
    })
    expect(open(files)).toBe('no ports')
    expect(files.filter(({ text }) => text.includes('app: nginx')).map(({ path }) => path)).toEqual(['file-2.yaml'])
  })

  test.each([
    ['while a policy isolates the target', [APPS, DENY]],
    ['while nothing does, as the drawing would', [APPS]],
  ])('is refused where nobody said where it runs, %s', (_, texts) => {
    const { made } = carryOut(world(...texts), allow)
    expect(made.refusal).toContain('Say where the ingress controller runs')
    expect(made.changes).toEqual([])
  })

  test('is refused where policies stop it at the controller', () => {
    const deny = DENY.replace('namespace: shop', 'namespace: edge').replace('[Ingress]', '[Egress]')
    const { made } = carryOut(world(APPS, deny, settings('{ namespace: edge }')), allow)
    expect(made.refusal).toContain('closed where it begins: edge/default-deny restricts what the pods')
  })
})

test('who isolates a workload behind an Ingress is told that the ingress controller loses it', () => {
  const files = world(APPS, settings('{ namespace: edge }'))
  const { made } = carryOut(files, {
    type: 'default-deny',
    namespace: 'shop',
    direction: 'ingress',
    on: true,
    dns: false,
  })
  expect(made.closes.some(({ from, ports }) => 'ingressController' in from && ports === 'TCP 8080')).toBe(true)
})

test('a node is no end of a policy, and the refusal says what is', () => {
  const node = `apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [{ type: InternalIP, address: 192.168.0.1 }] }\n`
  const { made } = carryOut(world(APPS, DENY, node), { ...allow, from: { node: 'n1' } })
  expect(made.refusal).toContain('can’t name a node: draw to the addresses of node n1 as an IP block')
})
