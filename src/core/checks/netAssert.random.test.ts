import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cluster, pod, workload } from '#core/evaluate/build.testkit.ts'
import type { NewCheck } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import { parseDocument, toPlain } from '#core/yaml/parse.ts'
import { readNetAssert } from './fromNetAssert.ts'
import { toNetAssert } from './toNetAssert.ts'

// The rules of design.md 7 once more, written from the paper: what NetAssert v2 would refuse.
const KINDS = new Set(['deployment', 'statefulset', 'daemonset', 'pod'])
const TEST_FIELDS = ['name', 'type', 'protocol', 'targetPort', 'timeoutSeconds', 'attempts', 'exitCode', 'src', 'dst']
type Plain = Readonly<Record<string, unknown>>

function refusals(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return ['no list']
  const names = list.map((one: Plain) => one['name'])
  return [
    ...(new Set(names).size === names.length ? [] : ['a name twice']),
    ...list.flatMap((one: Plain) => [...fieldsOf(one, TEST_FIELDS), ...valuesOf(one), ...endsOf(one)]),
  ]
}

function fieldsOf(one: unknown, wanted: readonly string[]): readonly string[] {
  if (typeof one !== 'object' || one === null) return ['no mapping']
  return Object.keys(one).toSorted().join(' ') === wanted.toSorted().join(' ')
    ? []
    : [`fields ${Object.keys(one).join(' ')}`]
}

function valuesOf(one: Plain): readonly string[] {
  const isWhole = (key: string, least: number, most: number): boolean =>
    Number.isInteger(one[key]) && Number(one[key]) >= least && Number(one[key]) <= most
  const rules: readonly (readonly [string, boolean])[] = [
    ['name', typeof one['name'] === 'string' && one['name'] !== ''],
    ['type', one['type'] === 'k8s'],
    ['protocol', one['protocol'] === 'tcp' || one['protocol'] === 'udp'],
    ['targetPort', isWhole('targetPort', 1, 65_535)],
    ['timeoutSeconds', isWhole('timeoutSeconds', 1, 1e9)],
    ['attempts', isWhole('attempts', 1, 1e9)],
    ['exitCode', isWhole('exitCode', 0, 1)],
  ]
  return rules.flatMap(([key, holds]) => (holds ? [] : [key]))
}

function endsOf({ src, dst, protocol }: Plain): readonly string[] {
  const isHost = typeof dst === 'object' && dst !== null && 'host' in dst
  if (!isHost) return [...resource(src), ...resource(dst)]
  const { host } = dst as { readonly host: Plain }
  const isNamed = typeof host['name'] === 'string' && host['name'] !== ''
  return [
    ...resource(src),
    ...fieldsOf(dst, ['host']),
    ...fieldsOf(host, ['name']),
    ...(isNamed ? [] : ['host without a name']),
    ...(protocol === 'udp' ? ['udp to a host'] : []),
  ]
}

function resource(side: unknown): readonly string[] {
  const wrong = fieldsOf(side, ['k8sResource'])
  if (wrong.length > 0) return wrong
  const { k8sResource } = side as { readonly k8sResource: Plain }
  const isFilled = ['name', 'namespace'].every((key) => typeof k8sResource[key] === 'string' && k8sResource[key] !== '')
  const isKnown = KINDS.has(String(k8sResource['kind']))
  return [...fieldsOf(k8sResource, ['kind', 'name', 'namespace']), ...(isFilled && isKnown ? [] : ['resource'])]
}

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
const DB = pod('db', {
  ports: [
    { name: 'sql', port: 5432, protocol: 'TCP' },
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'sig', port: 9, protocol: 'SCTP' },
  ],
})
const CLUSTER = cluster([pod('web')], {
  workloads: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job', 'CronJob'].map((kind) => ({
    ...workload(DB),
    kind,
    id: `shop/${kind}/db`,
  })),
})

