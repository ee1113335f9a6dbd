import { describe, expect, test } from 'vitest'
import {
  block,
  cluster,
  evaluated,
  known,
  pod,
  pods,
  policy,
  port,
  type Sketch,
  workload,
} from '#core/evaluate/build.testkit.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import { type Expectation, holdOn, judge } from './judge.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const WEB = at('web')

function asked(only: readonly End[], policies: readonly Policy[], more: readonly Pod[] = []) {
  const evaluation = evaluated([pod('web'), pod('api'), pod('db'), ...more], policies)
  const check = { from: { anywhere: true }, to: at('db'), ports: ['TCP/5432'], expect: 'denied', only } as const
  const { outcome, others = [] } = judge(check, evaluation)
  return `${outcome} ${others.map(({ who }) => who).join(', ')}`.trim()
}

const guarded = (...ingress: readonly Sketch[]): readonly Policy[] => [policy('db', 'app=db', { ingress })]
const open = (cidr: string): readonly Policy[] => guarded({ peers: [block(cidr)] })
const ips = (...own: readonly string[]): Pod => pod('far', { ips: own })
const far = (ip: string): readonly Pod[] => [ips(ip)]
const TO_DB = { from: { anywhere: true }, to: at('db'), ports: ['TCP/5432'], expect: 'denied' } as const
const FROM_WEB = { peers: [pods('app=web')], ports: [port(5432)] }

