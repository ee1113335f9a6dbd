import { load } from '#core/load/load.ts'
import { equalPorts, formatPorts } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { block, domains, evaluated, nodes, pod, pods, policy, port } from './build.testkit.ts'
import { evaluate, type Evaluation } from './evaluate.ts'
import { halfOf } from './half.ts'
import type { PeerClass } from './peerClass.ts'
import { clusters, manifestsOf } from './random.testkit.ts'
import { type Reachability, reachabilityOf } from './reachability.ts'
import { portsIn } from './rows.ts'

const DIRECTIONS: readonly Direction[] = ['egress', 'ingress']

function classesOf({ addressClasses, anywhere, podClasses }: Evaluation): readonly PeerClass[] {
  // Without the ingress controller, the first: rows leave it out while nobody says where it runs.
  return [...addressClasses, anywhere, ...podClasses.slice(1)]
}

/** Every pair of classes of which a row says something else than the pair alone. */
function disagreements(reach: Reachability): readonly string[] {
  const { evaluation, book } = reach
  const all = classesOf(evaluation)
  return DIRECTIONS.flatMap((direction) =>
    all.flatMap((subject) =>
      all.flatMap((peer) => {
        const half = halfOf(evaluation, { direction, subject, peer })
        return (['sure', 'perhaps'] as const).flatMap((bound) => {
          const row = reach[direction][subject.id]?.[bound] ?? []
          const ports = book.setOf(portsIn(book, row, peer.id))
          const isEqual = equalPorts(ports, half[bound])
          return isEqual
            ? []
            : [`${direction} ${subject.id} ${peer.id} ${bound}: ${formatPorts(ports)}, not ${formatPorts(half[bound])}`]
        })
      }),
    ),
  )
}

describe('rows', () => {
  test('say what pairs say, on random clusters with policies of every tier', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const loaded = load([{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
        const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
        expect(disagreements(reachabilityOf(evaluation))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('say what pairs say where much is not known', () => {
    const canary = pod('web', { labels: { labels: { app: 'web' }, unknown: ['track'] } })
    const evaluation = evaluated(
      [canary, pod('db', { ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }], ips: ['10.0.0.1'] }), pod('api')],
      [
        policy('maybe', 'track=canary', { egress: [{ peers: [pods('app=db')], ports: [port('sql')] }] }),
        policy('blocks', 'app=api', {
          ingress: [{ peers: [block('10.0.0.0/8')] }],
          egress: [{ ports: [port('sql')] }],
        }),
        policy(
          'admin',
          '',
          { egress: [{ action: 'deny', peers: [domains('a.example.com'), nodes('')] }] },
          { tier: 'admin' },
        ),
        policy('same', 'track=canary', { egress: [{ action: 'allow', ports: [port(80)] }] }, { tier: 'admin' }),
        policy('base', '', { ingress: [{ action: 'deny', peers: [pods('track=canary')] }] }, { tier: 'baseline' }),
        policy('cilium', 'app=db', {}, { unevaluated: 'CiliumNetworkPolicy' }),
      ],
    )
    expect(disagreements(reachabilityOf(evaluation))).toEqual([])
  })

  test('are shared by classes about which the same policies have a say', () => {
    const reach = reachabilityOf(
      evaluated(
        [pod('a'), pod('b'), pod('c')],
        [policy('deny', 'app=a', { ingress: [] }), policy('app', 'app', { egress: [] })],
      ),
    )
    const [, a, b, c] = reach.evaluation.podClasses.map(({ id }) => reach.egress[id])
    expect(a).toBe(b)
    expect(a).toBe(c)
    const [, ia, ib, ic] = reach.evaluation.podClasses.map(({ id }) => reach.ingress[id])
    expect(ib).toBe(ic)
    expect(ia).not.toBe(ib)
  })
})
