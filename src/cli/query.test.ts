import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, deployment, joined, netpol, SHOP } from './run.testkit.ts'

type Line = Readonly<Record<string, unknown>>

const POD = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-abc12-x\n  namespace: shop\n  labels: {app: web, pod-template-hash: abc12}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-abc12, controller: true, uid: u}]\nspec: {containers: [{name: c, image: i}]}\nstatus: {podIP: 10.0.0.7, phase: Running}\n`

async function answers(folder: string, ...asked: readonly (Line | string)[]): Promise<readonly Line[]> {
  const input = asked.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const { status, out } = await ask(['query', folder, '--stdin'], input)
  expect(status).toBe(0)
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

function pod(name: string, ip: string, spec: string, phase: string): string {
  const container = '{name: c, image: i, ports: [{name: main, containerPort: 80}]}'
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}\nspec: {${spec}containers: [${container}]}\nstatus: {podIP: ${ip}, phase: ${phase}}\n`
}

describe('query --stdin', () => {
  test('answers with the verdict, both halves and the rules, and keeps what was asked', async () => {
    const folder = folderWith(SHOP)
    const [open, shut] = await answers(
      folder,
      { id: 7, from: 'shop/web', to: 'shop/db[Deployment]', port: 5432 },
      { from: 'shop/jobs', to: 'shop/db', port: 5432, protocol: 'TCP' },
    )
    const evidence = { direction: 'ingress', kind: 'NetworkPolicy', policy: 'shop/db', file: `${folder}/db.yaml` }
    expect(open).toEqual({
      id: 7,
      from: 'shop/web',
      to: 'shop/db[Deployment]',
      port: 5432,
      verdict: 'allowed',
      egress: 'allowed',
      ingress: 'allowed',
      evidence: [{ ...evidence, path: 'spec.ingress[0]', line: 12, effect: 'allow' }],
    })
    expect(shut).toMatchObject({
      verdict: 'denied',
      egress: 'allowed',
      ingress: 'denied',
      evidence: [{ ...evidence, path: 'spec.podSelector', line: 10, effect: 'isolate' }],
    })
  })

  test('without a port tells the open ones as list writes them; with a protocol alone, of that protocol', async () => {
    const [all, tcp, udp, any] = await answers(
      folderWith(SHOP),
      { from: 'shop/web', to: 'shop/db' },
      { from: 'shop/web', to: 'shop/db', protocol: 'tcp' },
      { from: 'shop/web', to: 'shop/db', protocol: 'UDP' },
      { from: 'shop/db', to: 'shop/web', protocol: 'UDP' },
    )
    expect([all?.['verdict'], all?.['ports']]).toEqual(['partial', 'TCP 5432'])
    expect([tcp?.['verdict'], tcp?.['ports']]).toEqual(['partial', 'TCP 5432'])
    expect([udp?.['verdict'], udp?.['ports']]).toEqual(['denied', 'No Connections'])
    expect([any?.['verdict'], any?.['ports']]).toEqual(['allowed', 'UDP 1-65535'])
  })

  test('a port without a protocol means TCP; a port may be a text, a range or a name', async () => {
    const folder = folderWith(SHOP)
    const ask = { from: 'shop/web', to: 'shop/db' }
    const found = await answers(
      folder,
      { ...ask, port: '5432' },
      { ...ask, port: '5432-5433' },
      { ...ask, port: 'main' },
      { ...ask, port: 5432, protocol: 'UDP' },
    )
    expect(found.map(({ verdict }) => verdict)).toEqual(['allowed', 'partial', 'allowed', 'denied'])
  })

  test('knows single pods, workloads and addresses; the address of a pod is the pod', async () => {
    const folder = folderWith({ ...SHOP, 'web.yaml': joined(SHOP['web.yaml'], POD) })
    const found = await answers(
      folder,
      ...['shop/web-abc12-x', 'shop/web', '10.0.0.7', '203.0.113.7', '10.0.0.0/8'].map((from) => ({
        from,
        to: 'shop/db',
        port: 5432,
      })),
      { from: 'shop/web-abc12-x', to: '10.0.0.7', port: 1 },
      { from: 'shop/db', to: '2001:db8::1', port: 443 },
    )
    expect(found.map(({ verdict }) => verdict)).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'denied',
      'denied',
      'allowed',
      'allowed',
    ])
  })

  test('a pod reaches itself; an address that a finished pod had, or that a node shares with its pods, is not the pod', async () => {
    const open = netpol('here', '  ingress: []\n')
    const pods = [
      pod('here', '10.0.0.1', '', 'Running'),
      pod('done', '10.0.0.1', '', 'Succeeded'),
      pod('host', '10.0.0.3', 'hostNetwork: true, ', 'Running'),
    ]
    const folder = folderWith({ 'pods.yaml': joined(...pods, open) })
    const found = await answers(
      folder,
      ...['shop/here', '10.0.0.1', '10.0.0.2'].map((from) => ({ from, to: 'shop/here', port: 1 })),
      { from: 'shop/here', to: 'shop/host', port: 'main' },
      { from: 'shop/here', to: '10.0.0.3', port: 'main' },
    )
    expect(found.map(({ verdict, error }) => verdict ?? error)).toEqual([
      'allowed',
      'allowed',
      'denied',
      'allowed',
      'No pod of 10.0.0.3 declares the port TCP/main.',
    ])
  })

  test('of an open half only the rules are told, not who isolates', async () => {
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\nspec: {podSelector: {}}\n'
    const folder = folderWith({ ...SHOP, 'deny.yaml': deny })
    const [open, shut] = await answers(
      folder,
      ...['shop/web', 'shop/jobs'].map((from) => ({ from, to: 'shop/db', port: 5432 })),
    )
    expect(open).toMatchObject({ verdict: 'allowed', evidence: [{ policy: 'shop/db', effect: 'allow' }] })
    expect(shut?.['evidence']).toMatchObject([
      { policy: 'shop/db', effect: 'isolate' },
      { policy: 'shop/deny', effect: 'isolate' },
    ])
  })

  test('what cannot be asked is an error of its line, and the others go on', async () => {
    const twins = joined(deployment('twin', 1), deployment('twin', 1).replace('Deployment', 'DaemonSet'))
    const ok = { from: 'shop/web', to: 'shop/db', port: 5432 }
    const wrong: readonly (readonly [Line | string, string])[] = [
      [{ ...ok, to: 'shop/bd' }, 'shop/bd is not loaded. Did you mean shop/db?'],
      [
        { ...ok, to: 'shop/db[StatefulSet]' },
        'shop/db[StatefulSet]: it is not clear which is meant; there is shop/db[Deployment].',
      ],
      [
        { ...ok, to: 'shop/twin' },
        'shop/twin: it is not clear which is meant; there are shop/twin[Deployment] and shop/twin[DaemonSet].',
      ],
      [{ ...ok, to: 'api.example.com' }, 'api.example.com: host names cannot be asked about'],
      [{ ...ok, to: 'db' }, 'db: write namespace/pod, namespace/name[Kind] or an IP address.'],
      [{ from: 'shop/web' }, '"to" is missing.'],
      [{ ...ok, port: 70000 }, 'Port 70000: write a number from 1 to 65535'],
      [{ ...ok, port: 'http' }, 'No pod of shop/db declares the port TCP/http.'],
      [{ ...ok, port: [1] }, '"port" has to be a text or a number.'],
      [{ ...ok, protocol: 'ICMP' }, 'Protocol ICMP: network policies speak of TCP, UDP and SCTP only.'],
      ['{"from":', 'This line is no JSON'],
      ['[1]', 'This line is no JSON object'],
      ['{"__proto__":{"from":"shop/web"},"to":"shop/db"}', '"from" is missing.'],
    ]
    const found = await answers(folderWith({ ...SHOP, 'twins.yaml': twins }), ...wrong.map(([line]) => line), '', ok)
    expect(found.map(({ error }) => error)).toEqual([
      ...wrong.map(([, message]) => expect.stringContaining(message)),
      undefined,
    ])
    expect(found.at(-1)?.['verdict']).toBe('allowed')
  })

  test('what is not known is undetermined, and the evidence says perhaps', async () => {
    const block = netpol('db', '  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]\n')
    const [found] = await answers(
      folderWith({ 'web.yaml': SHOP['web.yaml'], 'db.yaml': joined(deployment('db', 1), block) }),
      { from: 'shop/web', to: 'shop/db', port: 1 },
    )
    expect(found).toMatchObject({
      verdict: 'undetermined',
      ingress: 'undetermined',
      evidence: [{ effect: 'allow', unknown: true }],
    })
  })

  test('policies of a kind that is not evaluated are named on stderr and as evidence', async () => {
    const cilium =
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: shop}\nspec: {endpointSelector: {}}\n'
    const folder = folderWith({ ...SHOP, 'cilium.yaml': cilium })
    const { err, out } = await ask(['query', folder, '--stdin'], '{"from":"shop/jobs","to":"shop/web","port":1}')
    expect(err).toContain('warning: 1 CiliumNetworkPolicy is not evaluated')
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'undetermined',
      evidence: [{ kind: 'CiliumNetworkPolicy', effect: 'isolate', unknown: true }, {}],
    })
  })

  test('the ingress controller reaches what is exposed to it', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n'
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n'
    const folder = folderWith({ ...SHOP, 'ingress.yaml': joined(service, ingress) })
    const from = '{ingress-controller}'
    const found = await answers(
      folder,
      { from, to: 'shop/web' },
      { from, to: 'shop/web', port: 8080 },
      { from, to: 'shop/jobs', port: 9000 },
    )
    expect(found.map(({ verdict, ports }) => [verdict, ports])).toEqual([
      ['partial', 'TCP 8080'],
      ['allowed', undefined],
      ['denied', undefined],
    ])
  })
})

