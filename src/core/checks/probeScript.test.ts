import fc from 'fast-check'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cluster, known, pod, workload } from '#core/evaluate/build.testkit.ts'
import type { Check } from '#core/model/check.ts'
import type { Cluster, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { probeScript } from './probeScript.ts'

// Stands for kubectl: writes down its words, and answers with what the environment says.
const STUB = `#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word"; done >>"$LOG"
printf '\\0' >>"$LOG"
case "$1 $2 $*" in
  'get pods '*) case "$*" in *app=x*) printf '%b' "$DB" ;; *) printf '%b' "$PODS" ;; esac ;;
  *podIP*) printf '%s' "$ADDRESS" ;;
  *exitCode*)
    code=$(printf '%s' "$CODE" | cut -d ' ' -f 1)
    control=$(printf '%s' "$CODE " | cut -d ' ' -f 2)
    case "$*" in *a-2) printf '%s' "$control" ;; *) printf '%s' "$code" ;; esac ;;
  debug*) [ -z "$REFUSE" ] || { echo "$REFUSE" >&2; exit 1; } ;;
esac
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-probe-'))
  writeFileSync(join(folder, 'kubectl'), STUB)
  chmodSync(join(folder, 'kubectl'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Answers {
  readonly PODS?: string
  /** Those labelled `app=x`. */
  readonly DB?: string
  readonly ADDRESS?: string
  readonly CODE?: string
  readonly REFUSE?: string
}

/** Runs a script with the stub; what it printed, and the words of every call of kubectl. */
function run(text: string, answers: Answers = {}) {
  const log = join(folder, 'log')
  rmSync(log, { force: true })
  const script = join(folder, 'probes.sh')
  writeFileSync(script, text)
  execFileSync('sh', ['-n', script])
  const defaults = { PODS: 'a-1\\na-2\\n', ADDRESS: '10.0.0.9', CODE: '0', REFUSE: '', TIMEOUT: '3', WAIT: '0' }
  const env = { PATH: `${folder}:/usr/bin:/bin`, LOG: log, ...defaults, ...answers }
  const { status, stdout, stderr } = spawnSync('sh', [script], { env, cwd: folder, encoding: 'utf8' })
  const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\0\0').slice(0, -1) : []
  return { status, out: stdout.trimEnd().split('\n'), err: stderr, calls: calls.map((words) => words.split('\0')) }
}

const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const BASE = { ref: REF, name: 'one', from: at('web'), to: at('db'), ports: ['TCP/5432'], expect: 'allowed' } as const
const CLUSTER = cluster([pod('web'), pod('db')])

function scriptOf(checks: readonly Partial<Check>[], where: Cluster = CLUSTER) {
  return probeScript(
    checks.map((check) => ({ ...BASE, ...check })),
    where,
  )
}

describe('a probe', () => {
  test('runs in a source pod that is there, against another pod of the destination', () => {
    const { out, calls, status, err } = run(scriptOf([{}]).text)
    expect([status, out, err]).toEqual([0, ['passed        one', '1 passed, 0 failed, 0 inconclusive'], ''])
    expect(calls.map(([verb = '', what, namespace, ...rest]) => [verb, what, namespace, rest.at(-1)])).toEqual([
      ['get', 'pods', '--namespace=shop', expect.stringContaining('jsonpath=')],
      ['get', 'pods', '--namespace=shop', expect.stringContaining('jsonpath=')],
      ['get', 'pod', '--namespace=shop', 'a-2'],
      ['debug', '--namespace=shop', '--image=busybox:1.36', '5432'],
      ['get', 'pod', '--namespace=shop', 'a-1'],
    ])
    expect(calls[0]?.[3]).toBe('--selector=app=web')
    expect(calls[1]?.[3]).toBe('--selector=app=db')
    expect(calls[3]).toEqual([
      'debug',
      '--namespace=shop',
      '--image=busybox:1.36',
      '--profile=general',
      expect.stringMatching(/^--container=drawbridge-\d+-1$/),
      'pod/a-1',
      '--',
      'sh',
      '-c',
      expect.stringContaining('nc -vv'),
      'probe',
      '3',
      '10.0.0.9',
      '5432',
    ])
  })

  // What the source sees and, after a space, what the target sees of itself.
  const UNSHOWN = ', and nothing shows that anything listens there'
  test.each<[Check['expect'], string, number, string]>([
    ['allowed', '0', 0, 'passed        one'],
    ['denied', '0', 1, 'FAILED        one: port 5432 is open'],
    ['allowed', '21', 1, 'FAILED        one: port 5432 timed out'],
    ['denied', '21 0', 0, 'passed        one'],
    ['denied', '21 20', 2, `inconclusive  one: port 5432 timed out${UNSHOWN}`],
    ['denied', '21', 2, `inconclusive  one: port 5432 timed out${UNSHOWN}`],
    ['denied', '20 0', 0, 'passed        one'],
    ['denied', '20 20', 2, `inconclusive  one: port 5432 is refused${UNSHOWN}`],
    ['allowed', '20 0', 1, 'FAILED        one: port 5432 is refused, though something listens there'],
    ['allowed', '20 20', 2, `inconclusive  one: port 5432 is refused${UNSHOWN}`],
    ['denied', '22 0', 0, 'passed        one'],
    ['denied', '22 21', 2, `inconclusive  one: there is no way to 10.0.0.9${UNSHOWN}`],
    ['denied', '23', 2, 'inconclusive  one: the name 10.0.0.9 is not known there (is DNS allowed?)'],
    ['denied', '137', 2, 'inconclusive  one: the probe did not say what it saw (code 137)'],
    ['denied', '', 2, 'inconclusive  one: the probe did not say what it saw (code none)'],
  ])('that wants it %s and ends with %s: status %i', (expectation, CODE, status, line) => {
    expect(run(scriptOf([{ expect: expectation }]).text, { CODE })).toMatchObject({
      status,
      out: [line, expect.anything()],
    })
  })

  test.each<[Answers, string]>([
    [{ PODS: '' }, 'no pod runs that could send'],
    [{ PODS: 'a-1\\n' }, 'no other pod runs that could be reached'],
    [{ ADDRESS: '' }, 'no other pod runs that could be reached'],
    [{ REFUSE: 'forbidden' }, 'forbidden'],
  ])('that can not be made is inconclusive: %j', (answers, why) => {
    expect(run(scriptOf([{}]).text, answers)).toMatchObject({
      status: 2,
      out: [`inconclusive  one: ${why}`, expect.anything()],
    })
  })

  test('that gets no answer is followed by one inside of the target, of its own port', () => {
    const { calls } = run(scriptOf([{ expect: 'denied' }]).text, { CODE: '21 0' })
    const debug = calls.filter(([verb]) => verb === 'debug')
    expect(debug.map((words) => [words[5], ...words.slice(-2)])).toEqual([
      ['pod/a-1', '10.0.0.9', '5432'],
      ['pod/a-2', '10.0.0.9', '5432'],
    ])
    expect(new Set(debug.map((words) => words[4])).size).toBe(2)
  })

  test('to a host is denied for sure only where another has reached it', () => {
    const denied = { name: 'kept out', to: { host: '-h' }, expect: 'denied' } as const
    const alone = run(scriptOf([denied]).text, { CODE: '21' })
    expect(alone.out[0]).toMatch(/^inconclusive {2}kept out: port 5432 timed out, and nothing shows/)
    const other = { name: 'let in', to: { host: '-h' }, from: at('db') } as const
    const { text } = scriptOf([denied, other])
    expect(text.indexOf("probe 'let in'")).toBeLessThan(text.indexOf("probe 'kept out'"))
    // Told apart by where they start.
    const asked = text.replaceAll("'app=db'", "'app=x'")
    expect(run(asked, { CODE: '21 0', DB: 'a-2\\n' })).toMatchObject({
      out: ['passed        let in', 'passed        kept out', expect.anything()],
      status: 0,
    })
  })

  test('says so where there is no kubectl', () => {
    writeFileSync(join(folder, 'alone.sh'), scriptOf([{}]).text)
    const { status, stderr } = spawnSync('/bin/sh', [join(folder, 'alone.sh')], {
      env: { PATH: join(folder, 'none') },
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([2, 'kubectl is not there\n'])
  })

  test('of UDP is inconclusive, and kubectl is not asked', () => {
    expect(run(scriptOf([{ ports: ['UDP/53'] }]).text)).toMatchObject({
      status: 2,
      out: [
        expect.stringMatching(/^inconclusive {2}one: UDP 53 gives no answer/),
        '0 passed, 0 failed, 1 inconclusive',
      ],
      calls: [],
    })
  })

  test('each port of each check has one; hosts are asked for by name, bare pods looked up by theirs', () => {
    const bare: Workload = { ...workload(pod('tool')), id: 'shop/Pod/tool', kind: 'Pod' }
    const checks = [
      { ports: ['TCP/1', 'TCP/2'] },
      { name: 'two', from: { namespace: 'shop', workload: 'Pod/tool' }, to: { host: 'example.org' } },
    ]
    const { out, calls } = run(scriptOf(checks, { ...CLUSTER, workloads: [...CLUSTER.workloads, bare] }).text)
    expect(out).toEqual([
      'passed        one (TCP 1)',
      'passed        one (TCP 2)',
      'passed        two',
      '3 passed, 0 failed, 0 inconclusive',
    ])
    const debug = calls.filter(([verb]) => verb === 'debug')
    expect(debug.map((words) => [words[5], ...words.slice(-2)])).toEqual([
      ['pod/a-1', '10.0.0.9', '1'],
      ['pod/a-1', '10.0.0.9', '2'],
      ['pod/tool', 'example.org', '5432'],
    ])
  })
})

const labelled = (labels: Record<string, string>): Cluster =>
  cluster([pod('web', { labels: known(labels) }), pod('db')])

describe('what can not be tried', () => {
  test.each<[Partial<Check>, Cluster, string]>([
    [{ ports: ['SCTP/9'] }, CLUSTER, 'probes know TCP and UDP only'],
    [{ from: at('nobody') }, CLUSTER, 'shop/Deployment/nobody is not loaded, so that its pods cannot be found'],
    [{}, labelled({}), 'the pods of shop/Deployment/web have no labels to find them by'],
    [{}, labelled({ app: 'web,tier notin (x)' }), 'the pods of shop/Deployment/web have no labels to find them by'],
    [{ to: { host: 'a\nb' } }, CLUSTER, 'a name holds control characters'],
    [{ to: { internet: true } }, CLUSTER, 'the internet is no single workload or host to connect to'],
  ])('%j is listed', (check, where, why) => {
    expect(scriptOf([check], where)).toMatchObject({ probes: 0, leftOut: [{ why }] })
  })
})

test('every name is data, whatever it holds', () => {
  const signs = Array.from('\'"`$(){}[]<>|&;*?~!#\\%=-, ab1/.\n\r\t\u0000\u001Bé')
  const text = fc.string({
    unit: fc.constantFrom(...signs, '$(touch owned)', "'; touch owned; '"),
    minLength: 1,
    maxLength: 12,
  })
  const plain = text.filter((one) => !/\p{Cc}/u.test(one))
  const hostile = fc.record({ name: text, host: plain, namespace: plain, own: plain })
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (all) => {
      const pods = all.map(({ namespace, own }) => workload(pod(own, { namespace, labels: known({ app: 'x' }) })))
      const bare = pods.map((one): Workload => ({ ...one, kind: 'Pod', id: `${one.namespace}/Pod/${one.name}` }))
      const checks = all.map(({ name, host, namespace, own }): Check => ({
        ...BASE,
        name,
        from: { namespace, workload: `Pod/${own}` },
        to: { host },
      }))
      const { text: script, leftOut } = probeScript(checks, { ...CLUSTER, workloads: bare })
      expect(leftOut).toEqual([])
      const { status, out, err, calls } = run(script)
      expect([status, err, existsSync(join(folder, 'owned'))]).toEqual([0, '', false])
      expect(out).toHaveLength(all.length + 1)
      const debug = calls.filter(([verb]) => verb === 'debug')
      expect(debug.map((words) => [words[1], words[5], words.at(-2)])).toEqual(
        all.map(({ host, namespace, own }) => [`--namespace=${namespace}`, `pod/${own}`, host]),
      )
    }),
    { numRuns: 25 },
  )
})