describe('only these may reach it (design.md 9)', () => {
  test('holds where a policy lets in nobody else', () => {
    expect(asked([WEB], guarded(FROM_WEB))).toBe('holds')
    expect(asked([WEB, at('api')], guarded(FROM_WEB))).toBe('holds')
    expect(asked([], guarded())).toBe('holds')
  })

  test('names everybody else who gets in, itself and those to come included', () => {
    expect(asked([WEB], [])).toBe(
      'broken shop/api, shop/db, the internet, anywhere, a new pod in shop, a new pod in a new namespace',
    )
    expect(asked([], guarded(FROM_WEB))).toBe('broken shop/web')
  })

  test('pods that are not there yet count, also where all present ones are listed', () => {
    const all = [WEB, at('api'), at('db')]
    expect(asked(all, guarded({ peers: [pods('')] }))).toBe('broken a new pod in shop')
    expect(asked(all, guarded({ peers: [pods('', '')] }))).toBe(
      'broken a new pod in shop, a new pod in a new namespace',
    )
    expect(asked([{ namespace: 'shop' }], guarded({ peers: [pods('')] }))).toBe('holds')
    expect(asked([{ anyNamespace: true }], guarded({ peers: [pods('', '')] }))).toBe('holds')
    expect(asked(all, guarded({ peers: [pods('!old')] }))).toBe('broken a new pod in shop')
  })

  test('blocks that policies name are asked without what the list says of them', () => {
    expect(asked([], open('203.0.113.0/24'))).toMatch(/^broken 203.0.113.0\/24/)
    expect(asked([{ cidr: '203.0.113.0/24' }, { namespace: 'shop' }], open('203.0.113.0/25'))).toBe('holds')
    expect(asked([{ cidr: '203.0.113.0/25' }, { namespace: 'shop' }], open('203.0.113.0/24'))).toBe(
      'broken 203.0.113.0/24',
    )
    expect(asked([{ internet: true }, { namespace: 'shop' }], open('8.8.8.0/24'))).toBe('holds')
    expect(asked([{ cidr: '10.0.0.0/8' }, at('web'), at('api'), at('db')], open('10.0.0.0/8'), far('10.1.2.3'))).toBe(
      'holds',
    )
    expect(asked([{ cidr: '10.0.0.0/9' }, at('web'), at('api'), at('db')], open('10.0.0.0/8'), far('10.200.0.1'))).toBe(
      'broken shop/far, 10.0.0.0/8',
    )
  })

  test('a block is asked without what is listed of it', () => {
    const egress = policy('out', 'app=out', { egress: [{ peers: [block('10.0.0.0/8')] }] })
    const only: readonly End[] = [{ cidr: '10.1.0.0/16' }, { namespace: 'shop' }]
    expect(asked(only, [...open('10.1.0.0/16'), egress])).toBe('holds')
    expect(asked([{ namespace: 'shop' }], [...open('10.1.0.0/16'), egress])).toBe('broken 10.1.0.0/16, 10.0.0.0/8')
  })

  test('hosts, anywhere and the ingress controller may be listed', () => {
    expect(asked([{ host: '203.0.113.7' }, { namespace: 'shop' }], open('203.0.113.7/32'))).toBe('holds')
    expect(asked([{ anywhere: true }], [])).toBe('holds')
    const ingressController = { namespace: 'shop', labels: { app: 'api' } }
    const evaluation = evaluated([pod('api'), pod('db')], guarded({ peers: [pods('app=api')] }), { ingressController })
    const check = { from: { anywhere: true }, to: at('db'), ports: [], expect: 'denied' } as const
    expect(judge({ ...check, only: [{ ingressController: true }] }, evaluation).outcome).toBe('holds')
    expect(judge({ ...check, only: [] }, evaluation).outcome).toBe('broken')
  })

  test('a block that is listed stands for pods of which every address is known to be in it', () => {
    const all = [{ cidr: '10.0.0.0/8' }, at('web'), at('api'), at('db')]
    expect(asked(all, open('10.0.0.0/8'), [ips('10.1.1.1', '10.2.2.2')])).toBe('holds')
    expect(asked(all, [], [ips('10.1.1.1', '192.0.2.1')])).toMatch(/^broken shop\/far,/)
    expect(asked(all, [], [ips()])).toMatch(/^broken shop\/far,/)
    const both = { ...workload(pod('two', { ips: ['10.1.1.1'] }), pod('two', { ips: ['192.0.2.1'] })) }
    const evaluation = evaluated({ ...cluster([pod('db')]), workloads: [workload(pod('db')), both] })
    const { others = [] } = judge({ ...TO_DB, only: [{ cidr: '10.0.0.0/8' }, at('db')] }, evaluation)
    expect(others[0]?.who).toBe('shop/two')
  })

  test('the ingress controller is the workload whose pods all are where it is said to run', () => {
    const only: readonly End[] = [{ ingressController: true }, at('db')]
    const outcome = (ingressController: Settings['ingressController'], ...more: readonly Pod[]): string => {
      const all = cluster([pod('api'), pod('db')])
      const workloads = more.length > 0 ? [workload(pod('api'), ...more), workload(pod('db'))] : all.workloads
      const evaluation = evaluated({ ...all, workloads }, guarded({ peers: [pods('app=api')] }), { ingressController })
      return judge({ ...TO_DB, only }, evaluation).outcome
    }
    const labels = { app: 'api' }
    expect(outcome({ namespace: 'shop', labels })).toBe('holds')
    expect(outcome({ namespace: 'shop', labels: { ...labels, tier: 'edge' } })).toBe('broken')
    expect(outcome({ namespace: 'data', labels })).toBe('broken')
    expect(outcome('unknown')).toBe('broken')
    expect(outcome({ namespace: 'shop', labels }, pod('api'))).toBe('holds')
    const other = pod('api', { labels: known({ app: 'api', tier: 'edge' }) })
    expect(outcome({ namespace: 'shop', labels: { tier: 'edge' } }, other)).toBe('broken')
    expect(outcome({ namespace: 'shop', labels: { ...labels, tier: 'edge' } }, other)).toBe('broken')
  })

  test('who surely gets in comes before those of whom it is not known', () => {
    const odd = pod('aaa', { labels: { labels: {}, unknown: ['app'] } })
    const evaluation = evaluated([odd, pod('web'), pod('db')], guarded(FROM_WEB))
    const { others = [] } = judge({ ...TO_DB, only: [] }, evaluation)
    expect(others.map(({ who, outcome }) => `${who} ${outcome}`)).toEqual(['shop/web broken', 'shop/aaa undetermined'])
  })

  test('a listed end that is not there, and a destination that is not, are missing', () => {
    expect(asked([at('wbe')], guarded(FROM_WEB))).toBe('missing')
    const evaluation = evaluated([pod('web')])
    const check = { from: { anywhere: true }, to: at('db'), ports: [], expect: 'denied', only: [WEB] } as const
    expect(judge(check, evaluation).outcome).toBe('missing')
  })

  test('what is not known is undetermined, unless somebody surely gets in', () => {
    const odd = pod('odd', { labels: { labels: {}, unknown: ['app'] } })
    expect(asked([WEB], guarded(FROM_WEB), [odd])).toBe('undetermined shop/odd')
    expect(asked([], guarded(FROM_WEB), [odd])).toBe('broken shop/web, shop/odd')
  })

  test('pods in the network of their nodes and finished ones are not asked', () => {
    const node = pod('agent', { hostNetwork: true, labels: known({}) })
    const done = pod('done', { finished: true })
    expect(asked([WEB], guarded(FROM_WEB), [node, done])).toBe('holds')
  })

  test('of a whole namespace each workload is asked about', () => {
    const evaluation = evaluated([pod('web'), pod('db')], guarded(FROM_WEB))
    const check = { from: { anywhere: true }, ports: ['TCP/5432'], expect: 'denied', only: [WEB] } as const
    const { others = [] } = judge({ ...check, to: { namespace: 'shop' } }, evaluation)
    expect(others.map(({ who }) => who)).toContain('a new pod in shop')
  })

  test('a pod that is not there yet is nobody’s destination, in a namespace as in all', () => {
    const closed = ['web', 'db'].map((name) => policy(name, `app=${name}`, { ingress: [] }))
    const evaluation = evaluated([pod('web'), pod('db')], closed)
    for (const to of [{ namespace: 'shop' }, { anyNamespace: true }] satisfies readonly End[])
      expect(judge({ ...TO_DB, to, only: [] }, evaluation).outcome).toBe('holds')
  })

  test('of a newcomer the worst is told that any of them lets happen', () => {
    const maybe = policy('maybe', 'app=api', {}, { unevaluated: 'CiliumNetworkPolicy' })
    const evaluation = evaluated([pod('api'), pod('db')], [maybe])
    const { others = [] } = judge({ ...TO_DB, to: { namespace: 'shop' }, only: [{ namespace: 'shop' }] }, evaluation)
    expect(others.filter(({ future }) => future !== undefined).map(({ who, outcome }) => [who, outcome])).toEqual([
      ['a new pod in a new namespace', 'broken'],
    ])
  })
})