describe('query of one connection', () => {
  test('tells people', async () => {
    const folder = folderWith(SHOP)
    const { status, out, err } = await ask([
      'query',
      folder,
      '--from',
      'shop/jobs',
      '--to',
      'shop/db',
      '--port',
      '5432',
    ])
    expect([status, err]).toEqual([0, ''])
    expect(out).toBe(
      `shop/jobs => shop/db TCP 5432: denied\n  egress: allowed\n  ingress: denied\n    isolate NetworkPolicy shop/db spec.podSelector ${folder}/db.yaml:10\n`,
    )
    const all = await ask(['query', folder, '--from', 'shop/web', '--to', 'shop/db'])
    expect(all.out).toContain('shop/web => shop/db: partial\n  open: TCP 5432\n')
  })

  test('tells programs what --stdin tells them', async () => {
    const folder = folderWith(SHOP)
    const { out } = await ask([
      'query',
      folder,
      '--from',
      'shop/web',
      '--to',
      'shop/db',
      '--port',
      '5432',
      '-o',
      'json',
    ])
    expect([JSON.parse(out)]).toEqual(await answers(folder, { from: 'shop/web', to: 'shop/db', port: 5432 }))
  })

  test.each([
    [['--from', 'shop/web'], 'query needs --to. See drawbridge query --help.'],
    [['--from', 'shop/web', '--to', 'shop/x'], 'shop/x is not loaded.'],
    [['--stdin', '--from', 'shop/web'], '--stdin reads the questions from its lines: it does not go with --from.'],
    [['--stdin', '-'], '--stdin reads questions: manifests cannot be piped in, too; name their files.'],
  ])('%j: status 2 and a sentence', async (args, message) => {
    const { status, out, err } = await ask(['query', folderWith(SHOP), ...args])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })
})

