import { expect, test } from 'vitest'
import { deploymentText } from '#core/load/load.testkit.ts'
import { type Bench, file, openBench } from './engine.testkit.ts'

const POLICY = (name: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${name} } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
`
const check = (name: string, from: string, to: string): string => `  - name: ${name}
    from: { namespace: shop, workload: Deployment/${from} }
    to: { namespace: shop, workload: Deployment/${to} }
    ports: [TCP/80]
    expect: allowed
`
const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: checks }
checks:
${check('one', 'web', 'db')}${check('two', 'web', 'api')}${check('three', 'web', 'gone')}`

async function open(): Promise<Bench> {
  const bench = openBench()
  const files = [
    file('shop.yaml', ['web', 'api', 'db'].map((name) => deploymentText(name)).join('---\n')),
    file('db.yaml', POLICY('db')),
    file('api.yaml', POLICY('api')),
    file('checks.yaml', CHECKS),
  ]
  await bench.change({ type: 'workspace', files })
  return bench
}

const outcomes = ({ pictures }: Bench) => pictures.at(-1)?.checks.map((one) => `${one.check.name} ${one.outcome}`)

test('every edit judges all checks anew, says why, and keeps the objects of those that fare as before', async () => {
  const bench = await open()
  expect(outcomes(bench)).toEqual(['one holds', 'two holds', 'three missing'])
  const before = bench.pictures.at(-1)?.checks
  const broken = await bench.type('db.yaml', 'app: web', 'app: webb')
  expect(outcomes(bench)).toEqual(['one broken', 'two holds', 'three missing'])
  expect(broken.checks[0]?.why.map(({ text }) => text).join('')).toContain('shop/db')
  expect(broken.checks[1]).toBe(before?.[1])
  expect(broken.checks[2]).toBe(before?.[2])
  await bench.type('db.yaml', 'app: webb', 'app: web')
  expect(outcomes(bench)).toEqual(['one holds', 'two holds', 'three missing'])
  await bench.change({
    type: 'edit',
    path: 'shop.yaml',
    edits: [{ from: 0, to: 0, insert: `${deploymentText('gone')}---\n` }],
  })
  expect(outcomes(bench)).toEqual(['one holds', 'two holds', 'three holds'])
})

test('an edit that no check hears of leaves the very list', async () => {
  const bench = await open()
  const before = bench.pictures.at(-1)?.checks
  const after = await bench.type('api.yaml', 'policyTypes: [Ingress]', 'policyTypes:  [Ingress]')
  expect(after.checks).toBe(before)
})

test('suggestions leave out what is checked, and say how each would fare', async () => {
  const bench = await open()
  const service = 'kind: Service\napiVersion: v1\nmetadata: { name: api, namespace: shop }\n'
  const spec = 'spec: { selector: { app: api }, ports: [{ port: 80 }, { port: 8080 }] }\n'
  await bench.change({ type: 'create', path: 'service.yaml', text: service + spec })
  const { suggested = [] } = (await bench.engine.ask('suggest', {})) ?? {}
  expect(suggested.length).toBeGreaterThan(0)
  const asked = suggested.filter(({ check }) => !check.only).flatMap(({ check }) => check.ports)
  expect(asked).not.toContain('TCP/80')
  for (const one of suggested) expect([one.outcome, one.reason.endsWith('.')]).toEqual(['holds', true])
})

test('checks go out as a file of NetAssert and come in again the same; what is wrong is told at its line', async () => {
  const bench = await open()
  const live = await bench.engine.ask('live-tests', { format: 'netassert' })
  expect([live?.count, live?.leftOut]).toEqual([3, []])
  const faulty = `${live?.text}- name: half\n  type: k8s\n`
  const read = await bench.engine.ask('read-tests', { text: faulty })
  const saved = bench.pictures.at(-1)?.checks.map(({ check, outcome }) => {
    const { name, from, to, ports, expect } = check
    return { check: { name, from, to, ports, expect }, outcome }
  })
  expect(read?.checks.map(({ check, outcome }) => ({ check, outcome }))).toEqual(saved)
  const lines = faulty.split('\n')
  expect(read?.problems.map(({ line }) => lines[line - 1])).toContain('- name: half')
  expect(read?.checks[1]?.reason).toBe(`Line ${lines.indexOf('- name: two') + 1}.`)
})

test('a probe script tries what it can and lists the rest', async () => {
  const bench = await open()
  const script = await bench.engine.ask('live-tests', { format: 'script' })
  expect(script?.text).toMatch(/^#!/)
  expect([script?.count, script?.leftOut.map(({ name }) => name)]).toEqual([2, ['three']])
})
