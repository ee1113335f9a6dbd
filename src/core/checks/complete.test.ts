import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster, node, pod, workload } from '#core/evaluate/build.testkit.ts'
import { completeCheck } from './complete.ts'

const DB = pod('db', {
  namespace: 'data',
  ports: [
    { name: 'sql', port: 5432, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
})
const CLUSTER = cluster([pod('web'), pod('api'), DB], { nodes: [node('n1')] })
const HEAD = 'apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: { name: a }\nchecks:\n'

/** What is offered at `|` in the text of checks, and the word that it takes the place of. */
function offered(checks: string, head = HEAD): string | undefined {
  const marked = head + checks
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = completeCheck(text, offset, CLUSTER)
  return found && `${text.slice(found.from, found.to)}: ${found.items.map(({ label }) => label).join(', ')}`
}

const FIELDS = 'name, from, to, ports, expect, only'
const END = 'namespace, workload, cidr, internet, host, anyNamespace, anywhere, node, ingressController'
const WEB_ENDS = '{ namespace: shop, workload: Deployment/web }'
const REST = '    expect: allowed\n  - name: next\n'

describe('offered in checks', () => {
  test.each<[string, string]>([
    ['  - |', `: ${FIELDS}`],
    ['  - name: a\n    fr|\n', 'fr: from, to, ports, expect, only'],
    ['  - name: a\n    |\n    to: {internet: true}\n', ': from, ports, expect, only'],
    ['  - { name: a, | }\n', ': from, to, ports, expect, only'],
    ['  - { name: a, t|', 't: from, to, ports, expect, only'],
    ['  - name: a\n    expect: |\n', ': allowed, denied'],
    ['  - name: a\n    expect: al|l\n', 'all: allowed, denied'],
    [`  - from: { namespace: | }\n${REST}`, ': shop, data'],
    ['  - from: { namespace: sh|', 'sh: shop, data'],
    [`  - from: { namespace: shop, workload: | }\n${REST}`, ': Deployment/web, Deployment/api'],
    ['  - from: { namespace: data, workload: Deployment/d|', 'Deployment/d: Deployment/db'],
    ['  - from: { workload: "|" }', ': Deployment/web, Deployment/api, Deployment/db'],
    ['  - to:\n      namespace: data\n      workload: |\n', ': Deployment/db'],
    ['  - to:\n      namespace: data\n      |\n', `: ${END.replace('namespace, ', '')}`],
    ['  - to: {|}', `: ${END}`],
    ['  - to: {internet: |}', ': true'],
    ['  - to: {node: |}', ': n1'],
    ['  - to: {cidr: 1|}', 'undefined'],
    ['  - only: [{namespace: |}]\n', ': shop, data'],
    ['  - only:\n      - namespace: shop\n        workload: |\n', ': Deployment/web, Deployment/api'],
    ['  - only: [{|}]\n', `: ${END}`],
    ['  - name: |', 'undefined'],
  ])('%j: %s', (text, found) => expect(String(offered(text))).toBe(found))

  test('whole ends, where nothing of one is there', () => {
    for (const place of [
      '  - from: |\n    to: {internet: true}\n',
      '  - to: |',
      '  - only: [|]',
      '  - only:\n      - |\n',
    ])
      expect(offered(place)).toMatch(new RegExp(`^: ${WEB_ENDS}.*{ namespace: data }, { internet: true }`))
  })

  test.each([
    '  - to: { namespace: data, workload: Deployment/db }\n    ports: [|]\n',
    '  - ports: [|\n    to: { namespace: data, workload: Deployment/db }\n',
    '  - ports:\n      - |\n    to: { namespace: data }\n',
    '  - to:\n      namespace: data\n      workload: Deployment/db\n    ports:\n      - |\n',
  ])('ports that the destination declares: %j', (text) => {
    // What doesn't parse behind the cursor is not read.
    const isCut = text.includes('[|\n')
    expect(offered(text)).toBe(isCut ? ': TCP, UDP, SCTP' : ': TCP/5432, TCP/sql, UDP/53, TCP, UDP, SCTP')
  })

  test('ports that are written already are not offered again', () => {
    expect(offered('  - to: { namespace: data }\n    ports: [TCP/sql, TCP/|]\n')).toBe(
      'TCP/: TCP/5432, UDP/53, TCP, UDP, SCTP',
    )
  })

  test('names that YAML would read as something else are quoted', () => {
    const odd = { ...CLUSTER, workloads: [workload(pod('app=a, b', { namespace: 'on' }))] }
    const text = `${HEAD}  - to: `
    expect(completeCheck(text, text.length, odd)?.items[0]?.label).toBe(
      '{ namespace: "on", workload: "Deployment/app=a, b" }',
    )
  })
})

describe('only in checks', () => {
  test('other documents of the file are left alone', () => {
    const other = 'kind: NetworkPolicy\nspec: {namespace: |}\n---\n'
    expect(offered('', `${other}${HEAD}`)).toBeUndefined()
    expect(offered('  - to: {namespace: |}\n---\nkind: [broken\n', `a: b\n---\n${HEAD}`)).toBe(': shop, data')
    expect(offered('', HEAD.replace('{ name: a }', '{ name: | }'))).toBeUndefined()
    expect(offered('{"kind": "ConnectivityChecks", "checks": [{"to": {"namespace": "|"}}]}', '')).toBe(': shop, data')
  })

  test('what is offered and taken reads as such, wherever the cursor is', () => {
    const text = `${HEAD}  - name: a\n    from: { namespace: shop, workload: Deployment/web }\n    to: { namespace: data }\n    ports: [TCP/sql]\n    expect: allowed\n`
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const torn = text.slice(0, from) + text.slice(to)
        const found = completeCheck(torn, from, CLUSTER)
        expect(!found || (found.from <= from && from <= found.to && found.to <= torn.length)).toBe(true)
      }),
    )
  })
})
