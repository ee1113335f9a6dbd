import { describe, expect, test } from 'vitest'
import type { Exposure } from '#core/model/cluster.ts'
import { objectOf } from './read.testkit.ts'

function exposuresOf(apiVersion: string, kind: string, spec: string): readonly Exposure[] {
  const object = objectOf(
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\nspec: ${spec}`,
  )
  if (object.type !== 'exposures') throw new Error(`no exposures: ${object.type}`)
  return object.exposures
}

const told = (exposures: readonly Exposure[]): readonly string[] =>
  exposures.map(({ service, port }) => `${service} ${JSON.stringify(port)}`)

const path = (backend: string): string => `{rules: [{http: {paths: [{path: /, backend: ${backend}}]}}]}`

describe('Ingress', () => {
  test.each([
    [path('{service: {name: a, port: {number: 80}}}'), ['a 80']],
    [path('{service: {name: a, port: {name: http}}}'), ['a "http"']],
    [path('{service: {name: a}}'), ['a undefined']],
    [path('{resource: {kind: Bucket, name: a}}'), []],
    [path('{serviceName: a, servicePort: 80}'), ['a 80']],
    [path('{serviceName: a, servicePort: http}'), ['a "http"']],
    ['{defaultBackend: {service: {name: a, port: {number: 80}}}}', ['a 80']],
    ['{backend: {serviceName: a, servicePort: 80}}', ['a 80']],
    ['{rules: [{host: a.example}, {http: {paths: [{backend: {service: {name: b}}}, {path: /}]}}]}', ['b undefined']],
    ['{rules: {}}', []],
  ])('%s', (spec, expected) => {
    expect(told(exposuresOf('networking.k8s.io/v1', 'Ingress', spec))).toEqual(expected)
  })

  test('says whose backend it is and where it stands', () => {
    const [exposure] = exposuresOf('extensions/v1beta1', 'Ingress', path('{serviceName: a}'))
    expect(exposure).toMatchObject({
      namespace: 'shop',
      name: 'Ingress shop/web',
      ref: { path: ['spec', 'rules', 0, 'http', 'paths', 0, 'backend'] },
    })
  })
})

describe('Route', () => {
  test.each([
    ['{to: {kind: Service, name: a}}', ['a undefined']],
    ['{to: {name: a}, port: {targetPort: 8080}}', ['a 8080']],
    [
      '{to: {kind: Service, name: a}, alternateBackends: [{kind: Service, name: b, weight: 0}], port: {targetPort: web}}',
      ['a "web"', 'b "web"'],
    ],
    ['{to: {kind: Other, name: a}}', []],
    ['{to: {kind: Service, name: ""}}', []],
  ])('%s', (spec, expected) => {
    expect(told(exposuresOf('route.openshift.io/v1', 'Route', spec))).toEqual(expected)
  })
})

describe.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'])('%s', (kind) => {
  test.each([
    ['{rules: [{backendRefs: [{name: a, port: 80}, {name: b, port: 81}]}]}', ['a 80', 'b 81']],
    ['{rules: [{backendRefs: [{group: "", kind: Service, namespace: shop, name: a, port: 80}]}]}', ['a 80']],
    ['{rules: [{backendRefs: [{group: example.org, kind: Service, name: a, port: 80}]}]}', []],
    ['{rules: [{backendRefs: [{kind: Bucket, name: a, port: 80}]}]}', []],
    ['{rules: [{backendRefs: [{name: a}]}]}', []],
    ['{rules: [{backendRefs: [{namespace: other, name: a, port: 80}]}]}', []],
    [
      '{rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}}}], backendRefs: []}]}',
      ['copy 80'],
    ],
  ])('%s', (spec, expected) => {
    expect(told(exposuresOf('gateway.networking.k8s.io/v1', kind, spec))).toEqual(expected)
  })
})

test('a Gateway is recognised and leads nowhere by itself', () => {
  expect(exposuresOf('gateway.networking.k8s.io/v1', 'Gateway', '{listeners: [{port: 80}]}')).toEqual([])
})