describe('explain', () => {
  test('says it in sentences with their places', async () => {
    const folder = folderWith(SHOP)
    const { status, out } = await ask(['explain', folder, '--from', 'shop/jobs', '--to', 'shop/db', '--port', '5432'])
    expect(status).toBe(0)
    expect(out).toContain('shop/jobs → shop/db TCP 5432: denied\n')
    expect(out).toContain('No policy isolates shop/jobs for egress')
    expect(out).toContain(`shop/db is isolated for ingress: shop/db [${folder}/db.yaml:`)
  })

  test('gives programs the places apart', async () => {
    const folder = folderWith(SHOP)
    const { out } = await ask(['explain', folder, '--from', 'shop/web', '--to', 'shop/db', '-o', 'json'])
    const { verdict, halves } = JSON.parse(out) as {
      verdict: string
      halves: readonly { sentences: readonly { places: unknown[] }[] }[]
    }
    expect(verdict).toBe('partial')
    expect(halves.flatMap(({ sentences }) => sentences.flatMap(({ places }) => places))).toContainEqual({
      text: 'spec.ingress[0]',
      file: `${folder}/db.yaml`,
      line: 12,
    })
  })

  test('speaks of a single pod, and not of what is not there', async () => {
    const folder = folderWith({ ...SHOP, 'web.yaml': joined(SHOP['web.yaml'], POD) })
    expect((await ask(['explain', folder, '--from', 'shop/web-abc12-x', '--to', 'shop/db'])).out).toContain(
      'shop/web-abc12-x → shop/db',
    )
    expect(await ask(['explain', folder, '--from', 'shop/none-of-it', '--to', 'shop/db'])).toMatchObject({
      status: 2,
      out: '',
    })
  })
})

describe('list and query agree', () => {
  const folders = ['src/core/corpus/scenarios', '../shared/samples/online-boutique', '../shared/samples/sock-shop']
  const files = folders
    .filter((path) => existsSync(path))
    .flatMap((path) => (path.startsWith('..') ? [path] : yamlsIn(path)))

  test.each(files)('%s: what list prints of two workloads is what query says is open', async (path) => {
    const listed = JSON.parse((await ask(['list', path, '-o', 'json'])).out) as readonly Listed[]
    const names = [...new Set(listed.flatMap(({ src, dst }) => [src, dst]))]
      .filter((name) => /\/.*\]$/.test(name))
      .slice(0, 12)
    const open = new Map(listed.map(({ src, dst, conn }) => [`${src} => ${dst}`, conn]))
    const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to })))
    const found = await answers(path, ...pairs)
    expect(found.map(({ from, to, ports }) => `${String(from)} => ${String(to)} : ${String(ports)}`)).toEqual(
      pairs.map(({ from, to }) => `${from} => ${to} : ${open.get(`${from} => ${to}`) ?? 'No Connections'}`),
    )
  })
})

interface Listed {
  readonly src: string
  readonly dst: string
  readonly conn: string
}

function yamlsIn(path: string): readonly string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${path}/${name}`)
}
