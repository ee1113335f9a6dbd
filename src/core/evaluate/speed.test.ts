import type { End } from '#core/model/end.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { expect, test } from 'vitest'
import { block, cluster, known, pod, pods, policy, port } from './build.testkit.ts'
import { evaluate, verdictOf } from './evaluate.ts'

const apps = Array.from({ length: 200 }, (_, i) =>
  pod(`app-${i}`, {
    labels: known({ app: `app-${i}`, tier: `tier-${i % 7}`, 'pod-template-hash': `${i * 31}` }),
    ports: [{ name: 'http', port: 8000 + (i % 8), protocol: 'TCP' }],
    ips: [`10.0.${i % 8}.${i}`],
  }),
)
const policies = Array.from({ length: 60 }, (_, i) =>
  policy(`policy-${i}`, i % 10 === 0 ? '' : i % 10 < 3 ? `tier=tier-${i % 7}` : `app=app-${i * 3}`, {
    ingress: [
      { peers: [pods(`app=app-${i}`), pods(`tier=tier-${i % 3}`, '')], ports: [port('http'), port(9000 + i)] },
      { peers: [block(`10.0.${i % 8}.0/24`, `10.0.${i % 8}.16/28`)], ports: [port(80)] },
    ],
    egress: [{ peers: [pods('', 'team=shop')], ports: [port(53, 'UDP'), port('http')] }],
  }),
)
const end = (i: number): End => ({ namespace: 'shop', workload: `Deployment/app-${i % 200}` })

// The aim is 20 ms (design.md 5); five times that keeps a busy machine from failing, and still catches a wrong order of growth.
test('200 workloads, 60 policies and 2000 connections are evaluated within a keystroke', () => {
  const objects = cluster(apps)
  const run = (): number => {
    const before = performance.now()
    const evaluation = evaluate(objects, policies, DEFAULT_SETTINGS)
    for (let i = 0; i < 2000; i++) verdictOf(evaluation, end(i), end(i * 7 + 1 + Math.floor(i / 200)))
    return performance.now() - before
  }
  const times = Array.from({ length: 7 }, run).toSorted((a, b) => a - b)
  console.info(
    `evaluate and 2000 verdicts: first of seven to last, sorted: ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`,
  )
  expect(times[0]).toBeLessThan(100)
})
