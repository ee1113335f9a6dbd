import { describe, expect, test } from 'vitest'
import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { formatPorts } from '#core/model/ports.ts'
import { plan } from './plan.ts'
import { drawnPlan } from './prove.testkit.ts'

const at = (workload: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${workload}` })

function deployment(name: string, namespace = 'shop', labels = `app: ${name}`): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
---
`
}

const policy = (name: string, spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n---\n`

const DENY_ALL = policy('default-deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }')
const NAMESPACES = ['shop', 'data']
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`)
  .join('')
const APPS = NAMESPACES + deployment('web') + deployment('api') + deployment('db', 'data')

interface World {
  readonly files: readonly SourceFile[]
  readonly made: Plan
}

function world(...texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, i) => ({ path: `file-${i}.yaml`, text, counts: true }))
}

function carryOut(files: readonly SourceFile[], intent: Intent): World {
  const loaded = load(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  const made = plan(intent, { files, loaded, evaluation, revision: 7 })
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

function open(files: readonly SourceFile[], from: End, to: End): string {
  const loaded = load(files)
  const verdict = verdictOf(evaluate(loaded.cluster, loaded.policies, loaded.settings), from, to)
  return verdict ? formatPorts(verdict.allowed) : 'not there'
}

const textOf = (files: readonly SourceFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? ''
const sides = (made: Plan): string[] =>
  [...made.opens, ...made.closes]
    .filter(({ wanted }) => !wanted)
    .map(({ from, to, ports }) => `${JSON.stringify(from)} ${JSON.stringify(to)} ${ports}`)

const draw = (files: readonly SourceFile[], from: End, port = 'TCP/8080'): readonly SourceFile[] =>
  carryOut(files, { type: 'allow', from, to: at('api'), ports: [port] }).files

function forget(files: readonly SourceFile[], from: End): World {
  const check = load(files).checks.find((one) => JSON.stringify(one.from) === JSON.stringify(from))
  if (!check) throw new Error('no check')
  return carryOut(files, { type: 'forget', check: check.ref })
}

const flip = (
  files: readonly SourceFile[],
  on: boolean,
  dns = true,
  direction: 'ingress' | 'egress' = 'egress',
): World => carryOut(files, { type: 'default-deny', namespace: 'shop', direction, on, dns })

describe('allow', () => {
  test('writes each half that is needed, and nothing else changes', () => {
    const { made, files } = carryOut(world(APPS, DENY_ALL), {
      type: 'allow',
      from: at('web'),
      to: at('api'),
      ports: ['TCP/8080'],
    })
    expect(made.refusal).toBeUndefined()
    expect(open(files, at('web'), at('api'))).toBe('TCP 8080')
    expect(sides(made)).toEqual([])
    expect(made.needsPreview).toBe(false)
    expect(textOf(files, 'file-1.yaml')).toContain('name: api-ingress')
    expect(textOf(files, 'file-1.yaml')).toContain('name: web-egress')
    expect(textOf(files, 'file-1.yaml').startsWith(DENY_ALL)).toBe(true)
    expect(textOf(files, 'checks.yaml')).toContain('workload: Deployment/api')
  })

  test('a second source for the same ports joins the rule', () => {
    const start = world(APPS, DENY_ALL, DENY_ALL.replace('namespace: shop', 'namespace: data'))
    const to = at('db', 'data')
    const one = carryOut(start, { type: 'allow', from: at('web'), to, ports: ['TCP/8080'] })
    const two = carryOut(one.files, { type: 'allow', from: at('api'), to, ports: ['TCP/8080'] })
    const text = textOf(two.files, 'file-2.yaml')
    expect(text.match(/kind: NetworkPolicy/g)).toHaveLength(2)
    expect(text.match(/ports:/g)).toHaveLength(1)
    expect(text.match(/podSelector:/g)).toHaveLength(4)
    expect(open(two.files, at('web'), to)).toBe('TCP 8080')
    expect(open(two.files, at('api'), to)).toBe('TCP 8080')
  })

  test('two peers and two ports are never multiplied', () => {
    const start = world(APPS, DENY_ALL, DENY_ALL.replace('namespace: shop', 'namespace: data'))
    const one = carryOut(start, { type: 'allow', from: at('web'), to: at('db', 'data'), ports: ['TCP/8080'] })
    const two = carryOut(one.files, { type: 'allow', from: at('api'), to: at('db', 'data'), ports: ['TCP/5432'] })
    expect(open(two.files, at('web'), at('db', 'data'))).toBe('TCP 8080')
    expect(open(two.files, at('api'), at('db', 'data'))).toBe('TCP 5432')
  })

  test('where nothing isolates the destination, it says what the new policy will deny', () => {
    const start = world(APPS)
    const { made: first } = carryOut(start, { type: 'allow', from: at('web'), to: at('api'), ports: [] })
    expect([first, ...first.others].map(({ title }) => title)).toEqual([
      'Save the check only',
      'Isolate shop/api, and keep the present traffic between loaded workloads',
      'New policy api-ingress',
    ])
    const made = first.others[1] ?? first
    const files = made.changes.reduce(applyChange, start)
    expect(made.needsPreview).toBe(true)
    expect(made.sentences[0]).toContain('Nothing isolates shop/api')
    expect(made.closes.map(({ from }) => from)).toContainEqual(at('db', 'data'))
    expect(made.closes.map(({ from }) => from)).toContainEqual({ internet: true })
    expect(open(files, at('web'), at('api'))).toBe('all ports')
    expect(open(files, at('db', 'data'), at('api'))).toBe('no ports')
  })

  test('what a rule allows already only gets its check', () => {
    const files = world(APPS, policy('api', '{ podSelector: { matchLabels: { app: api } }, ingress: [{}] }'))
    const { made } = carryOut(files, { type: 'allow', from: at('web'), to: at('api'), ports: ['TCP/80'] })
    expect(made.changes.map(({ path }) => path)).toEqual(['checks.yaml'])
    expect(made.sentences).toEqual([
      'shop/web → shop/api is allowed already, by rule 1 of shop/api. Only the check is added.',
    ])
  })

  test.each<[string, End, string]>([
    ['the internet', { internet: true }, '169.254.0.0/16'],
    ['an IP block', { cidr: '10.1.0.0/16', except: ['10.1.2.0/24'] }, '10.1.2.0/24'],
    ['a whole namespace', { namespace: 'data' }, 'kubernetes.io/metadata.name: data'],
  ])('from %s', (_, from, expected) => {
    const { made, files } = carryOut(world(APPS, DENY_ALL), { type: 'allow', from, to: at('api'), ports: ['TCP/8080'] })
    expect(made.refusal).toBeUndefined()
    expect(textOf(files, 'file-1.yaml')).toContain(expected)
    expect(sides(made)).toEqual([])
  })

  test('a block that may hold pods without known addresses says that they become undetermined', () => {
    const intent: Intent = { type: 'allow', from: { cidr: '10.1.0.0/16' }, to: at('api'), ports: ['TCP/8080'] }
    const { made } = carryOut(world(APPS, DENY_ALL), intent)
    expect(made.other.map(({ from, ports }) => [from, ports])).toContainEqual([at('db', 'data'), 'TCP 8080'])
    expect(made.needsPreview).toBe(true)
  })

  test.each([
    ['TCP/8000-8090', 'endPort: 8090', 'TCP 8000-8090'],
    ['TCP/http', 'port: http', 'TCP 8080'],
    ['UDP', 'protocol: UDP', 'all UDP ports'],
  ])('writes the ports %s', (port, expected, ports) => {
    const { files } = carryOut(world(APPS, DENY_ALL), { type: 'allow', from: at('web'), to: at('api'), ports: [port] })
    expect(textOf(files, 'file-1.yaml')).toContain(expected)
    expect(open(files, at('web'), at('api'))).toBe(ports)
  })

  test('labels that are shared with another workload are told apart', () => {
    const twins =
      NAMESPACES +
      deployment('web') +
      deployment('api', 'shop', 'app: api, tier: a') +
      deployment('canary', 'shop', 'app: api, tier: a, track: new')
    const { made, files } = carryOut(world(twins, DENY_ALL), {
      type: 'allow',
      from: at('web'),
      to: at('api'),
      ports: ['TCP/8080'],
    })
    expect(made.warnings).toEqual([])
    expect(open(files, at('web'), at('api'))).toBe('TCP 8080')
    expect(open(files, at('web'), at('canary'))).toBe('no ports')
  })

  test('labels that cannot be told apart are said', () => {
    const twins =
      NAMESPACES + deployment('web') + deployment('api', 'shop', 'app: api') + deployment('twin', 'shop', 'app: api')
    const { made } = carryOut(world(twins, DENY_ALL), {
      type: 'allow',
      from: at('web'),
      to: at('api'),
      ports: ['TCP/8080'],
    })
    expect(made.warnings.join()).toContain('shop/twin')
    expect(made.needsPreview).toBe(true)
  })

  test('a port that nobody declares is refused with what to write', () => {
    const { made } = carryOut(world(APPS), { type: 'allow', from: at('web'), to: at('api'), ports: ['TCP/grpc'] })
    expect(made.refusal).toContain('declares no port TCP/grpc')
    expect(made.changes).toEqual([])
  })
})

describe('forget', () => {
  test('takes back exactly what the drawing wrote', () => {
    const start = world(APPS, DENY_ALL)
    const { made, files } = forget(draw(start, at('web')), at('web'))
    expect(made.refusal).toBeUndefined()
    expect(open(files, at('web'), at('api'))).toBe('no ports')
    expect(files.map(({ path, text }) => [path, text.replace(/---\n$/, '')])).toEqual(
      start.map(({ path, text }) => [path, text.replace(/---\n$/, '')]),
    )
  })

  test('leaves what another check needs', () => {
    const both = draw(draw(world(APPS, DENY_ALL), at('web')), at('db', 'data'))
    const { made, files } = forget(both, at('web'))
    expect(made.sentences).toContain('Takes a peer (from) out of rule 1 of api-ingress.')
    expect(open(files, at('web'), at('api'))).toBe('no ports')
    expect(open(files, at('db', 'data'), at('api'))).toBe('TCP 8080')
  })

  test('leaves text written by hand, and says that it still allows', () => {
    const hand = policy(
      'mine',
      '{ podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }',
    )
    const start = world(APPS, hand)
    const { made, files } = forget(draw(start, at('web')), at('web'))
    expect(textOf(files, 'file-1.yaml')).toBe(hand)
    expect(made.sentences.join(' ')).toContain('still allowed by shop/mine line 4 of file-1.yaml: deny it instead?')
    expect(made.help.map(({ intent }) => intent)).toEqual([
      { type: 'deny', from: at('web'), to: at('api'), ports: ['TCP/8080'] },
    ])
  })

  test('splits a rule that serves other edges, too', () => {
    let files = draw(draw(world(APPS, DENY_ALL), at('web'), 'TCP/8080'), at('web'), 'TCP/9090')
    files = carryOut(files, {
      type: 'allow',
      from: at('db', 'data'),
      to: at('api'),
      ports: ['TCP/8080', 'TCP/9090'],
    }).files
    const { files: left } = forget(files, at('web'))
    expect([open(left, at('web'), at('api')), open(left, at('db', 'data'), at('api'))]).toEqual([
      'TCP 9090',
      'TCP 8080, 9090',
    ])
  })

  test('is seen first where it would open anything', () => {
    const start = world(APPS)
    const { made: drawn } = carryOut(start, { type: 'allow', from: at('web'), to: at('api'), ports: ['TCP/8080'] })
    const { made } = forget(drawnPlan(drawn).changes.reduce(applyChange, start), at('web'))
    expect(made.needsPreview).toBe(true)
    expect(made.opens.length).toBeGreaterThan(0)
  })
})

describe('default deny', () => {
  test('without DNS says who loses it', () => {
    const dns = deployment('kube-dns', 'kube-system', 'k8s-app: kube-dns')
    const { made } = flip(world(APPS + dns), true, false)
    expect(made.warnings).toEqual(['Cuts off DNS for shop/web, shop/api: names do not resolve there any more.'])
    expect(made.needsPreview).toBe(true)
  })

  test('with DNS, and nothing else that was wanted open, is asked about all the same: it cuts', () => {
    const dns = deployment('kube-dns', 'kube-system', 'k8s-app: kube-dns')
    expect(flip(world(APPS + dns), true).made.needsPreview).toBe(true)
  })

  test('beside one that was written by hand is another policy', () => {
    const { files } = flip(
      world(APPS, policy('default-deny', '{ podSelector: {}, policyTypes: [Ingress] }')),
      true,
      false,
    )
    expect(textOf(files, 'file-1.yaml')).toContain('name: default-deny-egress')
  })

  test('of egress keeps DNS', () => {
    const dns = deployment('kube-dns', 'kube-system', 'k8s-app: kube-dns')
    const { files, made } = flip(world(APPS + dns), true)
    expect(made.refusal).toBeUndefined()
    expect(open(files, at('web'), at('api'))).toBe('no ports')
    expect(open(files, at('web'), at('kube-dns', 'kube-system'))).toBe('TCP 53; UDP 53')
  })

  test('goes off again without a trace', () => {
    const start = world(APPS)
    const on = flip(start, true)
    const off = flip(on.files, false)
    expect(off.made.needsPreview).toBe(true)
    expect(off.files.map(({ path }) => path)).toEqual(start.map(({ path }) => path))
  })

  test('of both directions is one policy, and each goes off alone', () => {
    const both = flip(flip(world(APPS), true, false, 'ingress').files, true, false).files
    expect(textOf(both, 'policies/shop.yaml').match(/kind: NetworkPolicy/g)).toHaveLength(1)
    const off = flip(both, false, false, 'ingress').files
    expect(open(off, at('db', 'data'), at('api'))).toBe('all ports')
    expect(open(off, at('web'), at('db', 'data'))).toBe('no ports')
  })
})

describe('sketches', () => {
  test('a namespace and a workload become documents that can be drawn to', () => {
    const one = carryOut([], { type: 'add-namespace', name: 'shop', labels: {} })
    const two = carryOut(one.files, {
      type: 'add-workload',
      namespace: 'shop',
      name: 'web',
      labels: {},
      ports: ['http=TCP/8080'],
    })
    const three = carryOut(two.files, {
      type: 'add-workload',
      namespace: 'shop',
      name: 'api',
      labels: { app: 'on' },
      ports: [],
    })
    expect(three.made.refusal).toBeUndefined()
    expect(load(three.files).problems).toEqual([])
    const drawn = carryOut(three.files, { type: 'allow', from: at('api'), to: at('web'), ports: ['TCP/http'] })
    expect(open(drawn.files, at('api'), at('web'))).toBe('TCP 8080')
  })

  test('a name that Kubernetes would not take is refused', () => {
    expect(carryOut([], { type: 'add-namespace', name: 'My Shop', labels: {} }).made.refusal).toContain('lower-case')
  })

  test('removing a card removes its documents, and names what it leaves behind', () => {
    const files = world(APPS, policy('api', '{ podSelector: { matchLabels: { app: api } } }'))
    const { made, files: rest } = carryOut(files, { type: 'remove', end: at('api') })
    expect(load(rest).cluster.workloads.map(({ name }) => name)).toEqual(['web', 'db'])
    expect(made.warnings).toContain('The policy shop/api selects no pod any more.')
    expect(made.needsPreview).toBe(true)
  })
})
