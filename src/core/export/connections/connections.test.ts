import { block, cluster, known, pod, policy, port } from '#core/evaluate/build.testkit.ts'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { permitted } from '#core/evaluate/permitted.ts'
import { NO_PORTS, portRange, unitePorts, ALL_PORTS } from '#core/model/ports.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { expect, test } from 'vitest'
import { type Connection, connectionText, named } from './connection.ts'
import { CONNECTION_FORMATS } from './index.ts'

const CLUSTER = cluster([pod('web'), pod('db'), pod('far', { namespace: 'away', labels: known({}) })])
const POLICIES = [
  policy('db', 'app=db', { ingress: [{ ports: [port(80), port(443)], peers: [block('10.0.0.0/8')] }], egress: [] }),
]
const EXPECTED: readonly Connection[] = [
  { src: 'shop/web[Deployment]', dst: 'away/far[Deployment]', conn: 'All Connections' },
  { src: '10.0.0.0-10.255.255.255', dst: 'shop/db[Deployment]', conn: 'TCP 80,443' },
]

function written(id: string, connections: Iterable<Connection>): string {
  return [...(CONNECTION_FORMATS.find((format) => format.id === id)?.write(connections) ?? [])].join('')
}

test('permitted connections get the names of netpol-analyzer', () => {
  const found = [...named(permitted(evaluate(CLUSTER, POLICIES, { ...DEFAULT_SETTINGS, podCidrs: 'none' })))]
  expect(found).toEqual(expect.arrayContaining([...EXPECTED]))
  expect(found.filter(({ dst }) => dst.includes('db'))).toEqual([EXPECTED[1]])
  expect(found.every(({ src }) => !src.includes('db'))).toBe(true)
})

test.each([
  [ALL_PORTS, 'All Connections'],
  [NO_PORTS, 'No Connections'],
  [portRange('TCP', 1, 65535), 'TCP 1-65535'],
  [
    unitePorts(portRange('UDP', 53, 53), unitePorts(portRange('TCP', 80, 80), portRange('TCP', 1, 10))),
    'TCP 1-10,80,UDP 53',
  ],
])('ports are written as that tool does: %#', (ports, text) => expect(connectionText(ports)).toBe(text))

test('txt is a line each', () => {
  expect(written('txt', EXPECTED)).toBe(
    'shop/web[Deployment] => away/far[Deployment] : All Connections\n' +
      '10.0.0.0-10.255.255.255 => shop/db[Deployment] : TCP 80,443\n',
  )
})

test('json is a list of src, dst and conn, also of none', () => {
  expect(JSON.parse(written('json', EXPECTED))).toEqual(EXPECTED)
  expect(JSON.parse(written('json', []))).toEqual([])
})

test('csv quotes what holds a comma', () => {
  expect(written('csv', EXPECTED).split('\n')).toEqual([
    'src,dst,conn',
    'shop/web[Deployment],away/far[Deployment],All Connections',
    '10.0.0.0-10.255.255.255,shop/db[Deployment],"TCP 80,443"',
    '',
  ])
})

test('md is a table, and no name breaks it', () => {
  const odd = { src: 'shop/app!=a|b[Assumed]', dst: 'shop/*[Assumed]', conn: 'TCP 1' }
  expect(written('md', [odd])).toBe(
    '| src | dst | conn |\n|-----|-----|------|\n| shop/app!=a\\|b[Assumed] | shop/\\*[Assumed] | TCP 1 |\n',
  )
})

test('dot puts the workloads of a namespace in a box, addresses outside', () => {
  const text = written('dot', EXPECTED)
  expect(text).toMatch(/^digraph \{\n[\s\S]*\n\}\n$/)
  expect(text).toContain('  "shop/web[Deployment]" -> "away/far[Deployment]" [label="All Connections"]\n')
  expect(text).toContain(
    '  subgraph "cluster_shop" {\n    label="shop"\n    "shop/db[Deployment]" [label="db[Deployment]"]\n    "shop/web[Deployment]" [label="web[Deployment]"]\n  }\n',
  )
  expect(text).toContain('  "10.0.0.0-10.255.255.255" [color="red2"]\n')
})

test('every format has a name and a title of its own, and writes piece by piece', () => {
  expect(new Set(CONNECTION_FORMATS.map(({ id }) => id)).size).toBe(CONNECTION_FORMATS.length)
  for (const { title, write } of CONNECTION_FORMATS) {
    expect(title).not.toBe('')
    let asked = 0
    const endless = (function* () {
      for (;;) {
        asked++
        yield EXPECTED[0] as Connection
      }
    })()
    const pieces = write(endless)[Symbol.iterator]()
    for (let i = 0; i < 5; i++) pieces.next()
    expect(asked).toBeLessThan(10)
  }
})
