import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster, pod, workload } from '#core/evaluate/build.testkit.ts'
import type { Check, NewCheck } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import { parseDocument, toPlain } from '#core/yaml/parse.ts'
import { isNetAssert, readNetAssert } from './fromNetAssert.ts'
import { toNetAssert } from './toNetAssert.ts'

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
const at = (name: string, kind = 'Deployment'): End => ({ namespace: 'shop', workload: `${kind}/${name}` })
const CLUSTER = cluster([
  pod('web'),
  pod('db', {
    ports: [
      { name: 'sql', port: 5432, protocol: 'TCP' },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
  }),
])
const BASE = { ref: REF, name: 'one', from: at('web'), to: at('db'), ports: ['TCP/5432'], expect: 'allowed' } as const

function written(...checks: readonly Partial<Check>[]) {
  const { text, leftOut, tests } = toNetAssert(
    checks.map((check) => ({ ...BASE, ...check })),
    CLUSTER,
  )
  const { tree } = parseDocument(text)
  return { text, tests, list: (tree && toPlain(tree)) as readonly unknown[], leftOut: leftOut.map(({ why }) => why) }
}

const sql = (port: number) => pod('db', { ports: [{ name: 'sql', port, protocol: 'TCP' }] })

describe('written', () => {
  test('a check is a test with the fields that NetAssert knows, and no other', () => {
    const { text, tests } = written({}, { name: 'two', to: { host: 'example.org' }, expect: 'denied' })
    expect(tests).toBe(2)
    expect(text).toBe(`- name: one
  type: k8s
  protocol: tcp
  targetPort: 5432
  timeoutSeconds: 15
  attempts: 3
  exitCode: 0
  src:
    k8sResource:
      kind: deployment
      name: web
      namespace: shop
  dst:
    k8sResource:
      kind: deployment
      name: db
      namespace: shop
- name: two
  type: k8s
  protocol: tcp
  targetPort: 5432
  timeoutSeconds: 15
  attempts: 3
  exitCode: 1
  src:
    k8sResource:
      kind: deployment
      name: web
      namespace: shop
  dst:
    host:
      name: example.org
`)
    expect(written().text).toBe('[]\n')
  })

  test('a test for each port, with names of their own; a name of a port is what the pods declare', () => {
    const { list } = written(
      { ports: ['TCP/sql', 'UDP/dns', 'TCP/80', '80'] },
      { name: 'one (TCP 80)', ports: ['TCP/80'] },
      { name: 'one', ports: ['TCP/81'] },
      { name: '', ports: ['TCP/82'] },
    )
    expect(list).toMatchObject([
      { name: 'one (TCP 5432)', protocol: 'tcp', targetPort: 5432 },
      { name: 'one (UDP 53)', protocol: 'udp', targetPort: 53 },
      { name: 'one (TCP 80) (2)', targetPort: 80 },
      { name: 'one (TCP 80)' },
      { name: 'one', targetPort: 81 },
      { name: '(TCP 82)' },
    ])
  })

  test.each<[Partial<Check>, string]>([
    [{ ports: [] }, 'it speaks of all ports'],
    [{ ports: ['TCP'] }, 'TCP is more than one port'],
    [{ ports: ['TCP/80-81'] }, 'TCP/80-81 is more than one port'],
    [{ ports: ['TCP/0'] }, 'TCP/0 is no port'],
    [{ ports: ['TCP/grpc'] }, 'no container of shop/db declares a port TCP/grpc'],
    [{ ports: ['SCTP/9'] }, 'NetAssert knows TCP and UDP only'],
    [{ from: { namespace: 'shop' } }, 'all of shop is no workload that could open a connection'],
    [{ from: { host: 'a.b' } }, 'a.b is no workload that could open a connection'],
    [{ to: { internet: true } }, 'the internet is no single workload or host to connect to'],
    [{ to: { cidr: '10.0.0.0/8' } }, '10.0.0.0/8 is no single workload or host to connect to'],
    [{ to: { namespace: 'shop' } }, 'all of shop is no single workload or host to connect to'],
    [{ to: { host: 'a.b' }, ports: ['UDP/53'] }, 'NetAssert cannot try UDP to a host'],
    [{ to: at('') }, 'an end has no name'],
    [{ from: { namespace: '', workload: 'Pod/a' } }, 'an end has no name'],
    [{ to: { host: '' } }, 'an end has no name'],
    [{ to: at('a', 'CronJob') }, 'NetAssert knows no CronJob, only Deployment, StatefulSet, DaemonSet, Pod'],
    [
      { from: { anywhere: true }, only: [at('web')], expect: 'denied' },
      'it speaks of all others (“only”), who cannot be tried one by one',
    ],
  ])('%j is listed, not dropped', (check, why) => {
    expect(written(check)).toMatchObject({ tests: 0, leftOut: [why] })
  })

  test('a name that pods declare for several ports is a test for each', () => {
    const both = { ...CLUSTER, workloads: [workload(sql(5432), sql(5433))] }
    const { text } = toNetAssert([{ ...BASE, ports: ['TCP/sql'] }], both)
    expect(text.match(/targetPort: \d+/g)).toEqual(['targetPort: 5432', 'targetPort: 5433'])
  })

  test('of a check with several ports only what can be said is', () => {
    expect(written({ ports: ['TCP/80', 'SCTP/9', 'TCP/1-2'] })).toMatchObject({
      list: [{ name: 'one (TCP 80)' }],
      leftOut: ['TCP/1-2 is more than one port', 'NetAssert knows TCP and UDP only'],
    })
  })
})

const ENTRY = {
  name: 'a',
  type: 'k8s',
  protocol: 'tcp',
  targetPort: 80,
  exitCode: 0,
  src: { k8sResource: { kind: 'pod', name: 'x', namespace: 'n' } },
  dst: { host: { name: 'example.org' } },
}
const RESOURCE = { k8sResource: { kind: 'deployment', name: 'y', namespace: 'm' } }

function said(...entries: readonly object[]): readonly string[] {
  const text = JSON.stringify(entries, undefined, 1)
  const { problems } = readNetAssert(text, 'n')
  return problems.map(({ message, ref }) => `${message} @ ${text.slice(ref.range.from, ref.range.to).slice(0, 20)}`)
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ')
const whole = (text: string): readonly string[] => readNetAssert(text, 'n').problems.map(({ code }) => code)

describe('read', () => {
  test('a test is a check', () => {
    const text = `# tests\n${JSON.stringify([ENTRY])}\n---\n- ${JSON.stringify({ ...ENTRY, name: 'b', dst: RESOURCE, exitCode: 1, protocol: 'udp' })}\n`
    const { checks, problems } = readNetAssert(text, 'file')
    expect(problems).toEqual([])
    const from = { namespace: 'n', workload: 'Pod/x' }
    expect(checks).toMatchObject([
      { name: 'a', from, to: { host: 'example.org' }, ports: ['TCP/80'], expect: 'allowed' },
      { name: 'b', from, to: { namespace: 'm', workload: 'Deployment/y' }, ports: ['UDP/80'], expect: 'denied' },
    ])
    const places = checks.map(({ ref }) => text.slice(ref.range.from, ref.range.to))
    expect(places.map((place) => [place.slice(0, 12), place.at(-1)])).toEqual([
      ['{"name":"a",', '}'],
      ['{"name":"b",', '}'],
    ])
  })

  test.each<[string, object, string]>([
    ['no name', { name: '' }, '[0].name: Required value: each test has a name @ ""'],
    ['another type', { type: 'vm' }, '[0].type: Unsupported value: "vm": it can be k8s @ "vm"'],
    ['a protocol', { protocol: 'sctp' }, '[0].protocol: Unsupported value: "sctp": it can be tcp or udp @ "sctp"'],
    ['port 0', { targetPort: 0 }, '[0].targetPort: Invalid value: 0: a whole number from 1 to 65535 @ 0'],
    ['no port', { targetPort: undefined }, '[0].targetPort: Required value: a whole number from 1 to 65535 @'],
    [
      'no exit code',
      { exitCode: undefined },
      '[0].exitCode: Required value: 0 where the connection must be allowed, 1 where it must be denied @',
    ],
    ['no type', { type: undefined }, '[0].type: Required value: it can be k8s @'],
    [
      'port 65536',
      { targetPort: 65_536 },
      '[0].targetPort: Invalid value: 65536: a whole number from 1 to 65535 @ 65536',
    ],
    [
      'nowhere to go',
      { dst: {} },
      '[0].dst.k8sResource: Required value: a k8sResource with kind, name and namespace @',
    ],
    ['no time', { timeoutSeconds: 0 }, '[0].timeoutSeconds: Invalid value: 0: a whole number from 1 @ 0'],
    ['no attempts', { attempts: -1 }, '[0].attempts: Invalid value: -1: a whole number from 1 @ -1'],
    [
      'another exit code',
      { exitCode: 2 },
      '[0].exitCode: Invalid value: 2: 0 where the connection must be allowed, 1 where it must be denied @ 2',
    ],
    [
      'a host that sends',
      { src: { host: { name: 'a' } } },
      '[0].src.host: Forbidden: a test can only start from a k8sResource @',
    ],
    [
      'both at once',
      { dst: { ...RESOURCE, ...ENTRY.dst } },
      '[0].dst: Forbidden: either a k8sResource or a host, not both @',
    ],
    ['udp to a host', { protocol: 'udp' }, '[0].dst.host: Forbidden: a host cannot be tried with udp @'],
    [
      'a kind',
      { dst: { k8sResource: { ...RESOURCE.k8sResource, kind: 'job' } } },
      '[0].dst.k8sResource.kind: Unsupported value: "job": it can be deployment, statefulset, daemonset or pod @ "job"',
    ],
    [
      'no namespace',
      { dst: { k8sResource: { kind: 'pod', name: 'p' } } },
      '[0].dst.k8sResource.namespace: Required value: it must be said @',
    ],
    [
      'a slip',
      { exitcode: 1 },
      '[0].exitcode: strict decoding error: unknown field "[0].exitcode". Did you mean `exitCode`? @ "exitcode"',
    ],
  ])('%s is reported at its place, and the others go on', (_, change, message) => {
    const entries = [
      { ...ENTRY, ...change },
      { ...ENTRY, name: 'other' },
    ]
    const [first = ''] = said(...entries)
    const wanted = message.replace('[0].exitcode: strict', 'strict')
    expect(squeezed(first).startsWith(wanted), `${squeezed(first)} ≠ ${wanted}`).toBe(true)
    expect(readNetAssert(JSON.stringify(entries), 'n').checks.map(({ name }) => name)).toEqual(['other'])
  })

  test('names are unique, entries mappings, a file a list', () => {
    expect(said(ENTRY, ENTRY)).toEqual(['[1].name: Duplicate value: another test is called "a" @ "a"'])
    expect(said([])).toEqual(['[0]: Invalid value: a test is a mapping with name, src and dst @ []'])
    expect(whole('kind: Pod')).toEqual(['not-netassert'])
    expect(whole('')).toEqual([])
    expect(whole('- [')).toHaveLength(1)
  })

  test('a list of tests is told from manifests', () => {
    expect(isNetAssert(JSON.stringify([{ src: {}, dst: {} }]))).toBe(true)
    expect(isNetAssert('# tests\n---\n- {src: {}, dst: {}}\n')).toBe(true)
    expect(isNetAssert('- a\n- {src: {}, dst: {}}\n')).toBe(true)
    for (const text of ['- {src: 1}', '- {dst: 2}', '', 'kind: Pod', '- a', '[', '{src: 1, dst: 2}'])
      expect(isNetAssert(text)).toBe(false)
  })
})

test('checks that survive the round trip are equal', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: fc.constantFrom(...Array.from('- :#\'"\n{}[]&*!%@`on1.e\t')), minLength: 1 }),
  )
  const kind = fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'Pod')
  const workload = fc.record({ namespace: name, workload: fc.tuple(kind, name).map((parts) => parts.join('/')) })
  const check: fc.Arbitrary<NewCheck> = fc.record({
    name,
    from: workload,
    to: fc.oneof(workload, fc.record({ host: name })),
    ports: fc.tuple(fc.integer({ min: 1, max: 65535 })).map(([port]) => [`TCP/${port}`]),
    expect: fc.constantFrom('allowed', 'denied'),
  })
  fc.assert(
    fc.property(fc.uniqueArray(check, { selector: (one) => one.name, maxLength: 4 }), (checks) => {
      const { text, leftOut } = toNetAssert(
        checks.map((one) => ({ ...one, ref: REF })),
        CLUSTER,
      )
      expect(leftOut).toEqual([])
      const back = readNetAssert(text, 'd')
      expect(back.problems).toEqual([])
      expect(back.checks.map((one) => ({ ...one, ref: undefined }))).toEqual(checks)
    }),
    // A name that looks like the end of another's.
    { examples: [[[{ name: ' ', from: at('/'), to: at('a/'), ports: ['TCP/1'], expect: 'allowed' }]]] },
  )
})
