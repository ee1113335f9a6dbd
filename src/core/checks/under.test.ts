import { describe, expect, test } from 'vitest'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { load } from '#core/load/load.ts'
import { deploymentText, joined, policyText } from '#core/load/load.testkit.ts'
import { plain } from '#core/model/sentence.ts'
import { resultsUnder } from './under.ts'

const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: c}
checks:
  - {name: in, from: {namespace: shop, workload: Deployment/web}, to: {namespace: shop, workload: Deployment/db}, ports: [TCP/5432], expect: allowed}
  - {name: out, from: {namespace: shop, workload: Deployment/db}, to: {namespace: shop, workload: Deployment/web}, ports: [TCP/80], expect: denied}
`

function told(profile: string, ingress: string) {
  const policy = policyText(
    'db',
    `{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress, Egress], ingress: ${ingress}}`,
  )
  const settings = `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\nprofile: ${profile}\n`
  const space = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'
  const text = joined(space, deploymentText('web'), deploymentText('db'), policy, CHECKS, settings)
  const { cluster, policies, checks, settings: read } = load([{ path: 'a.yaml', text, counts: true }])
  const results = resultsUnder(checks, evaluateWithProfile(cluster, policies, read))
  return results.map(({ check, outcome, why }) => [check.name, outcome, plain(why)])
}

const ANYONE = '[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]'

describe('under a CNI a check fares as its connection does', () => {
  test('by the API both hold, and nothing is told', () => {
    expect(told('reference', ANYONE)).toEqual([
      ['in', 'holds', ''],
      ['out', 'holds', ''],
    ])
  })

  test('where the CNI enforces nothing, what must be denied is broken, and the CNI is why', () => {
    expect(told('flannel', ANYONE)).toEqual([
      ['in', 'holds', ''],
      ['out', 'broken', expect.stringMatching(/^The CNI does otherwise: .*/)],
    ])
  })

  test('where the CNI reads a rule otherwise, the check that hangs on it is broken', () => {
    expect(told('cilium', ANYONE)[0]).toEqual([
      'in',
      'broken',
      expect.stringMatching(/^The CNI does otherwise: .*ipBlock/i),
    ])
  })

  test('what is broken by the API, too, is told by the policies', () => {
    expect(told('cilium', '[]')[0]).toEqual(['in', 'broken', expect.not.stringMatching(/CNI/)])
  })

  test('what holds under the CNI alone holds, without a word', () => {
    expect(told('flannel', '[]')[0]).toEqual(['in', 'holds', ''])
  })

  test('what the CNI does otherwise about another port is not why', () => {
    const why = told('cilium', '[{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}]')[0]
    expect(why).toEqual(['in', 'broken', 'TCP 5432 is closed: shop/db may not receive it (shop/db).'])
  })

  const RANGE = '{from: [{podSelector: {}}], ports: [{port: 5000, endPort: 6000}]}'

  test('what hangs on a fact that nobody knows is undetermined, and that fact alone is told', () => {
    const unknown = [
      'in',
      'undetermined',
      'Not known of this CNI: Nobody has checked from which version on ranges count.',
    ]
    expect(told('gke-dataplane-v2', `[${RANGE}]`)[0]).toEqual(unknown)
    const block = '{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 1}]}'
    expect(told('gke-dataplane-v2', `[${RANGE}, ${block}]`)[0]).toEqual(unknown)
  })

  test('what surely is otherwise is told without what nobody knows', () => {
    const sctp = '{from: [{podSelector: {}}], ports: [{port: 1, protocol: SCTP}]}'
    expect(told('cilium', `[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}, ${sctp}]`)[0]).toEqual([
      'in',
      'broken',
      expect.stringMatching(/^The CNI does otherwise: An ipBlock never holds pods[^.]*[.]$/),
    ])
  })
})
