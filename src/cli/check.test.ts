import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, joined, SHOP } from './run.testkit.ts'

const END = (name: string): string => `{namespace: shop, workload: Deployment/${name}}`

function check(name: string, from: string, expect: string, port = 'TCP/5432'): string {
  return `- {name: ${JSON.stringify(name)}, from: ${END(from)}, to: ${END('db')}, ports: [${port}], expect: ${expect}}\n`
}

function checks(...items: readonly string[]): string {
  return `apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: {name: shop}\nchecks:\n${items.join('')}`
}

const HOLDS = check('web may', 'web', 'allowed')
const BROKEN = check('jobs may', 'jobs', 'allowed')
const MISSING = check('wbe may', 'wbe', 'allowed')
const WHY = 'TCP 5432 is closed: shop/db may not receive it (shop/db).'

function shop(...items: readonly string[]): string {
  return folderWith({ ...SHOP, 'checks.yaml': checks(...items) })
}

const NETASSERT = (port: number | string, more = ''): string =>
  `- name: t${port}
  type: k8s
  protocol: tcp
  targetPort: ${port}
  exitCode: 0
  src: {k8sResource: {kind: deployment, name: web, namespace: shop}}
  dst: {k8sResource: {kind: deployment, name: db, namespace: shop}}
${more}`

describe('drawbridge check', () => {
  test('says of every check whether it holds, and why not', async () => {
    const folder = shop(HOLDS, BROKEN, MISSING)
    expect(await ask(['check', folder])).toEqual({
      status: 1,
      out: `holds         web may  ${folder}/checks.yaml:5
broken        jobs may  ${folder}/checks.yaml:6
              ${WHY}
missing       wbe may  ${folder}/checks.yaml:7
              There is no Deployment/wbe in shop. Did you mean Deployment/web?
3 checks: 1 holds, 1 broken, 1 missing.
`,
      err: '',
    })
  })

  test('status 0 only where all hold', async () => {
    expect((await ask(['check', shop(HOLDS)])).status).toBe(0)
    expect((await ask(['check', shop(BROKEN)])).status).toBe(1)
    expect((await ask(['check', shop(MISSING)])).status).toBe(1)
    const block = SHOP['db.yaml'].replace('podSelector: {matchLabels: {app: web}}}]', 'ipBlock: {cidr: 10.0.0.0/8}}]')
    const unsure = folderWith({ ...SHOP, 'db.yaml': block, 'checks.yaml': checks(HOLDS) })
    const { status, out } = await ask(['check', unsure])
    expect([status, out]).toEqual([1, expect.stringMatching(/^undetermined {2}web may/)])
    expect((await ask(['check', unsure, '--pod-cidr', '192.168.0.0/16'])).out).toMatch(/^broken /)
  })

  test('--checks takes the place of those in the paths, wherever the file lies', async () => {
    const folder = shop(HOLDS)
    const other = folderWith({ 'mine.yaml': checks(BROKEN) })
    expect((await ask(['check', folder, '--checks', `${other}/mine.yaml`])).out).toMatch(/^broken {8}jobs may/)
    expect(await ask(['check', folder, '--checks', `${folder}/./checks.yaml`])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^holds.*\n1 check: 1 holds/),
      err: '',
    })
    const piped = await ask(['check', folder, '--checks', '-'], checks(BROKEN))
    expect(piped.out).toMatch(/^broken {8}jobs may {2}<stdin>:5\n/)
  })

  test('--checks takes NetAssert files, too', async () => {
    const folder = folderWith({ ...SHOP, 'tests/net.yaml': NETASSERT(5432) })
    expect(await ask(['check', folder, '--checks', `${folder}/tests/net.yaml`])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^holds {9}t5432 {2}.*net.yaml:1\n/),
    })
    const faulty = await ask(['check', folder, '--checks', '-'], `${NETASSERT(5432)}${NETASSERT(80)}${NETASSERT(0)}`)
    expect(faulty).toMatchObject({ status: 2, out: expect.stringMatching(/^holds[\s\S]*broken/) })
    expect(faulty.err).toContain('<stdin>:18:15: error: [2].targetPort: Invalid value: 0')
    expect(faulty.err).toContain('1 check could not be read')
  })

  test.each([
    ['a check without an expectation', checks(HOLDS, '- {name: b}\n')],
    ['an end that is none', checks(HOLDS, check('b', 'web', 'allowed').replace('Deployment/web', 'web'))],
    [
      'checks that are no list',
      joined(
        checks(HOLDS),
        checks()
          .replace('name: shop', 'name: b')
          .replace(/checks:\n/, 'checks: {a: b}\n'),
      ),
    ],
    ['checks of one name', joined(checks(BROKEN), checks(HOLDS))],
    ['text that does not parse', joined(checks(HOLDS), checks('- {[\n'))],
  ])('%s: what is not read is no success', async (_, text) => {
    const { status, out, err } = await ask(['check', folderWith({ ...SHOP, 'checks.yaml': text })])
    expect([status, out]).toEqual([2, expect.stringMatching(/^holds {9}web may.*\n1 check: 1 holds.\n/)])
    expect(err).toContain('1 check could not be read')
  })

  test('no check at all is an error', async () => {
    expect(await ask(['check', folderWith(SHOP)])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('there is no check. Put a ConnectivityChecks document there'),
    })
    expect((await ask(['check', folderWith(SHOP), '--checks', '-'], '[]')).err).toContain('-: there is no check.')
    expect((await ask(['check', '-', '--checks', '-'])).err).toContain('Only one thing can be piped in')
    expect((await ask(['check'])).err).toContain('check needs a PATH')
  })
})

