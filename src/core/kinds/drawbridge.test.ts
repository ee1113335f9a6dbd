import { describe, expect, test } from 'vitest'
import { documentOf, objectOf } from './read.testkit.ts'
import type { NewCheck } from '#core/model/check.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { checksValue } from './checkText.ts'
import { readEnd } from './end.ts'

describe('ends of checks (design.md 7)', () => {
  test.each([
    ['{namespace: shop, workload: Deployment/web}', { namespace: 'shop', workload: 'Deployment/web' }],
    [
      '{namespace: shop, workload: Assumed/app.kubernetes.io/name=web}',
      { namespace: 'shop', workload: 'Assumed/app.kubernetes.io/name=web' },
    ],
    ['{namespace: shop}', { namespace: 'shop' }],
    ['{cidr: 10.0.0.1/8}', { cidr: '10.0.0.0/8' }],
    ['{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}', { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }],
    ['{internet: true}', { internet: true }],
    ['{anywhere: true}', { anywhere: true }],
    ['{anyNamespace: true}', { anyNamespace: true }],
    ['{host: example.org}', { host: 'example.org' }],
    ['{node: n1}', { node: 'n1' }],
    ['{ingressController: true}', { ingressController: true }],
    ['{ingressController: false}', undefined],
    ['{node: n1, internet: true}', undefined],
    ['{workload: Deployment/web}', undefined],
    ['{namespace: shop, workload: web}', undefined],
    ['{namespace: shop, cidr: 10.0.0.0/8}', undefined],
    ['{cidr: nonsense}', undefined],
    ['{cidr: 10.0.0.0/8, except: [nonsense]}', undefined],
    ['{internet: false}', undefined],
    ['{}', undefined],
    ['[]', undefined],
  ])('%s', (text, end) => {
    expect(readEnd(documentOf(text).tree)).toEqual(end)
  })
})

const checks = (items: string): readonly object[] => {
  const object = objectOf(
    `{apiVersion: drawbridge/v1alpha1, kind: ConnectivityChecks, metadata: {name: x}, checks: ${items}}`,
  )
  return object.type === 'checks' ? object.checks : []
}

const only = (fields: string): readonly object[] => checks(`[{to: {internet: true}, ${fields}}]`)

describe('checks', () => {
  const ends = 'from: {namespace: a}, to: {internet: true}'

  test('a check keeps what it says and where', () => {
    const items = `[{name: one, ${ends}, ports: [TCP/80, 443, http], expect: denied}]`
    expect(checks(items)).toMatchObject([
      {
        name: 'one',
        from: { namespace: 'a' },
        to: { internet: true },
        ports: ['TCP/80', '443', 'http'],
        expect: 'denied',
        ref: { path: ['checks', 0] },
      },
    ])
  })

  test('a check may say who alone may reach it, and nothing that means something else', () => {
    const read = { from: { anywhere: true }, only: [{ namespace: 'a' }], expect: 'denied', to: { internet: true } }
    expect(only('only: [{namespace: a}]')).toMatchObject([read])
    expect(only('only: [{namespace: a}], from: {anywhere: true}, expect: denied')).toMatchObject([read])
    expect(only('only: []')).toMatchObject([{ ...read, only: [] }])
    expect(only('only: null, from: {namespace: a}, expect: allowed')).toMatchObject([{ from: { namespace: 'a' } }])
    for (const wrong of [
      'only: {namespace: a}',
      'only: [{}]',
      'only: [{namespace: a}, nonsense]',
      'only: [], from: {namespace: a}',
      'only: [], expect: allowed',
    ])
      expect(only(wrong)).toEqual([])
  })

  test('what is written reads back equal', () => {
    const [web, db] = [
      { namespace: 'shop', workload: 'Deployment/web' },
      { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
    ]
    const written = [
      { name: 'a', from: web, to: db, ports: ['TCP/80'], expect: 'allowed' },
      { name: 'b', from: { internet: true }, to: web, ports: [], expect: 'denied' },
      { name: 'c', from: { anywhere: true }, only: [web, { namespace: 'data' }], to: db, ports: [], expect: 'denied' },
      { name: 'd', from: { anywhere: true }, only: [], to: web, ports: ['UDP/53'], expect: 'denied' },
    ] as const satisfies readonly NewCheck[]
    const object = objectOf(writeYaml(checksValue('all', written)))
    expect(object.type === 'checks' && object.checks).toMatchObject(written)
  })

  test.each([
    `[{${ends}}]`,
    `[{${ends}, expect: maybe}]`,
    '[{expect: allowed, from: {namespace: a}}]',
    '[null]',
    '{}',
    'null',
  ])('%s is no check', (items) => {
    expect(checks(items)).toEqual([])
  })
})

describe('settings (design.md 9)', () => {
  test.each([
    ['podCidrs: [10.244.0.0/16]', { podCidrs: ['10.244.0.0/16'] }],
    ['podCidrs: none', { podCidrs: 'none', unknownLabels: 'absent' }],
    ['podCidrs: none, unknownLabels: unknown', { podCidrs: 'none', unknownLabels: 'unknown' }],
    ['podCidrs: [10.244.0.0/16, nonsense]', {}],
    ['podCidrs: []', {}],
    ['unknownLabels: absent', { unknownLabels: 'absent' }],
    ['unknownLabels: perhaps', {}],
    ['ignoreHostNetwork: true, directOwners: false', { ignoreHostNetwork: true, directOwners: false }],
    ['directOwners: "true"', {}],
    [
      'ingressController: {namespace: edge, labels: {app: nginx}}',
      { ingressController: { namespace: 'edge', labels: { app: 'nginx' } } },
    ],
    ['ingressController: {namespace: edge}', { ingressController: { namespace: 'edge', labels: {} } }],
    ['ingressController: unknown', { ingressController: 'unknown' }],
    ['ingressController: {labels: {app: nginx}}', {}],
    ['ingressController: edge', {}],
    ['profile: cilium', { profile: { id: 'cilium' } }],
    ['profile: {id: cilium}', { profile: { id: 'cilium' } }],
    ["profile: {id: cilium, version: '1.16'}", { profile: { id: 'cilium', version: '1.16' } }],
    ['profile: {id: cilium, version: 1.20}', { profile: { id: 'cilium', version: '1.20' } }],
    ['profile: {id: cilium, version: }', { profile: { id: 'cilium' } }],
    ['profile: celium', {}],
    ['profile: {version: 1.20}', {}],
    ['profile: [cilium]', {}],
    ['profile: __proto__', {}],
  ])('%s', (fields, settings) => {
    const object = objectOf(
      `{apiVersion: drawbridge/v1alpha1, kind: DrawbridgeSettings, metadata: {name: x}, ${fields}}`,
    )
    expect(object.type === 'settings' && object.settings).toEqual(settings)
  })
})
