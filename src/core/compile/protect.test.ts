import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import { formatPorts } from '#core/model/ports.ts'
import { describe, expect, test } from 'vitest'
import { plan } from './plan.ts'
import { drawnPlan } from './prove.testkit.ts'
import { carryOut, worldOf } from './world.testkit.ts'

const at = (workload: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${workload}` })

function deployment(name: string, port: number, namespace = 'shop', labels = `app: ${name}`): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: main, image: x, ports: [{ name: main, containerPort: ${port} }] }] }
---
`
}

const service = (app: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${app}, namespace: shop }\nspec: { selector: { app: ${app} }, ${spec} }\n---\n`
const NAMESPACES = ['shop', 'data', 'kube-system']
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`)
  .join('')
const DNS = `${deployment('coredns', 53, 'kube-system', 'k8s-app: kube-dns')}apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { selector: { k8s-app: kube-dns }, ports: [{ name: udp, port: 53, protocol: UDP }, { name: tcp, port: 53 }] }
---
`
const APPS = NAMESPACES + deployment('web', 8080) + deployment('api', 9090) + deployment('db', 5432, 'data') + DNS

const check = (name: string, from: string, to: string, ports: string): string =>
  `  - { name: ${name}, from: ${from}, to: ${to}, ports: [${ports}], expect: allowed }\n`
const workload = (name: string, namespace = 'shop'): string =>
  `{ namespace: ${namespace}, workload: Deployment/${name} }`
const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: checks }
checks:
${check('a', workload('web'), workload('api'), 'TCP/9090')}${check('b', workload('api'), workload('db', 'data'), 'TCP/5432')}${check('c', '{ anywhere: true }', workload('web'), 'TCP/8080')}`

const world = (...texts: readonly string[]): readonly SourceFile[] =>
  texts.map((text, i) => ({ path: `file-${i}.yaml`, text, counts: true }))

function protect(
  files: readonly SourceFile[],
  { namespaces = [], directions = 'both' }: Partial<Extract<Intent, { type: 'protect' }>> = {},
  style?: PlanStyle,
): Plan {
  return plan({ type: 'protect', namespaces, directions }, { ...worldOf(files), revision: 3, style })
}

const ENDS: readonly (readonly [string, End])[] = [
  ['web', at('web')],
  ['api', at('api')],
  ['db', at('db', 'data')],
  ['dns', at('coredns', 'kube-system')],
  ['internet', { internet: true }],
]

/** Every open connection but those into kube-system's own pods from outside of the protected namespaces. */
function open(files: readonly SourceFile[]): readonly string[] {
  const { evaluation } = worldOf(files)
  return ENDS.flatMap(([one, from]) =>
    ENDS.flatMap(([other, to]) => {
      const set = one === other || one === 'dns' ? undefined : verdictOf(evaluation, from, to)?.allowed
      const ports = set ? formatPorts(set) : 'no ports'
      return ports === 'no ports' || (one === 'internet' && other === 'dns') ? [] : [`${one} → ${other} ${ports}`]
    }),
  )
}

const unwanted = (made: Plan): readonly unknown[] =>
  [...made.opens, ...made.closes, ...made.other].filter((one) => !one.wanted)
const textIn = (files: readonly SourceFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? ''

const DNS_OPEN = ['web', 'api', 'db'].map((name) => `${name} → dns TCP 53; UDP 53`)

describe('protect everything', () => {
  test.each<PlanStyle>(['per-workload', 'per-edge', 'per-namespace'])(
    'leaves open what the checks ask for, and DNS, laid out %s',
    (style) => {
      const files = world(APPS, CHECKS)
      const made = protect(files, {}, style)
      expect(made.refusal).toBeUndefined()
      expect(made.needsPreview).toBe(true)
      expect(made.warnings).toEqual([])
      expect(unwanted(made)).toEqual([])
      expect(made.sentences[0]).toBe('Leaves out kube-system: the cluster itself runs there.')
      // What anybody may reach has no egress half: pods that may send nothing else don't reach it either.
      expect(open(carryOut(files, made)).toSorted()).toEqual(
        [...DNS_OPEN, 'api → db TCP 5432', 'internet → web TCP 8080', 'web → api TCP 9090'].toSorted(),
      )
    },
  )

  test('for ingress alone leaves what pods send alone', () => {
    const files = world(APPS, CHECKS)
    const after = open(carryOut(files, protect(files, { directions: 'ingress' })))
    expect(after).toContain('web → internet all ports')
    expect(after).toContain('api → web TCP 8080')
    expect(after).not.toContain('web → db TCP 5432')
    expect(after).toContain('api → db TCP 5432')
  })

  test('a second time there is nothing left to write', () => {
    const files = world(APPS, CHECKS)
    const after = carryOut(files, protect(files))
    const again = protect(after)
    expect(again.changes).toEqual([])
    expect(again.refusal).toBeUndefined()
  })

  test('says that there is nothing to protect', () => {
    expect(protect(world(NAMESPACES)).refusal).toContain('no namespace with pods')
    expect(protect(world(APPS), { namespaces: ['shp'] }).refusal).toContain('no namespace shp')
  })
})

describe('protect a namespace', () => {
  test('touches no other one', () => {
    const files = world(APPS, CHECKS)
    const made = protect(files, { namespaces: ['data'] })
    const after = carryOut(files, made)
    expect(open(after)).toContain('web → api all ports')
    expect(open(after)).toContain('api → db TCP 5432')
    expect(open(after)).not.toContain('web → db all ports')
    expect(made.changes.map((change) => 'path' in change && change.path)).toEqual(['policies/data.yaml'])
  })

  test('without checks keeps what Services offer open inside, and offers to close it', () => {
    const files = world(APPS, service('api', 'ports: [{ port: 80, targetPort: main }]'))
    const made = protect(files, { namespaces: ['shop'] })
    expect(made.sentences.join(' ')).toContain('No check speaks of shop/web and shop/api')
    const after = open(carryOut(files, made))
    expect(after).toContain('web → api TCP 9090')
    expect(after).not.toContain('db → api all ports')
    const [strict] = made.others
    expect(strict?.title).toBe('Only what the checks say')
    expect(strict?.warnings.join(' ')).toContain('nobody reaches them any more')
    expect(open(carryOut(files, strict ?? made))).not.toContain('web → api TCP 9090')
  })

  test('keeps what is exposed: anybody through a node port, all pods where the controller is not known', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
`
    const files = world(
      APPS,
      CHECKS.replace(check('c', '{ anywhere: true }', workload('web'), 'TCP/8080'), ''),
      service('web', 'ports: [{ port: 80, targetPort: 8080 }]') + ingress,
      service('api', 'type: NodePort, ports: [{ port: 80, targetPort: 9090 }]'),
    )
    const made = protect(files, { namespaces: ['shop'], directions: 'ingress' })
    const ways = [made, ...made.others]
    for (const way of ways) {
      const after = carryOut(files, way)
      expect(open(after)).toContain('internet → api TCP 9090')
      expect(open(after)).toContain('db → web TCP 8080')
      expect(open(after)).not.toContain('internet → web TCP 8080')
      expect(way.warnings.join(' ')).toContain('Where the ingress controller runs is not said')
    }
  })

  test('lets only the ingress controller in where it is known', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: settings }
