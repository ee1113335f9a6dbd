import { compareLists, readConnlistCase } from '#core/corpus/connlist.testkit.ts'
import { type Probe, probesOf, type ProbeCase, readProbeCase, textsOf } from '#core/corpus/probes.testkit.ts'
import {
  corporaExist,
  listCorpus,
  portsFrom,
  readCorpus,
  report,
  type Tally,
  type Written,
} from '#core/corpus/shared.testkit.ts'
import { connectionText } from '#core/export/connections/connection.ts'
import { expect, test } from 'vitest'
import { drawbridge, folderWith, inPairs } from './built.testkit.ts'

// How many cases each has, so that an empty folder can't pass.
const CONNLISTS = { 'netpol-analyzer': 61, 'netpol-analyzer-anp': 69, 'netpol-analyzer-ingress': 5 }
const PROBES = {
  e2e: 37,
  'netpol-analyzer-eval': 17,
  cyclonus: 1,
  'cyclonus/generated': 164,
  recipes: 12,
  'topology-analyzer': 1,
  'kube-network-policies': 38,
  'policy-assistant': 14,
  'conformance-anp': 37,
  'conformance-cnp': 39,
}
const TIMEOUT = 600_000
const exist = corporaExist()

test.each(Object.entries(CONNLISTS))(
  'the built command lists every case of %s as upstream does',
  async (folder, cases) => {
    if (!exist) return
    const tally: Tally = { cases: 0, probes: 0, failures: [] }
    await inPairs(listCorpus(folder), (name) => runListCase(`${folder}/${name}`, tally))
    report(`${folder}, through list`, tally)
    expect(tally.failures).toEqual([])
    expect(tally.cases).toBe(cases)
  },
  TIMEOUT,
)

test.each(Object.entries(PROBES))(
  'the built command answers every probe of %s as upstream does',
  async (folder, cases) => {
    if (!exist) return
    const tally: Tally = { cases: 0, probes: 0, failures: [] }
    const names = listCorpus(folder).filter((file) => file.endsWith('.json'))
    await inPairs(names, (name) => runQueryCase(name, readProbeCase(readCorpus(`${folder}/${name}`)), tally))
    report(`${folder}, through query --stdin`, tally)
    expect(tally.failures).toEqual([])
    expect(tally.cases).toBe(cases)
  },
  TIMEOUT,
)

async function runListCase(folder: string, tally: Tally): Promise<void> {
  const { expected, texts, ignoreHostNetwork } = readConnlistCase(folder)
  const settings = {
    apiVersion: 'drawbridge/v1alpha1',
    kind: 'DrawbridgeSettings',
    metadata: { name: 'corpus' },
    ignoreHostNetwork,
  }
  const path = folderWith({ ...texts, 'settings.json': JSON.stringify(settings) })
  const { status, out, err } = await drawbridge(['list', path, '-o', 'json', '--direct-owners', '--pod-cidr', 'none'])
  if (status !== 0) tally.failures.push(`${folder}: exit status ${status}: ${err}`)
  const listed = JSON.parse(out) as readonly { readonly src: string; readonly dst: string; readonly conn: string }[]
  // Upstream speaks of IPv4 only (corpora/README.md "Comparing another engine").
  const v4 = listed.filter(({ src, dst }) => !`${src} ${dst}`.includes(':'))
  const connections = v4.map(({ src, dst, conn }) => ({
    from: src,
    to: dst,
    protocols: written(conn),
  }))
  compareLists(folder, tally, expected, { connections })
}

// As the corpora write ports.
function written(conn: string): Written {
  if (conn === 'All Connections') return 'all'
  const ports: Record<string, (readonly [number, number])[]> = {}
  let protocol = ''
  for (const text of conn.split(',')) {
    const [, own, from, to] = /^(?:(\w+) )?(\d+)(?:-(\d+))?$/.exec(text) ?? []
    protocol = own ?? protocol
    ;(ports[protocol] ??= []).push([Number(from), Number(to ?? from)])
  }
  return ports
}

interface Answered {
  readonly verdict?: string
  readonly egress?: string
  readonly ingress?: string
  readonly ports?: string
}

async function runQueryCase(name: string, one: ProbeCase, tally: Tally): Promise<void> {
  const probes = probesOf(one)
  const sets = one.allowedSets ?? []
  const asked = [
    ...probes.map(({ from, to, port, protocol }) => ({ from: end(from), to: end(to), port, protocol })),
    ...sets.map(({ from, to }) => ({ from: end(from), to: end(to) })),
  ]
  const lines = asked.map((question) => `${JSON.stringify(question)}\n`).join('')
  const { status, out, err } = await drawbridge(
    ['query', folderWith(textsOf(one)), '--stdin', '--pod-cidr', 'none'],
    lines,
  )
  const answers = out.split('\n').slice(0, -1)
  const fail = (text: string): number => tally.failures.push(`${name}: ${text}`)
  if (status !== 0 || err.includes(': error: ') || answers.length !== asked.length)
    fail(`exit status ${status}, ${answers.length} answers: ${err}`)
  const read = answers.map((line) => JSON.parse(line) as Answered)
  for (const [i, probe] of probes.entries())
    if (!agrees(probe, read[i])) fail(`${JSON.stringify(probe)}: ${answers[i]}`)
  for (const [i, { protocols }] of sets.entries()) {
    const found = read[probes.length + i]?.ports
    const wanted = connectionText(portsFrom(protocols))
    if (found !== wanted) fail(`${JSON.stringify(asked[probes.length + i])}: ${found} instead of ${wanted}`)
  }
  tally.probes += asked.length
  tally.cases++
}

function agrees({ allowed, egress, ingress }: Probe, answered: Answered | undefined): boolean {
  const wanted = { verdict: word(allowed), egress: word(egress), ingress: word(ingress) }
  return (['verdict', 'egress', 'ingress'] as const).every(
    (key) => wanted[key] === undefined || wanted[key] === answered?.[key],
  )
}

function word(open: boolean | undefined): string | undefined {
  if (open === undefined) return undefined
  return open ? 'allowed' : 'denied'
}

function end(text: string): string {
  return text.replace(/^ip:/, '')
}
