import { PROFILES } from '#core/profiles/index.ts'
import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, deployment, joined, netpol, SHOP } from './run.testkit.ts'

const NOTHING =
  'warning: Flannel only connects pods: it enforces no policy at all. (https://github.com/flannel-io/flannel)\n'
const NO_PODS = 'An ipBlock never holds pods, and holds nodes only with policy-cidr-match-mode: nodes.'
const SCTP = 'Nobody has checked what becomes of SCTP ports.'
const WEAVE = 'A policy with a port name anywhere is refused as a whole: it neither isolates nor allows.'

const settings = (profile: string): string =>
  `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: settings}\nprofile: ${profile}\n`

/** The shop, with other rules for db. */
const shop = (rules: string, more: Readonly<Record<string, string>> = {}) => ({
  ...SHOP,
  'db.yaml': joined(deployment('db', 5432), netpol('db', `  ingress: ${rules}\n`)),
  ...more,
})
const BLOCK = shop('[{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 5432}]}]')
const NAMED = shop('[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: main}]}]')
const ASSOCIATION = shop('[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 9, protocol: SCTP}]}]')

const WEB_TO_DB = ['--from', 'shop/web', '--to', 'shop/db', '--port', '5432']
const JOBS_TO_DB = ['--from', 'shop/jobs', '--to', 'shop/db', '--port', '5432']
const DB_IS_OPEN = 'shop/jobs[Deployment] => shop/db[Deployment] : All Connections\n'

const opened = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const { out, err } = await ask(['list', folderWith(files), '--focus', 'shop/db', ...args])
  return { lines: out.split('\n').filter((line) => line.includes('=> shop/db')), err }
}

const end = (name: string): string => `{namespace: shop, workload: Deployment/${name}}`

describe('the CNI', () => {
  test('is that of the settings document, unless --cni says another; reference goes back to the API', async () => {
    const folder = folderWith({ ...SHOP, 'settings.yaml': settings('flannel') })
    const opens = async (...args: readonly string[]): Promise<boolean> =>
      (await ask(['list', folder, ...args])).out.includes(DB_IS_OPEN)
    expect(await opens()).toBe(true)
    expect(await opens('--cni', 'reference')).toBe(false)
    expect(await opens('--cni', 'calico')).toBe(false)
    expect(await opens('--cni', 'calico', '--cni', 'flannel')).toBe(true)
    expect((await ask(['query', folder, ...JOBS_TO_DB])).out).toContain('TCP 5432: allowed\n')
    expect((await ask(['query', folder, ...JOBS_TO_DB, '--cni', 'reference'])).out).toBe(
      (await ask(['query', folder, ...JOBS_TO_DB, '--cni', 'calico'])).out,
    )
  })

  test('that enforces nothing is said once, and everything is open', async () => {
    const folder = folderWith(SHOP)
    const told = `shop/jobs => shop/db TCP 5432: allowed
  Under Flannel; the API says denied:
    shop/db: Flannel only connects pods: it enforces no policy at all. https://github.com/flannel-io/flannel
  egress: allowed
  ingress: allowed
`
    expect(await ask(['query', folder, ...JOBS_TO_DB, '--cni', 'flannel'])).toEqual({
      status: 0,
      out: told,
      err: NOTHING,
    })
    for (const args of [
      ['list', folder],
      ['explain', folder, ...JOBS_TO_DB],
      ['diff', '--old', folder, '--new', folder],
    ])
      expect(await ask([...args, '--cni', 'flannel'])).toMatchObject({ status: 0, err: NOTHING })
  })

  test('that enforces nothing leaves nothing open for kinds that are not evaluated', async () => {
    const own =
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: shop}\nspec: {endpointSelector: {}}\n'
    const folder = folderWith({ ...SHOP, 'own.yaml': own })
    expect((await ask(['list', folder])).err).toContain('1 CiliumNetworkPolicy is not evaluated')
    expect((await ask(['list', folder, '--cni', 'flannel'])).err).toBe(NOTHING)
  })

  test('of a version is judged as that version', async () => {
    const folder = folderWith(shop('[{ports: [{port: 5000, endPort: 6000}]}]'))
    const verdict = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await ask(['query', folder, ...JOBS_TO_DB, '-o', 'json', ...args])).out)
    expect(await verdict('--cni', 'cilium')).toMatchObject({ verdict: 'allowed' })
    expect(await verdict('--cni', 'cilium@1.17')).toMatchObject({ verdict: 'allowed' })
    expect(await verdict('--cni', 'cilium@v1.16.3')).toMatchObject({
      verdict: 'undetermined',
      differs: { reference: 'allowed', facts: [{ uncertain: true, policies: ['shop/db'] }] },
    })
    const text = (await ask(['query', folder, ...JOBS_TO_DB, '--cni', 'cilium@1.16'])).out
    expect(text).toContain('  Under Cilium 1.16; the API says allowed:\n    shop/db: Ranges count since 1.17;')
  })

  const KNOWN = 'it can be reference, calico, cilium, weave-net, flannel, kube-router, antrea, ovn-kubernetes,'
  test.each([
    ['foo', `--cni foo: there is no such CNI; ${KNOWN}`],
    ['Weave', 'Did you mean weave-net?'],
    ['eks@1.30', 'Did you mean aws-vpc-cni?'],
    ['azure', 'Did you mean azure-npm-linux?'],
    ['@1.2', '--cni @1.2: there is no such CNI;'],
    ['cilium@', '--cni cilium@: after @ comes a version like 1.16.'],
    ['cilium@latest', '--cni cilium@latest: after @ comes a version like 1.16.'],
    ['__proto__', '--cni __proto__: there is no such CNI;'],
  ])('%s: status 2 and a sentence, for every command', async (name, message) => {
    const folder = folderWith(SHOP)
    for (const args of [
      ['list', folder],
      ['query', folder, ...WEB_TO_DB],
      ['query', folder, '--stdin'],
      ['explain', folder, ...WEB_TO_DB],
      ['diff', '--old', folder, '--new', folder],
      ['check', folder],
    ]) {
      const { status, out, err } = await ask([...args, '--cni', name])
      expect([status, out]).toEqual([2, ''])
      expect(err).toContain(message)
    }
  })
})