const outcomeAfter = (check: Expectation, ...changed: readonly string[]): string => {
  const evaluation = evaluated([pod('web'), pod('api'), pod('db')], guarded(FROM_WEB))
  holdOn(check, evaluation, new Set(changed))
  return judge(check, evaluation).outcome
}

describe('after an edit, a check holds on without asking everybody', () => {
  const API = 'shop/Deployment/api'

  test('where none of those whom the edit can have let in is', () => {
    expect(outcomeAfter({ ...TO_DB, only: [WEB] }, API)).toBe('holds')
    // Only the edit's workloads are asked: that it held before is for the caller to know.
    expect(outcomeAfter({ ...TO_DB, only: [] }, API)).toBe('holds')
    expect(outcomeAfter({ ...TO_DB, only: [] }, 'shop/Deployment/web')).toBe('broken')
    expect(outcomeAfter({ ...TO_DB, only: [] }, 'shop/Deployment/gone', API)).toBe('holds')
  })

  test('and not where an end of it is gone, or its port', () => {
    expect(outcomeAfter({ ...TO_DB, only: [WEB, at('gone')] }, API)).toBe('missing')
    expect(outcomeAfter({ ...TO_DB, only: [WEB], ports: ['TCP/sql'] }, API)).toBe('missing')
    expect(outcomeAfter({ ...TO_DB, from: WEB, expect: 'denied' }, API)).toBe('broken')
  })
})
