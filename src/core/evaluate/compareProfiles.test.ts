import type { ChosenProfile } from '#core/model/profile.ts'
import type { Policy } from '#core/model/rule.ts'
import { PROFILES } from '#core/profiles/index.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { expect, test } from 'vitest'
import { block, cluster, pod, policy, pods, port } from './build.testkit.ts'
import { compareProfiles, type ProfileColumn } from './compareProfiles.ts'
import { namedBlocks } from './evaluate.ts'
import { evaluateWithProfile, verdictUnder } from './profiled.ts'

const WEB_PORTS = [{ name: 'http', port: 8080, protocol: 'TCP' }] as const
const shop = cluster([
  pod('web', { ips: ['10.0.0.1'], ports: WEB_PORTS }),
  pod('api', { ips: ['10.0.0.2'] }),
  pod('db', { ips: ['10.0.0.3'] }),
])
const policies: readonly Policy[] = [
  policy('web', 'app=web', { ingress: [{ peers: [pods('app=api')], ports: [port('http')] }] }),
  policy('db', 'app=db', { ingress: [{ peers: [block('10.0.0.2/32')], ports: [port(5432), port(1, 'SCTP')] }] }),
]
const steps = (...profiles: readonly ChosenProfile[]): readonly ProfileColumn[] => [
  ...compareProfiles({ cluster: shop, policies, settings: DEFAULT_SETTINGS }, profiles),
]

test('policies × profiles: what differs, why, and for how many pairs', () => {
  const last = PROFILES.map((profile) => steps({ id: profile.id }).at(-1))
  const told = last.map((column) => {
    const why = [...(column?.byPolicy ?? [])].map(
      ([policy, all]) => `${policy}: ${all.map(({ fact }) => fact).join(' ')}`,
    )
    return [column?.profile.id, column?.differ, column?.open, why.join('; ')]
  })
  expect(told).toEqual([
    ['reference', 0, 0, ''],
    ['calico', 0, 0, ''],
    // Only db's own address may be meant by its block.
    ['cilium', 1, 0, 'db: ipBlockMatchesPods sctp'],
    ['weave-net', 3, 1, 'web: namedPort; db: sctp'],
    ['flannel', 4, 0, 'web: enforces; db: enforces'],
    ['kube-router', 0, 0, ''],
    ['antrea', 0, 0, ''],
    ['ovn-kubernetes', 1, 0, 'web: namedPort'],
    ['aws-vpc-cni', 0, 0, ''],
    ['azure-npm-linux', 0, 0, ''],
    ['azure-npm-windows', 4, 0, 'web: namedPort; db: sctp'],
    ['gke-dataplane-v2', 1, 0, 'db: ipBlockMatchesPods sctp'],
    ['kindnet', 0, 0, ''],
  ])
})

test('it goes step by step, and counts as verdicts do', () => {
  const all = steps({ id: 'weave-net' })
  expect(all.map(({ asked, pairs }) => `${asked}/${pairs}`)).toEqual(['0/6', '2/6', '4/6', '6/6'])
  const profiled = evaluateWithProfile(shop, policies, { ...DEFAULT_SETTINGS, profile: { id: 'weave-net' } })
  const ends = shop.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const verdicts = ends.flatMap((from) =>
    ends.flatMap((to) => (from === to ? [] : [verdictUnder(profiled, from, to, namedBlocks(profiled.reference))])),
  )
  expect(all.at(-1)?.differ).toBe(verdicts.filter((verdict) => verdict?.differs).length)
})

test('a profile without deviations is answered at once', () => {
  expect(steps({ id: 'calico' }, { id: 'kindnet' }).map(({ asked }) => asked)).toEqual([6, 6])
})

test('a workload without pods is not counted, neither way', () => {
  const [first] = shop.workloads
  const none = first ? [{ ...first, id: 'shop/Deployment/none', name: 'none', pods: [] }] : []
  const more = { ...shop, workloads: [...none, ...shop.workloads] }
  const columns = [...compareProfiles({ cluster: more, policies, settings: DEFAULT_SETTINGS }, [{ id: 'flannel' }])]
  expect(columns.at(-1)).toMatchObject({ pairs: 6, asked: 6, differ: 4 })
})

test('what is open by the API, too, is not counted as open because of a CNI', () => {
  const hidden = cluster(['web', 'api', 'db'].map((name) => pod(name, name === 'web' ? { ports: WEB_PORTS } : {})))
  const columns = [
    ...compareProfiles({ cluster: hidden, policies, settings: DEFAULT_SETTINGS }, [{ id: 'ovn-kubernetes' }]),
  ]
  expect(columns.at(-1)).toMatchObject({ differ: 1, open: 0 })
})

test('without workloads there is nothing to count', () => {
  const columns = [
    ...compareProfiles({ cluster: cluster([]), policies, settings: DEFAULT_SETTINGS }, [{ id: 'flannel' }]),
  ]
  expect(columns).toMatchObject([{ pairs: 0, asked: 0, differ: 0 }])
})
