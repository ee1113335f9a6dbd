import { endId } from '#core/model/end.ts'
import { expect, test } from 'vitest'
import { block, cluster, evaluated, known, pod, pods, policy, type Sketch } from './build.testkit.ts'
import { endsOfRule, selectedBy } from './peers.ts'

const tools = (name: string, more = {}) => pod(name, { namespace: 'tools', ...more })
const objects = cluster([
  pod('web'),
  pod('db'),
  tools('cli'),
  tools('agent', { hostNetwork: true }),
  pod('job', { namespace: 'batch' }),
  pod('old', { namespace: 'batch', finished: true }),
])

function peersOf(sketch: Sketch, what = objects): readonly string[] {
  const own = policy('own', 'app=db', { ingress: [sketch] })
  const evaluation = evaluated(what, [own])
  return own.rules.flatMap((rule) => endsOfRule(evaluation, own, rule).peers.map(endId))
}

test.each([
  ['no peers', {}, ['anywhere']],
  ['pods by label', { peers: [pods('app=web')] }, ['shop/Deployment/web']],
  ['every pod of the own namespace', { peers: [pods('')] }, ['shop']],
  ['every pod of a namespace with a hostNetwork pod', { peers: [pods('', 'team=tools')] }, ['tools/Deployment/cli']],
  ['every pod of a namespace with a finished pod', { peers: [pods('', 'team=batch')] }, ['batch']],
  ['every namespace', { peers: [pods('', '')] }, ['shop', 'tools/Deployment/cli', 'batch']],
  [
    'pods by label everywhere',
    { peers: [pods('app', '')] },
    ['shop/Deployment/web', 'shop/Deployment/db', 'tools/Deployment/cli', 'batch/Deployment/job'],
  ],
  [
    'blocks',
    { peers: [block('10.0.0.0/8', '10.1.0.0/16'), block('::/0')] },
    ['cidr:10.0.0.0/8!10.1.0.0/16', 'cidr:::/0'],
  ],
  ['the same twice', { peers: [pods('app=web'), pods('app=web')] }, ['shop/Deployment/web']],
  ['nobody', { peers: [pods('app=gone')] }, []],
])('a rule with %s names %j', (_, sketch, expected) => {
  expect(peersOf(sketch)).toEqual(expected)
})

test('a namespace that is not loaded is named where it may match', () => {
  const half = { ...objects, namespaces: objects.namespaces.filter(({ name }) => name !== 'batch') }
  expect(peersOf({ peers: [pods('', 'team=x')] }, half)).toEqual(['batch'])
})

test('a policy selects workloads of its namespace, those that it may select too', () => {
  const maybe = pod('maybe', { labels: { labels: {}, unknown: ['app'] } })
  const twin = pod('twin', { namespace: 'tools', labels: known({ app: 'db' }) })
  const own = policy('own', 'app=db', { ingress: [] })
  expect(selectedBy(evaluated([pod('web'), pod('db'), maybe, twin], [own]), own)).toEqual([
    'shop/Deployment/db',
    'shop/Deployment/maybe',
  ])
})
