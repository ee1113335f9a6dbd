import { expect, test } from 'vitest'
import { block, evaluated, pod, pods, policy, port } from '#core/evaluate/build.testkit.ts'
import type { End } from '#core/model/end.ts'
import type { Check } from '#core/model/check.ts'
import { judge } from './judge.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const POLICIES = [
  policy('db', 'app=db', { ingress: [{ peers: [pods('app=web')], ports: [port(5432), port('metrics')] }] }),
  policy('cache', 'app=cache', { ingress: [{ peers: [block('10.0.0.0/8')] }] }),
]
const EVALUATION = evaluated(
  [pod('web'), pod('api'), pod('db', { ports: [{ name: 'metrics', port: 9090, protocol: 'TCP' }] }), pod('cache')],
  POLICIES,
)

test.each<[string, End, End, readonly string[], string, string]>([
  ['every asked port open', at('web'), at('db'), ['TCP/5432', 'TCP/metrics'], 'holds', 'broken'],
  ['some asked ports open', at('web'), at('db'), ['TCP/5432', 'TCP/80'], 'broken', 'broken'],
  ['no asked port open', at('web'), at('db'), ['TCP/80'], 'broken', 'holds'],
  ['all ports asked, some open', at('web'), at('db'), [], 'broken', 'broken'],
  ['open from some pods of a namespace', { namespace: 'shop' }, at('db'), ['TCP/5432'], 'broken', 'broken'],
  ['an address that is not known', at('web'), at('cache'), ['TCP/80'], 'undetermined', 'undetermined'],
  ['an end that is not there', at('nobody'), at('db'), ['TCP/80'], 'missing', 'missing'],
  ['a port name that nobody declares', at('web'), at('db'), ['TCP/5432', 'TCP/grpc'], 'missing', 'missing'],
  ['a port that can not be read', at('web'), at('api'), ['TCP/0'], 'missing', 'missing'],
])('%s', (_, from, to, ports, allowed, denied) => {
  const outcome = (expect: Check['expect']): string => judge({ from, to, ports, expect }, EVALUATION).outcome
  expect([outcome('allowed'), outcome('denied')]).toEqual([allowed, denied])
})
