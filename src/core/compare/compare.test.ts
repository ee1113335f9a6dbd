import { expect, test } from 'vitest'
import { block, cluster, known, pod, policy, port } from '#core/evaluate/build.testkit.ts'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { endId } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'
import type { Policy } from '#core/model/rule.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { differences } from './compare.ts'

const CLUSTER = cluster([pod('web'), pod('db', { count: 2 }), pod('far', { namespace: 'away', labels: known({}) })])
const OPEN = policy('db', 'app=db', { ingress: [{ ports: [port(5432)] }] })
const SHUT = policy('db', 'app=db', { ingress: [] })

/** `from→to +opened -closed ?other`, for all that differs. */
function told(before: readonly Policy[], after: readonly Policy[], now = CLUSTER): readonly string[] {
  const all = differences(evaluate(CLUSTER, before, DEFAULT_SETTINGS), evaluate(now, after, DEFAULT_SETTINGS), [])
  return all.map(({ from, to, opened, closed, other }) => {
    const sets = [`+ ${formatPorts(opened)}`, `- ${formatPorts(closed)}`, `? ${formatPorts(other)}`]
    return [`${endId(from)}→${endId(to)}`, ...sets.filter((set) => !set.endsWith('no ports'))].join(' ')
  })
}

test('nothing differs between the same policies', () => {
  expect(told([OPEN], [OPEN])).toEqual([])
})

test('a policy that comes closes, one that goes opens again, for pods and for the outside', () => {
  const ends = ['shop/Deployment/web', 'shop/Deployment/db', 'away/Deployment/far', 'internet', 'anywhere']
  const lines = (sign: string): string[] => ends.map((end) => `${end}→shop/Deployment/db ${sign} TCP 5432`)
  expect(told([OPEN], [SHUT])).toEqual(lines('-'))
  expect(told([SHUT], [OPEN])).toEqual(lines('+'))
})

test('replicas among themselves count where there are several', () => {
  const own = policy('web', 'app=web', { ingress: [] })
  expect(told([], [own]).some((line) => line.startsWith('shop/Deployment/web→shop/Deployment/web'))).toBe(false)
})

test('what is no longer known is neither opened nor closed', () => {
  const some = policy('db', 'app=db', { ingress: [{ peers: [block('10.0.0.0/8')] }] })
  expect(told([SHUT], [some])).toContain('shop/Deployment/web→shop/Deployment/db ? all ports')
  expect(told([SHUT], [some])).toContain('cidr:10.0.0.0/8→shop/Deployment/db + all ports')
})

test('labels of a namespace that change are followed', () => {
  const peer = {
    type: 'pods' as const,
    pods: [],
    ref: SHUT.ref,
    namespaces: {
      type: 'selector' as const,
      selector: [{ key: 'team', operator: 'In' as const, values: ['new'], ref: SHUT.ref }],
    },
  }
  const rule = policy('db', 'app=db', { ingress: [{ peers: [peer] }] })
  const away = { name: 'away', labels: known({ team: 'new' }), loaded: true }
  const now = { ...CLUSTER, namespaces: [...CLUSTER.namespaces.filter(({ name }) => name !== 'away'), away] }
  expect(told([rule], [rule], now)).toEqual(['away/Deployment/far→shop/Deployment/db + all ports'])
})

test('the ingress controller counts for what is exposed to it, and no other port', () => {
  const ref = SHUT.ref
  const db = pod('db', { ports: [{ port: 5432, protocol: 'TCP' }] })
  const exposing = cluster([pod('web'), db], {
    services: [
      {
        namespace: 'shop',
        name: 'db',
        selector: { app: 'db' },
        headless: false,
        ports: [{ port: 80, targetPort: 5432, protocol: 'TCP' }],
        ref,
      },
    ],
    exposures: [{ namespace: 'shop', service: 'db', name: 'Ingress shop/db', ref }],
  })
  const lines = (before: readonly Policy[], after: readonly Policy[]): readonly string[] => {
    const settings = { ...DEFAULT_SETTINGS, ingressController: { namespace: 'edge', labels: { app: 'nginx' } } }
    const all = differences(evaluate(exposing, before, settings), evaluate(exposing, after, settings), [])
    return all.flatMap(({ from, to, closed }) =>
      'ingressController' in from ? [`${endId(to)} - ${formatPorts(closed)}`] : [],
    )
  }
  const edge = { namespaces: { type: 'name' as const, name: 'edge' }, pods: [], type: 'pods' as const, ref }
  expect(lines([], [SHUT])).toEqual(['shop/Deployment/db - TCP 5432'])
  expect(lines([], [OPEN])).toEqual([])
  expect(lines([], [policy('edge', '', { egress: [] }, { subject: edge })])).toEqual(['shop/Deployment/db - TCP 5432'])
})
