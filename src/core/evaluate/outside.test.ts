import { formatV4 } from '#core/model/cidr.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { describe, expect, test } from 'vitest'
import { block, cluster, evaluated, known, pod, pods, policy, port, told, workload } from './build.testkit.ts'
import { type Evaluation, externalParts, verdictOf, verdictOfPods } from './evaluate.ts'

const at = (name: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${name}` })
const internet: End = { internet: true }
const ask = (evaluation: Evaluation, from: End, to: End): string => told(verdictOf(evaluation, from, to))
const dual = (name: string, i: number): Pod => pod(name, { ips: [`10.0.0.${i}`, `fd00::${i}`] })
const web = (name: string, number: number): Pod =>
  pod(name, { labels: known({ role: 'web' }), ports: [{ name: 'http', port: number, protocol: 'TCP' }] })

describe('addresses', () => {
  const egress = policy('block', 'app=web', { egress: [{ peers: [block('10.0.0.0/16', '10.0.2.0/24')] }] })
  const at1 = pod('one', { ips: ['10.0.1.1'] })
  const at2 = pod('two', { ips: ['10.0.2.1'] })

  test('a block matches the addresses of pods, an except takes them out', () => {
    const evaluation = evaluated([pod('web'), at1, at2], [egress])
    expect(ask(evaluation, at('web'), at('one'))).toBe('all ports')
    expect(ask(evaluation, at('web'), at('two'))).toBe('no ports')
    expect(ask(evaluation, at('web'), { namespace: 'shop' })).toBe('no ports ~ all ports')
  })

  test.each([
    [{ cidr: '10.0.0.0/16' }, 'no ports ~ all ports'],
    [{ cidr: '10.0.0.0/16', except: ['10.0.2.0/24'] }, 'all ports'],
    [{ cidr: '10.0.2.0/25' }, 'no ports'],
    [{ cidr: 'what?' }, 'nobody'],
    [{ host: '10.0.7.7' }, 'all ports'],
    [{ host: '10.0.2.1' }, 'no ports'],
    [{ host: 'example.com' }, 'no ports ? all ports'],
    [{ internet: true }, 'no ports'],
    [{ anywhere: true }, 'no ports'],
  ] as const)('to %j: %s', (end, expected) => {
    expect(ask(evaluated([pod('web'), at1, at2], [egress]), at('web'), end)).toBe(expected)
  })

  test('a rule without peers opens anywhere, and a name to anything', () => {
    const open = policy('open', 'app=web', { egress: [{ ports: [port(443)] }] })
    const evaluation = evaluated([pod('web')], [open])
    expect(ask(evaluation, at('web'), { anywhere: true })).toBe('TCP 443')
    expect(ask(evaluation, at('web'), { host: 'example.com' })).toBe('TCP 443')
  })

  test('all pods are those of every namespace that selectors find', () => {
    const host = pod('host', { hostNetwork: true })
    const far = pod('far', { namespace: 'data' })
    const fromAll = policy('all', 'app=web', { ingress: [{ peers: [pods('', '')], ports: [port(80)] }] })
    const all: End = { anyNamespace: true }
    expect(ask(evaluated([pod('web'), far, host], [fromAll]), all, at('web'))).toBe('TCP 80')
    const own = policy('own', 'app=web', { ingress: [{ peers: [pods('')], ports: [port(80)] }] })
    expect(ask(evaluated([pod('web'), pod('api'), far], [own]), all, at('web'))).toBe('no ports ~ TCP 80')
  })

  test('a host that is the address of a pod is that pod', () => {
    const evaluation = evaluated([pod('web'), at1], [policy('deny', 'app=one', { ingress: [] })])
    expect(ask(evaluation, at('web'), { host: '10.0.1.1' })).toBe('no ports')
    expect(ask(evaluation, at('web'), { host: '10.0.1.2' })).toBe('all ports')
  })

  test('the internet is what is public and not another block that is shown', () => {
    const partner = policy('partner', 'app=web', { ingress: [{ peers: [block('8.8.0.0/16')] }] })
    const evaluation = evaluated([pod('web')], [partner])
    expect(ask(evaluation, internet, at('web'))).toBe('no ports')
    expect(told(verdictOf(evaluation, internet, at('web'), []))).toBe('no ports ~ all ports')
    const open = policy('open', 'app=web', {
      ingress: [{ peers: [block('0.0.0.0/0', '10.0.0.0/8', '192.168.0.0/16')] }],
    })
    expect(ask(evaluated([pod('web')], [open]), internet, at('web'))).toBe('all ports')
  })

  test('IPv6 is a part of the internet only where something uses it', () => {
    const open = policy('open', 'app=web', { ingress: [{ peers: [block('0.0.0.0/0')] }] })
    expect(ask(evaluated([pod('web')], [open]), internet, at('web'))).toBe('all ports')
    const six = policy('six', 'app=db', { ingress: [{ peers: [block('2001:db8::/32')] }] })
    expect(ask(evaluated([pod('web')], [open, six]), internet, at('web'))).toBe('no ports ~ all ports')
    const v4only = pod('web', { ips: ['10.0.0.1'] })
    expect(ask(evaluated([v4only], [open, six]), internet, at('web'))).toBe('all ports')
  })

  test('pods with both families answer for each that they share', () => {
    const open = policy('open', 'app=web', { egress: [{ peers: [block('0.0.0.0/0')] }] })
    const evaluation = evaluated([dual('web', 1), dual('db', 2), pod('old', { ips: ['10.0.0.3'] })], [open])
    expect(ask(evaluation, at('web'), at('db'))).toBe('no ports ~ all ports')
    expect(ask(evaluation, at('web'), at('old'))).toBe('all ports')
    expect(told(verdictOfPods(evaluation, { namespace: 'shop', pod: 'web' }, { ip: '2001:db8::1' }))).toBe('no ports')
  })

  test('the parts of the address space are cut by the blocks of one direction', () => {
    const parts = externalParts(evaluated([], [egress]), 'egress').filter(({ family }) => family === 'v4')
    expect(parts.map(({ from, to }) => `${formatV4(from)}-${formatV4(to)}`)).toEqual([
      '0.0.0.0-9.255.255.255',
      '10.0.0.0-10.0.1.255',
      '10.0.2.0-10.0.2.255',
      '10.0.3.0-10.0.255.255',
      '10.1.0.0-255.255.255.255',
    ])
    expect(externalParts(evaluated([], [egress]), 'ingress')).toHaveLength(2)
  })
})

describe('named ports', () => {
  const named = policy('named', '', { ingress: [{ ports: [port('http')] }] })

  test('a name is looked up in each destination pod', () => {
    const both = cluster([], { workloads: [workload(web('a', 80), web('b', 8080))] })
    expect(ask(evaluated(both, [named]), internet, at('a'))).toBe('no ports ~ TCP 80, 8080')
    expect(ask(evaluated([web('a', 80)], [named]), internet, at('a'))).toBe('TCP 80')
  })

  test('another protocol, or no such name, is no port at all', () => {
    const udp = policy('udp', '', { ingress: [{ ports: [port('http', 'UDP'), port('metrics')] }] })
    expect(ask(evaluated([web('a', 80)], [udp]), internet, at('a'))).toBe('no ports')
  })

  test('nobody outside has named ports, but a pod whose address lies in the block has', () => {
    const egress = policy('out', 'app=cli', { egress: [{ peers: [block('10.0.0.0/8')], ports: [port('http')] }] })
    const evaluation = evaluated([pod('cli'), { ...web('a', 80), ips: ['10.0.0.1'] }], [egress])
    expect(ask(evaluation, at('cli'), at('a'))).toBe('TCP 80')
    expect(ask(evaluation, at('cli'), { cidr: '10.0.0.0/8' })).toBe('no ports')
  })
})
