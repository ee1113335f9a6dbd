import { type Evaluation, type PodEnd, verdictOf, verdictOfPods } from '#core/evaluate/evaluate.ts'
import type { End } from '#core/model/end.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { statusOf } from '#core/model/status.ts'
import type { Verdict } from '#core/model/verdict.ts'

/**
 * Compares lines like `shop/web → shop/db TCP/5432: denied` with the evaluation; returns those that differ, with what
 * it says instead. Ends: `namespace/workload`, `namespace/*`, `pod:namespace/pod`, a CIDR, an address, a host's name,
 * `internet`, `anywhere`, `ip:address` (a probe from outside). Ports as checks write them, or `all`.
 */
export function differing(evaluation: Evaluation, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const status = answerTo(evaluation, line)
    return line.endsWith(`: ${status}`) ? [] : [`${line}, but it is ${status}`]
  })
}

function answerTo(evaluation: Evaluation, line: string): string {
  const [, from = '', to = '', ports = ''] = /^(\S+) → (\S+) (.+): \w+$/.exec(line) ?? []
  const verdict = verdictFor(evaluation, from, to)
  const specs = ports === 'all' ? [] : ports.split(' ')
  const { ports: asked, unresolved } = askedPorts(specs, [])
  if (unresolved.length > 0) return `no port (${unresolved.join(', ')})`
  return verdict ? statusOf(verdict, asked) : 'nobody'
}

function verdictFor(evaluation: Evaluation, from: string, to: string): Verdict | undefined {
  const [source, destination] = [podEnd(from), podEnd(to)]
  if (source && destination) return verdictOfPods(evaluation, source, destination)
  return verdictOf(evaluation, endFrom(evaluation, from), endFrom(evaluation, to))
}

function podEnd(text: string): PodEnd | undefined {
  if (text.startsWith('ip:')) return { ip: text.slice(3) }
  if (!text.startsWith('pod:')) return undefined
  const [namespace = '', pod = ''] = text.slice(4).split('/')
  return { namespace, pod }
}

function endFrom({ cluster }: Evaluation, text: string): End {
  if (text === 'internet') return { internet: true }
  if (text === 'anywhere') return { anywhere: true }
  const [namespace = '', name = ''] = text.split('/')
  if (name === '*') return { namespace }
  if (name === '') return { host: text }
  if (/^[\d:]/.test(text)) return { cidr: text }
  const workload = cluster.workloads.find((one) => one.namespace === namespace && one.name === name)
  return { namespace, workload: `${workload?.kind ?? 'Missing'}/${name}` }
}
