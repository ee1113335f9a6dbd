import { externalParts, type IpRange, verdictOf } from '#core/evaluate/evaluate.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { exposedPorts, exposedVerdict } from '#core/evaluate/exposed.ts'
import { formatV4 } from '#core/model/cidr.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { formatPorts } from '#core/model/ports.ts'
import {
  listCorpus,
  loadAndEvaluate,
  mendNames,
  portsFrom,
  readCorpus,
  tell,
  type Tally,
  type Written,
} from './shared.testkit.ts'

/** Permitted connections as the corpora write them. */
export interface ConnectionList {
  readonly connections: readonly { readonly from: string; readonly to: string; readonly protocols: Written }[]
}

/** `expected.json` of a connlist case (corpora/README.md 2). */
interface Expected extends ConnectionList {
  readonly deviations?: readonly string[]
}

/** Ports by pair, or by workload and address range, as texts. */
type Answers = ReadonlyMap<string, string>

/** Loads the manifests of a case and compares all pairs and address ranges; failures are told by name. */
export function runConnlistCase(folder: string, tally: Tally): void {
  const { expected, texts, ignoreHostNetwork } = readConnlistCase(folder)
  const { evaluation } = loadAndEvaluate(texts, { podCidrs: 'none', directOwners: true, ignoreHostNetwork })
  const workloads = evaluation.cluster.workloads.filter(({ assumed }) => !assumed)
  compare(folder, tally, expectedPairs(expected), pairs(evaluation, workloads))
  compare(folder, tally, expectedRanges(expected), ranges(evaluation, workloads))
  compare(folder, tally, expectedExposed(expected), exposed(evaluation, workloads))
  tally.cases++
}

/** A case: what upstream lists, its manifests by path, and whether hostNetwork has to be ignored as that tool does. */
export function readConnlistCase(folder: string) {
  const expected = JSON.parse(readCorpus(`${folder}/expected.json`)) as Expected
  const names = listCorpus(`${folder}/manifests`)
  const texts = Object.fromEntries(
    names.map((name) => [`manifests/${name}`, mendNames(readCorpus(`${folder}/manifests/${name}`))]),
  )
  return { expected, texts, ignoreHostNetwork: (expected.deviations ?? []).includes('hostNetwork') }
}

/** Compares two lists as corpora/README.md says ("Comparing another engine"); failures are told by name. */
export function compareLists(folder: string, tally: Tally, expected: ConnectionList, found: ConnectionList): void {
  for (const answersOf of [expectedPairs, expectedRanges, expectedExposed])
    compare(folder, tally, answersOf(expected), answersOf(found))
  tally.cases++
}

function compare(folder: string, tally: Tally, expected: Answers, found: Answers): void {
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const [want, got] = [expected.get(key) ?? 'no ports', found.get(key) ?? 'no ports']
    if (want !== got) tally.failures.push(`${folder}: ${key}: ${got} instead of ${want}`)
    tally.probes++
  }
}

function pairs(evaluation: Evaluation, workloads: readonly Workload[]): Answers {
  const ends = workloads.map((workload) => [nameOf(workload), endOf(workload)] as const)
  return new Map(
    ends.flatMap(([from, source]) =>
      ends
        .filter(([to]) => to !== from)
        .map(([to, destination]) => [`${from} → ${to}`, tell(verdictOf(evaluation, source, destination))] as const),
    ),
  )
}

function expectedPairs({ connections }: ConnectionList): Answers {
  const between = connections.filter(({ from, to }) => from !== to && isWorkload(from) && isWorkload(to))
  return new Map(between.map(({ from, to, protocols }) => [`${from} → ${to}`, formatPorts(portsFrom(protocols))]))
}

// The manifests of these tools have no Ingress and no line for it, unless they are about it.
function exposed(evaluation: Evaluation, workloads: readonly Workload[]): Answers {
  const ports = exposedPorts(evaluation.cluster)
  const lines = workloads.flatMap((workload) => {
    const own = ports.get(workload.id)
    const verdict = own && exposedVerdict(evaluation, workload, own)
    return verdict ? [[`${CONTROLLER} → ${nameOf(workload)}`, tell(verdict)] as const] : []
  })
  return new Map(lines)
}

function expectedExposed({ connections }: ConnectionList): Answers {
  const lines = connections.filter(({ from }) => from === CONTROLLER)
  return new Map(lines.map(({ to, protocols }) => [`${CONTROLLER} → ${to}`, formatPorts(portsFrom(protocols))]))
}

/** A stretch of IPv4 addresses and what they get. */
interface Stretch {
  readonly from: bigint
  readonly to: bigint
  readonly ports: string
}

function ranges(evaluation: Evaluation, workloads: readonly Workload[]): Answers {
  const answers = new Map<string, string>()
  const sources = v4(externalParts(evaluation, 'ingress'))
  const destinations = v4(externalParts(evaluation, 'egress'))
  for (const workload of workloads) {
    const [name, end] = [nameOf(workload), endOf(workload)]
    const into = sources.map((part) => stretch(part, tell(verdictOf(evaluation, addressOf(part), end))))
    const out = destinations.map((part) => stretch(part, tell(verdictOf(evaluation, end, addressOf(part)))))
    answers.set(`outside → ${name}`, written(into))
    answers.set(`${name} → outside`, written(out))
  }
  return answers
}

function expectedRanges({ connections }: ConnectionList): Answers {
  const stretches = new Map<string, Stretch[]>()
  for (const { from, to, protocols } of connections) {
    if (isWorkload(from) === isWorkload(to) || from === CONTROLLER) continue
    const key = isWorkload(from) ? `${from} → outside` : `outside → ${to}`
    const [first = '', last = ''] = (isWorkload(from) ? to : from).split('-')
    const own = stretches.get(key) ?? []
    own.push({ from: number(first), to: number(last), ports: formatPorts(portsFrom(protocols)) })
    stretches.set(key, own)
  }
  return new Map([...stretches].map(([key, own]) => [key, written(own)]))
}

// Neighbours with equal sets are merged and empty ones dropped, as corpora/README.md says.
function written(stretches: readonly Stretch[]): string {
  const merged: Stretch[] = []
  for (const next of stretches.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1)
    if (next.ports === 'no ports') continue
    if (last && last.to + 1n === next.from && last.ports === next.ports)
      merged[merged.length - 1] = { ...last, to: next.to }
    else merged.push(next)
  }
  const texts = merged.map(({ from, to, ports }) => `${formatV4(from)}-${formatV4(to)} ${ports}`)
  return texts.length === 0 ? 'no ports' : texts.join(' | ')
}

const CONTROLLER = '{ingress-controller}'
const stretch = ({ from, to }: IpRange, ports: string): Stretch => ({ from, to, ports })
const isWorkload = (name: string): boolean => name.endsWith(']')
const nameOf = ({ namespace, name, kind }: Workload): string => `${namespace}/${name}[${kind}]`
const endOf = ({ namespace, name, kind }: Workload): End => ({ namespace, workload: `${kind}/${name}` })
const v4 = (parts: readonly IpRange[]): readonly IpRange[] => parts.filter(({ family }) => family === 'v4')
const addressOf = ({ from }: IpRange): End => ({ cidr: `${formatV4(from)}/32` })
const number = (ip: string): bigint => ip.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n)
