import type { Check } from '#core/model/check.ts'
import type { Cluster, Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Interval } from '#core/model/intervals.ts'
import { PROTOCOLS, type Protocol } from '#core/model/ports.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import { runningPods } from './ends.ts'

/** What of a check could not be said, and why: for people. */
export interface LeftOut {
  readonly name: string
  readonly why: string
}

/** One question that a live cluster can be asked: a workload opens a connection to one port of another, or of a host. */
export interface Concrete {
  /** Unique among the questions of one export. */
  readonly name: string
  readonly from: { readonly namespace: string; readonly workload: string }
  readonly to: { readonly namespace: string; readonly workload: string } | { readonly host: string }
  readonly protocol: Protocol
  readonly port: number
  readonly expect: Check['expect']
}

/** The checks as questions of one port each, and what can't be asked so; a port's name stands for what the pods declare. */
export function concreteChecks(
  checks: readonly Check[],
  cluster: Cluster,
): { readonly questions: readonly Concrete[]; readonly leftOut: readonly LeftOut[] } {
  const workloads = new Map(cluster.workloads.map((workload) => [workload.id, workload]))
  const spoken = checks.map((check) => ({ ...check, ...portsOf(check, workloads), ends: endsOf(check) }))
  const taken = new Set(checks.map(({ name }) => name))
  const used = new Set<string>()
  const nameOf = (name: string, isAlone: boolean, port: string): string => {
    if (isAlone && name !== '' && !used.has(name)) return keep(used, name)
    return keep(
      used,
      free(`${name} (${port})`.trim(), (one) => used.has(one) || taken.has(one)),
    )
  }
  const questions = spoken.flatMap(({ name, expect, ends, ports }) =>
    'why' in ends
      ? []
      : ports.map(({ protocol, port }): Concrete => {
          const own = nameOf(name, ports.length === 1, `${protocol} ${port}`)
          return { ...ends, name: own, protocol, port, expect }
        }),
  )
  const leftOut = spoken.flatMap(({ name, ends, wrong }) =>
    ('why' in ends ? [ends.why] : wrong).map((why): LeftOut => ({ name, why })),
  )
  return { questions, leftOut }
}

type Ends = Pick<Concrete, 'from' | 'to'>

function endsOf({ from, to, only }: Check): Ends | { readonly why: string } {
  if (only) return { why: 'it speaks of all others (“only”), who cannot be tried one by one' }
  if (!('workload' in from)) return { why: `${endName(from)} is no workload that could open a connection` }
  if ('workload' in to || 'host' in to) return { from, to }
  return { why: `${endName(to)} is no single workload or host to connect to` }
}

interface Ports {
  readonly ports: readonly { readonly protocol: Protocol; readonly port: number }[]
  readonly wrong: readonly string[]
}

function portsOf({ ports, to }: Check, workloads: ReadonlyMap<string, Workload>): Ports {
  if (ports.length === 0) return { ports: [], wrong: ['it speaks of all ports'] }
  const all = ports.map((text) => portsOfText(text, to, workloads))
  const found = all.flatMap((one) => one.ports)
  const once = new Map(found.map((one) => [`${one.protocol} ${one.port}`, one]))
  return { ports: [...once.values()], wrong: all.flatMap(({ wrong }) => wrong) }
}

function portsOfText(text: string, to: End, workloads: ReadonlyMap<string, Workload>): Ports {
  const spec = parsePortSpec(text)
  if (!spec) return { ports: [], wrong: [`${text} is no port`] }
  const isSingle = spec.port.type === 'range' && spec.port.from === spec.port.to
  if (!isSingle && spec.port.type !== 'named') return { ports: [], wrong: [`${text} is more than one port`] }
  const asked = askedPorts([spec], runningPods([workloads.get(endId(to)) ?? []].flat())).ports
  const ports = PROTOCOLS.flatMap((protocol) => asked[protocol].flatMap(each).map((port) => ({ protocol, port })))
  return { ports, wrong: ports.length > 0 ? [] : [`no container of ${endName(to)} declares a port ${text}`] }
}

function each({ from, to }: Interval): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

function free(name: string, isTaken: (name: string) => boolean): string {
  for (let n = 1; ; n++) {
    const own = n === 1 ? name : `${name} (${n})`
    if (!isTaken(own)) return own
  }
}

function keep(used: Set<string>, name: string): string {
  used.add(name)
  return name
}
