import { describe, expect, test } from 'vitest'
import type { Policy } from '#core/model/rule.ts'
import { formatPath, type Ref } from '#core/model/text.ts'
import { policiesOf } from './read.testkit.ts'

const isRef = (value: object): value is Ref => 'range' in value && 'path' in value

/** Every ref of a policy: `path: the text that it points at`, sorted. */
function placesOf(text: string, [policy]: readonly Policy[] = policiesOf(text)): readonly string[] {
  const places: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (isRef(value)) {
      if (value.document !== 'd1') throw new Error(`a place in ${value.document}`)
      places.push(`${formatPath(value.path)}: ${text.slice(value.range.from, value.range.to).replaceAll(/\s+/g, ' ')}`)
    } else for (const inner of Object.values(value)) walk(inner)
  }
  walk({ ...policy, ref: undefined })
  return places.toSorted()
}

describe('every part of a policy knows where it is written', () => {
  test('NetworkPolicy', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: a}}
        - namespaceSelector: {matchExpressions: [{key: b, operator: Exists}]}
      ports: [{port: 80}, {port: http}]
  egress:
    - to: [{ipBlock: {cidr: 10.0.0.0/8}}]
`
    expect(placesOf(text)).toEqual([
      'spec.egress[0].to[0]: {ipBlock: {cidr: 10.0.0.0/8}}',
      'spec.egress[0]: to: [{ipBlock: {cidr: 10.0.0.0/8}}]',
      'spec.ingress[0].from[0].podSelector.matchLabels.app: app: a',
      'spec.ingress[0].from[0]: podSelector: {matchLabels: {app: a}}',
      'spec.ingress[0].from[1].namespaceSelector.matchExpressions[0]: {key: b, operator: Exists}',
      'spec.ingress[0].from[1]: namespaceSelector: {matchExpressions: [{key: b, operator: Exists}]}',
      'spec.ingress[0].ports[0]: {port: 80}',
      'spec.ingress[0].ports[1]: {port: http}',
      'spec.ingress[0]: from: - podSelector: {matchLabels: {app: a}} - namespaceSelector: {matchExpressions: [{key: b, operator: Exists}]} ports: [{port: 80}, {port: http}]',
      'spec.podSelector.matchLabels.app: app: web',
      'spec.podSelector: {matchLabels: {app: web}}',
    ])
  })

  test('labels behind an alias or a merge point at what stands in their place', () => {
    const text = `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, labels: &all {x: &v web}},
 spec: {podSelector: {matchLabels: {<<: *all, app: *v}}}}`
    const [alias, merged] = placesOf(text)
    expect(merged).toMatch(/^spec[.]podSelector[.]matchLabels[.]x: /)
    expect(alias).toBe('spec.podSelector.matchLabels.app: *v')
  })

  test('ClusterNetworkPolicy', () => {
    const text = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: p}
spec:
  tier: Admin
  priority: 1
  subject: {namespaces: {matchLabels: {team: x}}}
  egress:
    - action: Deny
      to: [{networks: [10.0.0.0/8, 192.168.0.0/16]}, {nodes: {}}]
      protocols: [{tcp: {destinationPort: {number: 80}}}]
`
    expect(placesOf(text)).toEqual([
      'spec.egress[0].protocols[0]: {tcp: {destinationPort: {number: 80}}}',
      'spec.egress[0].to[0].networks[0]: 10.0.0.0/8',
      'spec.egress[0].to[0].networks[1]: 192.168.0.0/16',
      'spec.egress[0].to[1]: {nodes: {}}',
      'spec.egress[0]: action: Deny to: [{networks: [10.0.0.0/8, 192.168.0.0/16]}, {nodes: {}}] protocols: [{tcp: {destinationPort: {number: 80}}}]',
      'spec.subject.namespaces.matchLabels.team: team: x',
      'spec.subject: {namespaces: {matchLabels: {team: x}}}',
    ])
  })
})