describe('inside of the pod', () => {
  const TRY = /^TRY='([^']*)'$/m.exec(scriptOf([]).text)?.[1] ?? ''
  test.each([
    ['exit 0', 0],
    ['echo "nc: 10.0.0.9 (10.0.0.9:80): Connection refused" >&2; exit 1', 20],
    ['echo "nc: 10.0.0.9 (10.0.0.9:80): Connection timed out" >&2; exit 1', 21],
    ['echo "nc: timed out" >&2; exit 1', 21],
    ['echo "nc: 10.0.0.9 (10.0.0.9:80): No route to host" >&2; exit 1', 22],
    ['echo "nc: bad address (x)" >&2; exit 1', 23],
    ['exit 1', 24],
  ])('nc that does `%s` is told as %i', (nc, code) => {
    writeFileSync(join(folder, 'nc'), `#!/bin/sh\n${nc}\n`, { mode: 0o755 })
    const env = { PATH: `${folder}:/usr/bin:/bin` }
    expect(spawnSync('sh', ['-c', TRY, 'probe', '9', '-x', '80'], { env }).status).toBe(code)
  })

  test('a failure without a word after all the time is a timeout', () => {
    writeFileSync(join(folder, 'nc'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const env = { PATH: `${folder}:/usr/bin:/bin` }
    expect(spawnSync('sh', ['-c', TRY, 'probe', '0', 'host', '80'], { env }).status).toBe(21)
  })
})
