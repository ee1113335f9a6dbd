import type { End } from '#core/model/end.ts'
import { describe, expect, test } from 'vitest'
import { block, cluster, evaluated, known, pod, pods, policy, port, selector, told, workload } from './build.testkit.ts'
import { type Evaluation, isolationOf, verdictOf, verdictOfPods } from './evaluate.ts'

const at = (name: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${name}` })
const internet: End = { internet: true }
const ask = (evaluation: Evaluation, from: End, to: End): string => told(verdictOf(evaluation, from, to))
const denyIngress = policy('deny', '', { ingress: [] })

describe('isolation', () => {
  test('without policies everything is open', () => {
    const evaluation = evaluated([pod('web'), pod('db')])
    expect(ask(evaluation, at('web'), at('db'))).toBe('all ports')
    expect(isolationOf(evaluation, 'shop/Deployment/db', 'ingress')).toBe('no')
  })

  test('both halves must allow', () => {
    const open = policy('open', 'app=web', { egress: [{ peers: [pods('app=db')], ports: [port(5432)] }] })
    const evaluation = evaluated(
      [pod('web'), pod('db')],
      [open, policy('db', 'app=db', { ingress: [{ ports: [port(5432), port(80)] }] })],
    )
    const verdict = verdictOf(evaluation, at('web'), at('db'))
    expect(told(verdict)).toBe('TCP 5432')
    expect(verdict?.ingress.isolatedBy.map(({ policyName }) => policyName)).toEqual(['shop/db'])
    expect(verdict?.egress.evidence.map(({ policyName, index }) => [policyName, index])).toEqual([['shop/open', 0]])
    expect(ask(evaluation, at('db'), at('web'))).toBe('all ports')
  })

  test('a policy that was never good has no effect, and the last good meaning of one that was has', () => {
    const stale = { ...denyIngress, stale: true }
    expect(ask(evaluated([pod('web')], [{ ...stale, inert: true }]), internet, at('web'))).toBe('all ports')
    expect(ask(evaluated([pod('web')], [stale]), internet, at('web'))).toBe('no ports')
  })

  test('the pods that a policy of another engine selects are undetermined in both directions', () => {
    const cilium = policy('cilium', 'app=web', {}, { unevaluated: 'CiliumNetworkPolicy' })
    const evaluation = evaluated([pod('web'), pod('db')], [cilium, denyIngress])
    expect(ask(evaluation, at('db'), at('web'))).toBe('no ports ? all ports')
    expect(ask(evaluation, at('web'), internet)).toBe('no ports ? all ports')
    expect(ask(evaluation, at('web'), at('db'))).toBe('no ports')
    expect(isolationOf(evaluation, 'shop/Deployment/web', 'egress')).toBe('unknown')
  })

  test('an admin or baseline policy does not isolate: without a rule that matches it says nothing', () => {
    for (const tier of ['admin', 'baseline'] as const) {
      const silent = policy('silent', 'app=web', { ingress: [] }, { tier })
      const evaluation = evaluated([pod('web')], [silent])
      expect(ask(evaluation, internet, at('web'))).toBe('all ports')
      expect(isolationOf(evaluation, 'shop/Deployment/web', 'ingress')).toBe('no')
    }
  })

  test('a workload whose pods differ is isolated in part', () => {
    const two = workload(pod('web'), pod('web-canary', { labels: known({ track: 'canary' }) }))
    const evaluation = evaluated(cluster([pod('db')], { workloads: [two, workload(pod('db'))] }), [
      policy('deny', 'app=web', { ingress: [] }),
    ])
    expect(isolationOf(evaluation, two.id, 'ingress')).toBe('some')
    expect(ask(evaluation, at('db'), at('web'))).toBe('no ports ~ all ports')
  })
})

describe('what is not known', () => {
  const unsure = pod('web', { labels: { labels: { app: 'web' }, unknown: ['job-name'] } })

  test('a policy that may select a pod leaves open only what it opens itself', () => {
    const maybe = policy('job', 'job-name=x', { ingress: [{ ports: [port(80)] }] })
    const evaluation = evaluated([unsure], [maybe])
    expect(ask(evaluation, internet, at('web'))).toBe('TCP 80 ? TCP 1-79, 81-65535; all UDP ports; all SCTP ports')
    expect(verdictOf(evaluation, internet, at('web'))?.ingress.isolatedBy[0]?.unknown).toBe(true)
  })

  test('where another policy isolates for sure, one that may select only may add', () => {
    const maybe = policy('job', 'job-name=x', { ingress: [{ ports: [port(80)] }] })
    expect(ask(evaluated([unsure], [maybe, denyIngress]), internet, at('web'))).toBe('no ports ? TCP 80')
  })

  test('a namespace that is not loaded may have any label, or none where the settings say so', () => {
    const other = pod('cli', { namespace: 'tools' })
    const half = cluster([pod('web'), other], {
      namespaces: [{ name: 'tools', labels: { labels: {}, unknown: 'all' }, loaded: false }],
    })
    const byTeam = policy('team', '', { ingress: [{ peers: [pods('', 'team=tools')] }] })
    const byName = policy('name', '', { ingress: [{ peers: [pods('', 'kubernetes.io/metadata.name=tools')] }] })
    expect(ask(evaluated(half, [byTeam]), at('cli', 'tools'), at('web'))).toBe('no ports ? all ports')
    expect(ask(evaluated(half, [byTeam], { unknownLabels: 'absent' }), at('cli', 'tools'), at('web'))).toBe('no ports')
    expect(ask(evaluated(half, [byName]), at('cli', 'tools'), at('web'))).toBe('all ports')
  })

  test.each([
    ['10.0.0.0/8', ['10.1.0.0/16'], 'all ports'],
    ['10.0.0.0/8', ['192.168.0.0/16'], 'no ports'],
    ['10.1.1.0/24', ['10.1.0.0/16'], 'no ports ? all ports'],
    ['0.0.0.0/0', ['0.0.0.0/0', '::/0'], 'all ports'],
    ['::/0', ['0.0.0.0/0', '::/0'], 'no ports'],
    ['10.0.0.0/8', ['0.0.0.0/0', '::/0'], 'no ports ? all ports'],
    ['0.0.0.0/0', 'none', 'no ports'],
  ])('a pod without a known address against %s, pods living in %s: %s', (cidr, podCidrs, expected) => {
    const egress = policy('block', 'app=web', { egress: [{ peers: [block(cidr)] }] })
    const evaluation = evaluated([pod('web'), pod('db')], [egress], { podCidrs: podCidrs as 'none' })
    expect(ask(evaluation, at('web'), at('db'))).toBe(expected)
  })

  test('all blocks of a rule together hold the pod addresses of both families', () => {
    const both = policy('block', 'app=web', { egress: [{ peers: [block('0.0.0.0/0'), block('::/0')] }] })
    const v6 = pod('six', { ips: ['fd00::1'] })
    expect(ask(evaluated([pod('web'), pod('db'), v6], [both]), at('web'), at('db'))).toBe('all ports')
  })
})

describe('nodes', () => {
  const agent = pod('agent', { hostNetwork: true, node: 'n1' })
  const open = policy('pods', '', { ingress: [{ peers: [pods('', '')] }] })

  test('a hostNetwork pod is neither subject nor peer', () => {
    const evaluation = evaluated([agent, pod('web', { node: 'n2' })], [open, denyIngress])
    expect(ask(evaluation, at('agent'), at('web'))).toBe('no ports')
    expect(ask(evaluation, at('web'), at('agent'))).toBe('all ports')
    expect(verdictOf(evaluation, at('web'), at('agent'))?.ingress.exempt).toBe('host-network')
    expect(isolationOf(evaluation, 'shop/Deployment/agent', 'ingress')).toBe('no')
  })

  test('its own node always reaches a pod; without a known node it may', () => {
    const own = evaluated([agent, pod('web', { node: 'n1' })], [denyIngress])
    expect(ask(own, at('agent'), at('web'))).toBe('all ports')
    expect(verdictOf(own, at('agent'), at('web'))?.ingress.exempt).toBe('own-node')
    expect(ask(evaluated([agent, pod('web')], [denyIngress]), at('agent'), at('web'))).toBe('no ports ? all ports')
    const daemon = cluster([], {
      workloads: [workload(agent, { ...agent, name: 'agent-2', node: 'n2' }), workload(pod('web', { node: 'n1' }))],
    })
    expect(ask(evaluated(daemon, [denyIngress]), at('agent'), at('web'))).toBe('no ports ~ all ports')
  })

  test("a block matches the node's address, and a host that has it is the node", () => {
    const nodes = [{ name: 'n1', labels: {}, ips: ['192.168.0.1'], ref: denyIngress.ref }]
    const objects = cluster([agent, pod('web', { node: 'n2' }), pod('near', { node: 'n1' })], { nodes })
    const evaluation = evaluated(objects, [
      policy('web', 'app=web', { ingress: [{ peers: [block('192.168.0.0/24')], ports: [port(80)] }] }),
      policy('near', 'app=near', { ingress: [] }),
    ])
    expect(ask(evaluation, at('agent'), at('web'))).toBe('TCP 80')
    expect(ask(evaluation, { host: '192.168.0.1' }, at('near'))).toBe('all ports')
    expect(ask(evaluation, { host: '192.168.0.2' }, at('near'))).toBe('no ports')
  })

  test('a node has no named ports', () => {
    const named = policy('named', 'app=web', { egress: [{ ports: [port('http')] }] })
    const own = { ...agent, ports: [{ name: 'http', port: 80, protocol: 'TCP' as const }] }
    expect(ask(evaluated([own, pod('web', { node: 'n2' })], [named]), at('web'), at('agent'))).toBe('no ports')
  })

  test('a setting ignores hostNetwork', () => {
    const evaluation = evaluated([agent, pod('web')], [denyIngress], { ignoreHostNetwork: true })
    expect(ask(evaluation, at('web'), at('agent'))).toBe('no ports')
  })
})

describe('pods and themselves', () => {
  test('a pod reaches itself; a workload to itself speaks of different replicas', () => {
    const evaluation = evaluated([pod('web', { count: 3 }), pod('db')], [denyIngress])
    const web = { namespace: 'shop', pod: 'web' }
    expect(told(verdictOfPods(evaluation, web, web))).toBe('all ports')
    expect(verdictOfPods(evaluation, web, web).ingress.exempt).toBe('same-pod')
    expect(ask(evaluation, at('web'), at('web'))).toBe('no ports')
    expect(ask(evaluation, at('db'), at('db'))).toBe('no ports')
  })

  test('among the pods of a namespace a single pod is not asked about itself', () => {
    const web = policy('web', 'app=web', { ingress: [{ peers: [pods('app=db')] }] })
    const evaluation = evaluated([pod('web'), pod('db')], [web])
    expect(ask(evaluation, { namespace: 'shop' }, at('web'))).toBe('all ports')
    const many = evaluated([pod('web', { count: 2 }), pod('db')], [web])
    expect(ask(many, { namespace: 'shop' }, at('web'))).toBe('no ports ~ all ports')
  })

  test('finished pods are asked about only where no other is left', () => {
    const done = pod('web-old', { finished: true })
    const objects = cluster([pod('db')], {
      workloads: [workload(pod('web'), done), workload(done), workload(pod('db'))],
    })
    const evaluation = evaluated(objects, [denyIngress])
    expect(ask(evaluation, at('db'), at('web'))).toBe('no ports')
    expect(ask(evaluation, at('db'), at('web-old'))).toBe('all ports')
    expect(verdictOf(evaluation, at('db'), at('web-old'))?.ingress.exempt).toBe('finished')
    const named = policy('named', '', { ingress: [{ peers: [pods('')] }] })
    expect(ask(evaluated(objects, [named]), at('web-old'), at('db'))).toBe('no ports')
  })

  test('who is not there has no verdict; a probe of such a pod is undetermined', () => {
    const evaluation = evaluated([pod('web')])
    expect(ask(evaluation, at('web'), at('gone'))).toBe('nobody')
    expect(ask(evaluation, { namespace: 'empty' }, at('web'))).toBe('nobody')
    expect(told(verdictOfPods(evaluation, { namespace: 'shop', pod: 'gone' }, { ip: '8.8.8.8' }))).toBe(
      'no ports ? all ports',
    )
    expect(isolationOf(evaluation, 'shop/Deployment/gone', 'ingress')).toBe('no')
  })
})

test('labels named like parts of an object are labels like others', () => {
  const evil = pod('evil', { labels: known(JSON.parse('{"__proto__": "x", "constructor": "y"}')) })
  const byProto = policy('proto', '__proto__=x, constructor=y', { ingress: [] })
  const evaluation = evaluated([evil, pod('web')], [byProto])
  expect(selector('__proto__=x')[0]?.key).toBe('__proto__')
  expect(ask(evaluation, at('web'), at('evil'))).toBe('no ports')
  expect(ask(evaluation, at('evil'), at('web'))).toBe('all ports')
})