describe('what is lost is told', () => {
  test('a file that --checks names and that holds no check is an error, beside others that do', async () => {
    const folder = shop(HOLDS)
    const typo = checks(BROKEN).replace('ConnectivityChecks', 'ConnectivityCheck')
    const other = folderWith({ 'empty.yaml': '', 'typo.yaml': typo, 'some/..a.yaml': checks(HOLDS) })
    for (const name of ['empty.yaml', 'typo.yaml'])
      expect(await ask(['check', folder, '--checks', `${folder}/checks.yaml`, '--checks', `${other}/${name}`])).toEqual(
        {
          status: 2,
          out: '',
          err: `drawbridge: ${other}/${name}: there is no check.\n`,
        },
      )
    const all = await ask(['check', folder, '--checks', `${other}/some`, '--checks', '-'], NETASSERT(5432))
    expect(all).toMatchObject({ status: 0, out: expect.stringContaining('2 checks: 2 hold.') })
  })

  test('tests for NetAssert among the manifests are pointed to, unless --checks says what counts', async () => {
    const folder = folderWith({ ...SHOP, 'checks.yaml': checks(HOLDS), 'net.yaml': NETASSERT(80) })
    const { status, err } = await ask(['check', folder])
    expect([status, err]).toEqual([
      0,
      `note: ${folder}/net.yaml holds tests for NetAssert: they are asked where --checks names it.\n`,
    ])
    expect((await ask(['check', folder, '--checks', `${folder}/net.yaml`])).err).toBe('')
    expect((await ask(['check', folder, '--checks', `${folder}/checks.yaml`])).err).toBe('')
  })

  test('a report has an item more where checks could not be read', async () => {
    const folder = shop(HOLDS, '- {name: b}\n', '- {name: c}\n')
    const said = '2 checks could not be read: what they want is not known to hold.'
    const report = async (format: string): Promise<string> => {
      const { status, out, err } = await ask(['check', folder, '-o', format])
      expect([status, err]).toEqual([2, expect.stringContaining(`drawbridge: ${said}\n`)])
      return out
    }
    expect(await report('tap')).toBe(`TAP version 14\n1..2\nok 1 - web may\nnot ok 2 - ${said}\n`)
    const junit = await report('junit')
    expect(junit).toContain('<testsuites tests="2" failures="0" errors="1">')
    expect(junit).toContain(`<error type="unread" message="${said}"/>`)
    expect(JSON.parse(await report('json'))).toMatchObject([
      { name: 'web may', outcome: 'holds' },
      { outcome: 'unread', why: said },
    ])
  })

  test('a check without a name is called by what it expects', async () => {
    const folder = shop(HOLDS.replace('"web may"', '""'), BROKEN.replace('name: "jobs may", ', ''))
    const { out } = await ask(['check', folder, '-o', 'tap'])
    expect(out).toContain('ok 1 - web may reach db on TCP 5432\nnot ok 2 - jobs may reach db on TCP 5432\n')
  })
})

describe('for programs', () => {
  test('json tells all of it', async () => {
    const folder = shop(BROKEN, `- {name: only web, to: ${END('db')}, only: [${END('web')}]}\n`)
    const { status, out } = await ask(['check', folder, '-o', 'json'])
    expect(status).toBe(1)
    const [jobs, db] = ['jobs', 'db'].map((name) => ({ namespace: 'shop', workload: `Deployment/${name}` }))
    const at = { to: db, file: `${folder}/checks.yaml` }
    expect(JSON.parse(out)).toEqual([
      {
        ...at,
        name: 'jobs may',
        from: jobs,
        ports: ['TCP/5432'],
        expect: 'allowed',
        outcome: 'broken',
        why: WHY,
        line: 5,
      },
      {
        ...at,
        name: 'only web',
        only: [{ namespace: 'shop', workload: 'Deployment/web' }],
        ports: [],
        expect: 'denied',
        outcome: 'holds',
        why: '',
        line: 6,
      },
    ])
  })

  test('tap is TAP 14, and a name breaks no line of it', async () => {
    const folder = shop(HOLDS, check('a # b \\ c\nnot ok 9', 'jobs', 'allowed'))
    expect((await ask(['check', folder, '-o', 'tap'])).out).toBe(`TAP version 14
1..2
ok 1 - web may
not ok 2 - a \\# b \\\\ c not ok 9
  ---
  message: "${WHY}"
  severity: fail
  outcome: broken
  at:
    file: "${folder}/checks.yaml"
    line: 6
  ...
`)
  })

  test('junit counts and names what fails', async () => {
    const { out } = await ask(['check', shop(HOLDS, BROKEN), '-o', 'junit'])
    expect(out).toContain('<testsuite name="drawbridge" tests="2" failures="1" errors="0" skipped="0">')
    expect(out).toContain(`<failure type="broken" message="${WHY}">`)
  })
})
