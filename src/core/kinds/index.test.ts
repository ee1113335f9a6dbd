import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validate } from '#core/validate/validate.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { KINDS } from './index.ts'
import { typeOf } from './meta.ts'
import { findKind, meantKind, readObject } from './read.ts'
import { documentOf, objectOf } from './read.testkit.ts'

describe('the registry of kinds', () => {
  test('no group and kind stands there twice', () => {
    const names = KINDS.flatMap(({ groups, kind }) => groups.map((group) => `${group}/${kind}`))
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(KINDS.map((kind) => [`${kind.groups[0]}/${kind.kind}`, kind] as const))(
    '%s reads its example',
    (_, kind) => {
      const document = documentOf(kind.example)
      expect(findKind(typeOf(document.tree))).toBe(kind)
      const { meta } = objectOf(kind.example)
      expect(meta.name).not.toBe('')
      expect(meta.namespace !== undefined).toBe(kind.scope === 'namespaced')
      expect(validate(document).filter(({ severity }) => severity !== 'info')).toEqual([])
    },
  )

  test.each(KINDS.map((kind) => [kind.kind, kind] as const))(
    '%s survives a document with anything at any place',
    (_, kind) => {
      const nonsense = fc.constantFrom(
        'null',
        '[]',
        '{}',
        '[null]',
        '[[]]',
        '{a: {}}',
        '0',
        '-1.5',
        'true',
        '""',
        '{__proto__: {}}',
        '{toString: 1}',
      )
      const places = [...kind.example.matchAll(/: (?=\S)/g)].map((match) => match.index + 2)
      fc.assert(
        fc.property(fc.constantFrom(...places), nonsense, (place, value) => {
          const end = endOfValue(kind.example, place)
          const { tree } = parseDocument(kind.example.slice(0, place) + value + kind.example.slice(end))
          if (!tree) return
          expect(() => readObject({ id: 'd1', tree })).not.toThrow()
          expect(() => kind.read({ id: 'd1', tree })).not.toThrow()
          expect(() => validate({ id: 'd1', tree })).not.toThrow()
        }),
        { numRuns: 300 },
      )
    },
  )

  test('any tree at all may come', () => {
    const apiVersion = fc.constantFrom(
      'v1',
      'apps/v1',
      'networking.k8s.io/v1',
      'batch/v1',
      'cilium.io/v2',
      'projectcalico.org/v3',
      'crd.antrea.io/v1',
      'route.openshift.io/v1',
      'gateway.networking.k8s.io/v1',
      'networking.k8s.aws/v1alpha1',
      'policy.networking.k8s.io/v1alpha1',
      'policy.networking.k8s.io/v1alpha2',
      'drawbridge/v1alpha1',
    )
    const kind = fc.constantFrom(...KINDS.map((each) => each.kind), 'List', 'Rollout')
    const rest = fc.dictionary(
      fc.constantFrom('metadata', 'spec', 'status', 'checks', 'specs', '__proto__'),
      fc.jsonValue({ maxDepth: 4 }),
    )
    fc.assert(
      fc.property(apiVersion, kind, rest, (apiVersion, kind, rest) => {
        const { tree } = parseDocument(JSON.stringify({ apiVersion, kind, ...rest }))
        if (!tree) return
        expect(() => readObject({ id: 'd1', tree })).not.toThrow()
        expect(() => validate({ id: 'd1', tree })).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })
})

// The value ends with its line, or in flow style with its brace.
function endOfValue(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const character = text[i] ?? ''
    if (character === '\n') return i
    if ('{['.includes(character)) depth++
    if ('}]'.includes(character) && depth-- === 0) return i
    if (character === ',' && depth === 0) return i
  }
  return text.length
}

describe('dispatch by group and kind', () => {
  test.each([
    ['networking.k8s.io', 'NetworkPolicy', 'networkPolicy'],
    ['projectcalico.org', 'NetworkPolicy', 'Calico NetworkPolicy'],
    ['crd.antrea.io', 'ClusterNetworkPolicy', 'Antrea ClusterNetworkPolicy'],
    ['networking.k8s.aws', 'ClusterNetworkPolicy', 'AWS ClusterNetworkPolicy'],
    ['policy.networking.k8s.io', 'ClusterNetworkPolicy', 'admin'],
    ['policy.networking.k8s.io', 'AdminNetworkPolicy', 'admin'],
    ['policy.networking.k8s.io', 'BaselineAdminNetworkPolicy', 'baseline'],
  ])('%s %s', (group, kind, title) => {
    const object = objectOf(`{apiVersion: ${group}/v1, kind: ${kind}, metadata: {name: x}}`)
    const found = object.type === 'policy' ? (object.unevaluated ?? object.policies[0]?.tier) : object.type
    expect(found).toBe(title)
  })

  test.each([
    ['', 'NetworkPolicy', 'NetworkPolicy'],
    ['', 'Deployment', 'Deployment'],
    ['apps', 'Pod', 'Pod'],
    ['networking.k8s.io', 'AdminNetworkPolicy', 'AdminNetworkPolicy'],
    ['', 'ClusterNetworkPolicy', 'ClusterNetworkPolicy'],
    ['policy.networking.k8s.io', 'NetworkPolicy', 'NetworkPolicy'],
    ['cert-manager.io', 'Service', undefined],
    ['', 'Ingress', 'Ingress'],
    ['', 'Route', undefined],
  ])('who writes %s %s means %s', (group, kind, meant) => {
    expect(meantKind({ group, kind })?.kind).toBe(meant)
  })

  test("somebody else's kind of the same name isn't read", () => {
    expect(
      readObject(documentOf('{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: x}}')),
    ).toBeUndefined()
  })
})