describe('query under a CNI', () => {
  test('says what the API says, the fact and its source, also line by line', async () => {
    const folder = folderWith(BLOCK)
    const facts = [
      {
        note: NO_PODS,
        source: 'https://docs.cilium.io/en/stable/security/policy/language/',
        verified: true,
        uncertain: false,
        policies: ['shop/db'],
      },
    ]
    const lines = [
      { from: 'shop/web', to: 'shop/db', port: 5432 },
      { from: '203.0.113.7', to: 'shop/db', port: 5432 },
      { from: 'shop/web', to: 'shop/db', port: 80 },
    ]
    const input = lines.map((line) => JSON.stringify(line)).join('\n')
    const { status, out } = await ask(
      ['query', folder, '--stdin', '--cni', 'cilium', '--pod-cidr', '10.0.0.0/8'],
      input,
    )
    expect(status).toBe(0)
    const [web, outside, other] = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as object)
    expect(web).toMatchObject({ verdict: 'denied', ingress: 'denied', differs: { reference: 'allowed', facts } })
    expect(outside).toMatchObject({ verdict: 'allowed' })
    expect([outside, other].filter((one) => one && 'differs' in one)).toEqual([])
    const alone = await ask([
      'query',
      folder,
      ...WEB_TO_DB,
      '-o',
      'json',
      '--cni',
      'cilium',
      '--pod-cidr',
      '10.0.0.0/8',
    ])
    expect(JSON.parse(alone.out)).toEqual(web)
  })

  test('says so where the source was not verified, and the answer is open where it hangs on it', async () => {
    const folder = folderWith(ASSOCIATION)
    const asked = ['--from', 'shop/web', '--to', 'shop/db', '--port', '9', '--protocol', 'SCTP', '--cni', 'weave-net']
    expect(await ask(['query', folder, ...asked])).toMatchObject({
      status: 0,
      out: expect.stringContaining(
        `SCTP 9: undetermined\n  Under Weave Net; the API says allowed:\n    shop/db: ${SCTP} https://github.com/weaveworks/weave (not verified)\n`,
      ),
    })
  })

  test('of the ingress controller only what is exposed to it counts', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}\n'
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: db, namespace: shop}\nspec: {defaultBackend: {service: {name: db, port: {number: 80}}}}\n'
    const rules = '[{from: [{podSelector: {matchLabels: {app: web}}}]}]'
    const folder = folderWith(shop(rules, { 'ingress.yaml': joined(service, ingress) }))
    const asked = [5432, 80].map((port) => JSON.stringify({ from: '{ingress-controller}', to: 'shop/db', port }))
    const { out } = await ask(['query', folder, '--stdin', '--cni', 'flannel'], asked.join('\n'))
    const [exposed, other] = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as object)
    expect(exposed).toMatchObject({ verdict: 'allowed', differs: { reference: 'undetermined' } })
    expect(other).toMatchObject({ verdict: 'denied' })
    expect(other).not.toHaveProperty('differs')
  })
})

