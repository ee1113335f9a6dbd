import { describe, expect, test } from 'vitest'
import type { Selector } from '#core/model/labels.ts'
import { policiesOf } from './read.testkit.ts'

const text = (selector: Selector): string =>
  selector.map(({ key, operator, values }) => `${key} ${operator} ${values.join('|')}`.trim()).join(', ') || 'all'

/** Whom each policy of a document selects, short. */
function subjectsOf(document: string): readonly string[] {
  return policiesOf(document).map(({ subject, unevaluated, rules, directions, managed, stale }) => {
    expect(unevaluated).toBeDefined()
    expect({ managed, stale }).toEqual({ managed: false, stale: false })
    expect({ rules, directions }).toEqual({ rules: [], directions: ['ingress', 'egress'] })
    const { namespaces, pods } = subject
    return `${namespaces.type === 'name' ? namespaces.name : text(namespaces.selector)}: ${text(pods)}`
  })
}

const cilium = (rest: string, kind = 'CiliumNetworkPolicy'): string =>
  `{apiVersion: cilium.io/v2, kind: ${kind}, metadata: {name: p, namespace: shop}, ${rest}}`
const calico = (spec: string, kind = 'NetworkPolicy'): string =>
  `{apiVersion: crd.projectcalico.org/v1, kind: ${kind}, metadata: {name: p, namespace: shop}, spec: ${spec}}`
const antrea = (spec: string, kind = 'NetworkPolicy'): string =>
  `{apiVersion: crd.antrea.io/v1beta1, kind: ${kind}, metadata: {name: p, namespace: shop}, spec: ${spec}}`
const aws = (subject: string): string =>
  `{apiVersion: networking.k8s.aws/v1alpha1, kind: ClusterNetworkPolicy, metadata: {name: p}, spec: {subject: ${subject}}}`

describe('policies of other engines: whom they select (design.md 9)', () => {
  test.each([
    [cilium('spec: {endpointSelector: {matchLabels: {app: web}}}'), ['shop: app In web']],
    [cilium('spec: {endpointSelector: {}}'), ['shop: all']],
    [cilium('spec: {}'), ['shop: all']],
    [cilium('x: y'), ['shop: all']],
    [
      cilium('spec: {endpointSelector: {matchLabels: {"k8s:app": web, "any:tier": x}}}'),
      ['shop: app In web, tier In x'],
    ],
    [cilium('spec: {endpointSelector: {matchLabels: {"reserved:host": ""}}}'), ['shop: all']],
    [
      cilium('specs: [{endpointSelector: {matchLabels: {a: b}}}, {endpointSelector: {matchLabels: {c: d}}}]'),
      ['shop: a In b', 'shop: c In d'],
    ],
    [cilium('spec: {nodeSelector: {}}', 'CiliumClusterwideNetworkPolicy'), []],
    [
      cilium(
        'spec: {endpointSelector: {matchLabels: {"k8s:io.kubernetes.pod.namespace": a, "io.cilium.k8s.namespace.labels.team": x, app: z}}}',
        'CiliumClusterwideNetworkPolicy',
      ),
      ['kubernetes.io/metadata.name In a, team In x: app In z'],
    ],
    [cilium('spec: {endpointSelector: {}}', 'CiliumClusterwideNetworkPolicy'), ['all: all']],
    [calico('{selector: "app == \'db\' && has(tier)"}'), ['shop: app In db, tier Exists']],
    [calico('{selector: "all()"}'), ['shop: all']],
    [calico('{selector: "all() && app == \'db\' && "}'), ['shop: app In db']],
    [calico('{}'), ['shop: all']],
    [
      calico("{selector: \"a != 'b' && !has(c) && d in {'eel', \\\"f\\\"} && g not in { 'h' }\"}"),
      ['shop: a NotIn b, c DoesNotExist, d In eel|f, g NotIn h'],
    ],
    [calico("{selector: \"a == 'b' || c == 'd'\"}"), ['shop: all']],
    [calico('{selector: "projectcalico.org/orchestrator == \'k8s\'"}'), ['shop: all']],
    [
      calico('{namespaceSelector: "projectcalico.org/name == \'a\'", selector: "x == \'y\'"}', 'GlobalNetworkPolicy'),
      ['kubernetes.io/metadata.name In a: x In y'],
    ],
    [antrea('{appliedTo: [{podSelector: {matchLabels: {a: b}}}]}'), ['shop: a In b']],
    [
      antrea(
        '{appliedTo: [{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}, {group: g}]}',
        'ClusterNetworkPolicy',
      ),
      ['a In b: c In d', 'all: all'],
    ],
    [antrea('{ingress: [{appliedTo: [{podSelector: {matchLabels: {a: b}}}]}], egress: [{}]}'), ['shop: a In b']],
    [
      antrea('{appliedTo: [{podSelector: {matchLabels: {a: b}}, serviceAccount: {}}, nonsense]}'),
      ['shop: all', 'shop: all'],
    ],
    [antrea('{appliedTo: [{namespaceSelector: {matchLabels: {a: b}}}]}', 'ClusterNetworkPolicy'), ['a In b: all']],
    [antrea('{egress: [{appliedTo: [{podSelector: {matchLabels: {a: b}}}]}]}'), ['shop: a In b']],
    [antrea('{}'), ['shop: all']],
    [aws('{namespaces: {matchLabels: {a: b}}}'), ['a In b: all']],
    [aws('{namespaces: {}}'), ['all: all']],
    [
      aws(
        '{pods: {namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchExpressions: [{key: c, operator: Exists}]}}}',
      ),
      ['a In b: c Exists'],
    ],
    [aws('{}'), ['all: all']],
  ])('%s', (document, subjects) => {
    expect(subjectsOf(document)).toEqual(subjects)
  })
})