const text = fc.oneof(
  fc.constantFrom(
    'db',
    'on',
    'null',
    '1e3',
    '0x1',
    '~',
    '=',
    '<<',
    '__proto__',
    '2026-01-01',
    '1:20',
    '',
    ' ',
    '---',
    '- a',
  ),
  fc.string({
    unit: fc.constantFrom(...Array.from(' :#\'"\n\r\t{}[]&*!|>%@`-?,é\u2028\u0085\u0000\uFEFF')),
    maxLength: 5,
  }),
)
const end: fc.Arbitrary<End> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'Job')
      .map((kind) => ({ namespace: 'shop', workload: `${kind}/db` })),
  },
  fc.tuple(text, text).map(([namespace, name]) => ({ namespace, workload: `Pod/${name}` })),
  text.map((host) => ({ host })),
  fc.constantFrom<End>(
    { namespace: 'shop' },
    { cidr: '10.0.0.0/8' },
    { internet: true },
    { anywhere: true },
    { anyNamespace: true },
  ),
)
const ports = fc.constantFrom(
  'TCP/5432',
  '80',
  'TCP/sql',
  'UDP/dns',
  'UDP/53',
  'SCTP/9',
  'SCTP/sig',
  'TCP/1-2',
  'TCP',
  'TCP/x',
  'TCP/0',
  'TCP/65536',
  'nonsense',
)
const check: fc.Arbitrary<NewCheck> = fc.record(
  {
    name: text,
    from: end,
    to: end,
    ports: fc.uniqueArray(ports, { maxLength: 4 }),
    expect: fc.constantFrom('allowed', 'denied'),
    only: fc.constantFrom(undefined, undefined, undefined, undefined, []),
  },
  { requiredKeys: ['name', 'from', 'to', 'ports', 'expect', 'only'] },
)

test('nothing is written that NetAssert v2 would refuse, and what is not written is listed', () => {
  let written = 0
  fc.assert(
    fc.property(fc.array(check, { maxLength: 5 }), (checks) => {
      const file = toNetAssert(
        checks.map((one) => ({ ...one, ref: REF })),
        CLUSTER,
      )
      const { tree, problems } = parseDocument(file.text)
      expect(problems).toEqual([])
      expect(refusals(tree && toPlain(tree))).toEqual([])
      const back = readNetAssert(file.text, 'd')
      expect(back.problems).toEqual([])
      expect(back.checks).toHaveLength(file.tests)
      written += file.tests
      // Each check is a test, or listed, or both where only some of its ports can be said.
      const asked = checks.reduce((sum, { ports: own, only }) => sum + (only ? 1 : Math.max(1, own.length)), 0)
      expect(file.tests + file.leftOut.length).toBeLessThanOrEqual(asked)
      const left = file.leftOut.map(({ name }) => name)
      const said = back.checks.map(({ name }) => name)
      for (const { name } of checks)
        expect([...left, ...said].some((one) => one === name || one.startsWith(`${name} (`.trimStart()))).toBe(true)
    }),
    { numRuns: 400 },
  )
  expect(written).toBeGreaterThan(100)
})

const GOOD = {
  name: 'a',
  type: 'k8s',
  protocol: 'tcp',
  targetPort: 80,
  timeoutSeconds: 15,
  attempts: 3,
  exitCode: 0,
  src: { k8sResource: { kind: 'pod', name: 'x', namespace: 'n' } },
  dst: { k8sResource: { kind: 'pod', name: 'y', namespace: 'n' } },
}
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -1,
    1.5,
    65_536,
    '',
    '80',
    null,
    true,
    [],
    {},
    'udp',
    'sctp',
    1e40,
    { name: 'h' },
    { kind: 'job' },
  ),
  fc.jsonValue(),
)

test('whatever breaks a rule of a file is left out with a message at its place, and the rest counts', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEST_FIELDS, 'other'), junk, fc.integer({ min: 0, max: 3 }), (key, value, lines) => {
      const odd = { ...GOOD, [key]: value }
      const source = `${'\n'.repeat(lines)}[${JSON.stringify(odd)},\n${JSON.stringify({ ...GOOD, name: 'last' })}]\n`
      const { checks, problems } = readNetAssert(source, 'd')
      const isRead = checks.some(({ name }) => name !== 'last')
      expect(checks.some(({ name }) => name === 'last') || value === 'last').toBe(true)
      expect(isRead).toBe(problems.length === 0)
      expect(isRead && value !== null ? refusals([odd]) : []).toEqual([])
      const place = source.indexOf('{')
      for (const { ref, message } of problems) {
        expect(message).not.toBe('')
        expect(ref.range.from).toBeGreaterThanOrEqual(place)
        expect(ref.range.from).toBeLessThan(source.indexOf('\n', place))
      }
    }),
    { numRuns: 400 },
  )
})

test('hostile texts end soon, with a message or without a check', () => {
  const bomb = `- &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `- &${'a'.repeat(i + 2)} [*${'a'.repeat(i + 1)}, *${'a'.repeat(i + 1)}]`).join('\n')}`
  const texts = [
    bomb,
    '['.repeat(20_000),
    `${'- '.repeat(5000)}x`,
    '- {name: a, src: &s {k8sResource: *s}, dst: *s}',
    '- __proto__: {name: a}',
    '- <<: {name: a}',
    '\u0000',
    '- !!js/function x',
    '%YAML 9\n--- []',
  ]
  for (const one of texts) {
    const { checks } = readNetAssert(one, 'd')
    expect(checks).toEqual([])
  }
})