describe('explain under a CNI', () => {
  test('says what the API says, the fact and its source', async () => {
    const folder = folderWith(NAMED)
    const { status, out } = await ask(['explain', folder, ...JOBS_TO_DB, '--cni', 'weave-net'])
    expect(status).toBe(0)
    expect(out).toContain(`shop/jobs → shop/db TCP 5432: allowed
shop/jobs may reach shop/db on TCP 5432: no policy restricts it.

Under Weave Net; the API says denied:
  shop/db: ${WEAVE} https://github.com/weaveworks/weave

Egress at shop/jobs: allowed
`)
    const json = await ask(['explain', folder, ...JOBS_TO_DB, '--cni', 'weave-net', '-o', 'json'])
    expect(JSON.parse(json.out)).toMatchObject({
      verdict: 'allowed',
      differs: { reference: 'denied', facts: [{ note: WEAVE, policies: ['shop/db'] }] },
    })
  })

  test('is silent where the CNI does what the API says', async () => {
    const folder = folderWith(SHOP)
    const plain = await ask(['explain', folder, ...JOBS_TO_DB])
    expect(await ask(['explain', folder, ...JOBS_TO_DB, '--cni', 'cilium'])).toEqual(plain)
  })
})

describe('list under a CNI', () => {
  test('tells what the CNI lets through', async () => {
    expect((await opened(BLOCK, '--cni', 'cilium')).lines).toEqual([
      '0.0.0.0-255.255.255.255 => shop/db[Deployment] : TCP 5432',
    ])
    expect((await opened(NAMED, '--cni', 'weave-net')).lines).toContain(DB_IS_OPEN.trimEnd())
  })

  test('leaves out what hangs on a fact that is not known, and says so', async () => {
    const { lines, err } = await opened(ASSOCIATION, '--cni', 'weave-net')
    expect(lines).toEqual([])
    expect(err).toBe(
      `note: Not known of Weave Net: ${SCTP} What depends on it in shop/db is undetermined and left out. (https://github.com/weaveworks/weave)\n`,
    )
    expect(await opened(ASSOCIATION)).toEqual({
      lines: ['shop/web[Deployment] => shop/db[Deployment] : SCTP 9'],
      err: '',
    })
  })

  test('names some policies where many hang on a fact', async () => {
    const more = Array.from({ length: 7 }, (_, i) =>
      netpol(`db-${i}`, '  ingress: [{ports: [{port: 9, protocol: SCTP}]}]\n'),
    )
    const { err } = await opened({ ...SHOP, 'more.yaml': joined(...more) }, '--cni', 'weave-net')
    expect(err).toContain('in shop/db-0, shop/db-1, shop/db-2, shop/db-3, shop/db-4 and 2 more is undetermined')
  })

  test('gives no advice about what the CNI does not look at', async () => {
    const files = shop('[{from: [{ipBlock: {cidr: 10.0.0.0/8}}, {namespaceSelector: {matchLabels: {team: a}}}]}]')
    const all = (await opened(files)).err
    expect([all.includes('IP blocks'), all.includes('labels of namespaces')]).toEqual([true, true])
    const cilium = (await opened(files, '--cni', 'cilium')).err
    expect([cilium.includes('IP blocks'), cilium.includes('labels of namespaces')]).toEqual([false, true])
    expect((await opened(files, '--cni', 'flannel')).err).toBe(NOTHING)
  })

  test.each(PROFILES.map(({ id }) => [id]))('%s: prints what query says is open', async (id) => {
    const rules = `
  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 5432}, {port: 9, protocol: SCTP}]}
  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: main}, {port: 7000, endPort: 7010}]}`
    const more = netpol('jobs', '  ingress: [{ports: [{port: 9, protocol: SCTP}, {port: 1, endPort: 4}]}]\n')
    const folder = folderWith(shop(rules, { 'jobs.yml': joined(deployment('jobs', 9000), more) }))
    const args = [folder, '--cni', id, '--pod-cidr', '10.0.0.0/15']
    const listed = JSON.parse((await ask(['list', ...args, '-o', 'json'])).out) as readonly Listed[]
    const open = new Map(listed.map(({ src, dst, conn }) => [`${src} => ${dst}`, conn]))
    const inside = ['web', 'db', 'jobs'].map((name) => `shop/${name}[Deployment]`)
    const pairs = inside.flatMap((from) => inside.filter((to) => to !== from).map((to) => ({ from, to })))
    const { out } = await ask(['query', ...args, '--stdin'], pairs.map((pair) => JSON.stringify(pair)).join('\n'))
    const answers = out
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { ports: string }).ports)
    expect(answers).toEqual(pairs.map(({ from, to }) => open.get(`${from} => ${to}`) ?? 'No Connections'))
  })
})

