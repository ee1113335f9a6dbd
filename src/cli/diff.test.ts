import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, deployment, netpol, SHOP } from './run.testkit.ts'

const OPEN = { 'web.yaml': SHOP['web.yaml'], 'db.yaml': deployment('db', 5432) }
const MORE = { ...SHOP, 'db.yaml': SHOP['db.yaml'].replace('[{port: 5432}]', '[{port: 5432}, {port: 5433}]') }
const POLICY = netpol('db', '  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n')
const diff = (old: string, now: string, ...args: readonly string[]) =>
  ask(['diff', '--old', old, '--new', now, ...args])

function withBlock(cidr: string): Readonly<Record<string, string>> {
  return { ...OPEN, 'policy.yaml': netpol('db', `  ingress: [{from: [{ipBlock: {cidr: ${cidr}}}]}]\n`) }
}

describe('diff', () => {
  test('of equal connections is empty, status 0, whatever the texts look like', async () => {
    const other = { all: `${Object.values(SHOP).toReversed().join('---\n')}# a comment\n` }
    const file = `${folderWith(other)}/all`
    expect(await diff(folderWith(SHOP), file)).toEqual({ status: 0, out: '', err: '' })
    expect(JSON.parse((await diff(folderWith(SHOP), file, '-o', 'json')).out)).toEqual({
      added: [],
      removed: [],
      changed: [],
    })
    expect((await diff(folderWith(SHOP), file, '-o', 'md')).out).toBe('No connection changes.\n')
  })

  test('tells what is added, removed and changed, sorted, status 1', async () => {
    const { status, out } = await diff(folderWith(SHOP), folderWith({ ...MORE, 'jobs.yml': deployment('tasks', 1) }))
    expect(status).toBe(1)
    const lines = out.split('\n').slice(0, -1)
    expect(lines).toContain('+ shop/db[Deployment] => shop/tasks[Deployment] : All Connections')
    expect(lines).toContain('- shop/web[Deployment] => shop/jobs[Deployment] : All Connections')
    expect(lines).toContain('~ shop/web[Deployment] => shop/db[Deployment] : TCP 5432 -> TCP 5432-5433')
    const pairs = lines.map((line) => line.slice(2).split(' : ')[0] ?? '')
    expect(pairs).toEqual(pairs.toSorted((a, b) => (a < b ? -1 : 1)))
  })

  test('writes for programs and for a pull request', async () => {
    const [old, now] = [folderWith(SHOP), folderWith(MORE)]
    const change = { src: 'shop/web[Deployment]', dst: 'shop/db[Deployment]', old: 'TCP 5432', new: 'TCP 5432-5433' }
    expect(JSON.parse((await diff(old, now, '-o', 'json')).out)).toEqual({ added: [], removed: [], changed: [change] })
    expect((await diff(old, now, '-o', 'md')).out).toBe(
      '| change | src | dst | old | new |\n|--------|-----|-----|-----|-----|\n' +
        '| changed | shop/web[Deployment] | shop/db[Deployment] | TCP 5432 | TCP 5432-5433 |\n',
    )
  })

  test('ranges of addresses are compared address by address', async () => {
    const { out } = await diff(
      folderWith(withBlock('10.0.0.0/8')),
      folderWith(withBlock('10.0.0.0/9')),
      '--pod-cidr',
      'none',
    )
    expect(out).toBe('- 10.128.0.0-10.255.255.255 => shop/db[Deployment] : All Connections\n')
  })

  test('policies alone are compared by what their selectors name, in both versions the same', async () => {
    const [none, one, two] = [
      { 'x.yaml': '# nothing yet\n' },
      { 'x.yaml': POLICY },
      { 'x.yaml': POLICY.replace('from: [{pod', 'ports: [{port: 1}], from: [{pod') },
    ]
    const first = await diff(folderWith(none), folderWith(one))
    expect(first.status).toBe(1)
    expect(first.out).toBe('- 0.0.0.0-255.255.255.255 => shop/app=db[Assumed] : All Connections\n')
    expect((await diff(folderWith(one), folderWith(two))).out).toBe(
      '~ shop/app=web[Assumed] => shop/app=db[Assumed] : All Connections -> TCP 1\n',
    )
    expect((await diff(folderWith(one), folderWith(one))).status).toBe(0)
  })

  test('beside real workloads what selectors name is left out', async () => {
    const other = deployment('x', 1, 'other')
    const { out } = await diff(folderWith({ 'x.yaml': POLICY }), folderWith({ 'x.yaml': POLICY, 'y.yaml': other }))
    expect(out.split('\n')).toEqual([
      '+ 0.0.0.0-255.255.255.255 => other/x[Deployment] : All Connections',
      '+ other/x[Deployment] => 0.0.0.0-255.255.255.255 : All Connections',
      '',
    ])
  })

  test('nothing compared is never called equal', async () => {
    const empty = folderWith({})
    expect(await diff(empty, empty)).toEqual({
      status: 2,
      out: '',
      err: 'drawbridge: There is nothing to compare: neither version has workloads, or policies whose selectors name any.\n',
    })
  })

  test.each([
    [['diff', '--old', 'x'], 'diff needs --new PATH.'],
    [['diff', 'a', 'b'], 'diff takes its paths by --old and --new, not alone (a).'],
  ])('%j: status 2 and a sentence', async (args, message) => {
    const { status, err } = await ask(args.map((arg) => (arg === 'x' ? folderWith(SHOP) : arg)))
    expect(status).toBe(2)
    expect(err).toContain(message)
  })
})