ingressController: { namespace: data, labels: { app: db } }
---
`
    const files = world(APPS, service('web', 'ports: [{ port: 80, targetPort: 8080 }]') + ingress)
    const made = protect(files, { namespaces: ['shop'], directions: 'ingress' })
    const strict = [made, ...made.others].find(({ title }) => title === 'Only what the checks say')
    const after = strict ? open(carryOut(files, strict)) : []
    expect(after).toContain('db → web TCP 8080')
    expect(after).not.toContain('api → web TCP 8080')
  })

  test('puts a new rule into a policy that others wrote for just these pods', () => {
    const hand = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api-in, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { name: shop } } }]
      ports: [{ port: 9090 }]
`
    const files = world(APPS, CHECKS, hand)
    const made = protect(files, { namespaces: ['shop'], directions: 'ingress' })
    const text = carryOut(files, made)
      .map((file) => file.text)
      .join('')
    expect(text).not.toContain('name: api-ingress')
    expect(text).toContain('matchLabels: { name: shop }')
    expect(open(carryOut(files, made))).toContain('web → api TCP 9090')
  })

  test('of a namespace with one workload, names its policy after that; others share one that is named after what it allows', () => {
    const all = check('d', '{ namespace: data }', '{ internet: true }', 'TCP/443')
    const two = check('e', '{ namespace: shop }', '{ internet: true }', 'TCP/443')
    const files = world(APPS, CHECKS + all + two)
    const after = carryOut(files, protect(files, { namespaces: ['shop', 'data'] }))
    expect(textIn(after, 'policies/data.yaml')).toContain('name: db-egress')
    expect(textIn(after, 'policies/data.yaml')).not.toContain('name: all-')
    expect(textIn(after, 'policies/shop.yaml')).toContain('name: allow-to-internet')
  })

  test('puts a new rule into the policy that a drawn edge made', () => {
    const drawn = plan(
      { type: 'allow', from: at('db', 'data'), to: at('api'), ports: ['TCP/9090'] },
      { ...worldOf(world(APPS)), revision: 1 },
    )
    const files = [...carryOut(world(APPS), drawnPlan(drawn)), ...world(APPS, CHECKS).slice(1)]
    const after = carryOut(files, protect(files, { namespaces: ['shop'], directions: 'ingress' }))
    const text = textIn(after, 'policies/shop.yaml')
    expect(text.match(/name: api-ingress/g)).toHaveLength(1)
    expect(open(after)).toContain('web → api TCP 9090')
    expect(open(after)).toContain('db → api TCP 9090')
  })

  test('writes nothing again that a policy by hand allows already', () => {
    const byHand = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: mine, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }
---
`
    const files = world(APPS, CHECKS, byHand)
    const after = carryOut(files, protect(files, { namespaces: ['shop'], directions: 'ingress' }))
    expect(textIn(after, 'file-2.yaml').startsWith(byHand)).toBe(true)
    expect(textIn(after, 'file-2.yaml')).not.toContain('api-ingress')
    expect(open(after)).toContain('web → api all ports')
  })

  test('says which connection no policy can name', () => {
    const host = deployment('host', 80).replace('containers:', 'hostNetwork: true, containers:')
    const files = world(APPS + host, CHECKS + check('d', workload('host'), workload('api'), 'TCP/9090'))
    const made = protect(files, { namespaces: ['shop'] })
    expect(made.refusal).toBeUndefined()
    expect(made.warnings.join(' ')).toContain('shop/api and shop/host stay apart')
  })

  test('the DNS of the cluster stays open to all when it is protected itself', () => {
    const files = world(APPS, CHECKS)
    const made = protect(files, { namespaces: ['kube-system'], directions: 'ingress' })
    const after = open(carryOut(files, made))
    expect(after).toContain('db → dns TCP 53; UDP 53')
  })
})