interface Listed {
  readonly src: string
  readonly dst: string
  readonly conn: string
}

describe('diff under a CNI', () => {
  test('judges each version under its own settings, or both under --cni', async () => {
    const [plain, idle] = [folderWith(SHOP), folderWith({ ...SHOP, 'settings.yaml': settings('{id: flannel}') })]
    const diff = (...args: readonly string[]) => ask(['diff', '--old', plain, '--new', idle, ...args])
    expect(await diff()).toEqual({
      status: 1,
      out: `+ 0.0.0.0-255.255.255.255 => shop/db[Deployment] : All Connections
+ shop/jobs[Deployment] => shop/db[Deployment] : All Connections
~ shop/web[Deployment] => shop/db[Deployment] : TCP 5432 -> All Connections
`,
      err: NOTHING,
    })
    expect(await diff('--cni', 'flannel')).toEqual({ status: 0, out: '', err: NOTHING })
    expect(await diff('--cni', 'calico')).toEqual({ status: 0, out: '', err: '' })
  })

  test('tells a change that only this CNI feels', async () => {
    const [number, name] = [folderWith(SHOP), folderWith(NAMED)]
    expect(await ask(['diff', '--old', number, '--new', name])).toEqual({ status: 0, out: '', err: '' })
    expect(await ask(['diff', '--old', number, '--new', name, '--cni', 'weave-net'])).toMatchObject({
      status: 1,
      out: expect.stringContaining(`+ ${DB_IS_OPEN}`),
    })
  })
})

describe('check under a CNI', () => {
  const text = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: shop}
checks:
- {name: jobs may not, from: ${end('jobs')}, to: ${end('db')}, ports: [TCP/5432], expect: denied}
`
  test('holds what the API says only where the CNI does it', async () => {
    const folder = folderWith({ ...SHOP, 'checks.yaml': text })
    expect((await ask(['check', folder])).status).toBe(0)
    const idle = await ask(['check', folder, '--cni', 'flannel'])
    expect(idle).toMatchObject({ status: 1, err: NOTHING })
    expect(idle.out).toContain('The CNI does otherwise: Flannel only connects pods: it enforces no policy at all.')
    const own = folderWith({ ...NAMED, 'checks.yaml': joined(text, settings('weave-net')) })
    expect((await ask(['check', own])).out).toContain(`The CNI does otherwise: ${WEAVE}`)
    expect((await ask(['check', own, '--cni', 'reference'])).status).toBe(0)
  })
})
