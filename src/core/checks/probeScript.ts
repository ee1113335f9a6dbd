import type { Check } from '#core/model/check.ts'
import type { Cluster, Workload } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import { type Concrete, concreteChecks, type LeftOut } from './concrete.ts'
import { PROBE_HEAD, PROBE_TAIL } from './probeText.ts'

/** A script that tries checks in a live cluster, and what of them it can't try, each with the reason. */
export interface ProbeScript {
  readonly text: string
  readonly probes: number
  readonly leftOut: readonly LeftOut[]
}

/**
 * The checks as a POSIX shell script with a probe for each port (design.md 9): by `kubectl debug`, from a source pod that
 * runs already. UDP is marked inconclusive. Names are data: single-quoted, and none with control characters is looked for.
 */
export function probeScript(checks: readonly Check[], cluster: Cluster): ProbeScript {
  const { questions, leftOut } = concreteChecks(checks, cluster)
  const workloads = new Map(cluster.workloads.map((workload) => [workload.id, workload]))
  // What an allowed connection reaches is known to listen when a denied one gets no answer.
  const ordered = questions.toSorted((a, b) => Number(a.expect === 'denied') - Number(b.expect === 'denied'))
  const lines = ordered.map((question) => ({ question, line: lineOf(question, workloads) }))
  const calls = lines.flatMap(({ line }) => (typeof line === 'string' ? [line] : []))
  const unsaid = lines.flatMap(({ question: { name }, line }) => (typeof line === 'string' ? [] : [{ name, ...line }]))
  const text = `${PROBE_HEAD}\n${calls.map((call) => `${call}\n`).join('')}${PROBE_TAIL}`
  return { text, probes: calls.length, leftOut: [...leftOut, ...unsaid] }
}

type Unsaid = Pick<LeftOut, 'why'>

function lineOf(question: Concrete, workloads: ReadonlyMap<string, Workload>): string | Unsaid {
  const { name, from, to, protocol, port, expect } = question
  if (protocol === 'SCTP') return { why: 'probes know TCP and UDP only' }
  // It is only printed, so that it may be changed.
  const title = name.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
  if (protocol === 'UDP') return call('udp', [title, `${port}`])
  const source = podsOf(from, workloads)
  const target = 'host' in to ? [to.host] : podsOf(to, workloads)
  if ('why' in source) return source
  if ('why' in target) return target
  const words = [title, expect, `${port}`, ...source, ...target]
  const isOdd = [...source, ...target].some((word) => /\p{Cc}/u.test(word))
  return isOdd ? { why: 'a name holds control characters' } : call('probe', words)
}

// Namespace, pod or nothing, labels or nothing.
function podsOf(
  { namespace, workload }: Concrete['from'],
  workloads: ReadonlyMap<string, Workload>,
): readonly string[] | Unsaid {
  const found = workloads.get(`${namespace}/${workload}`)
  if (!found) return { why: `${namespace}/${workload} is not loaded, so that its pods cannot be found` }
  if (found.kind === 'Pod') return [namespace, found.name, '']
  const labels = found.selectorLabels ?? found.pods[0]?.labels.labels ?? {}
  const selector = selectorText(labels)
  return selector === undefined
    ? { why: `the pods of ${namespace}/${workload} have no labels to find them by` }
    : [namespace, '', selector]
}

// A comma or an operator in a label would ask for something else (semantics.md B.2).
function selectorText(labels: Labels): string | undefined {
  const pairs = Object.entries(labels)
  const isPlain = pairs.every(([key, value]) => /^([a-z0-9.-]+\/)?[\w.-]+$/i.test(key) && /^[\w.-]*$/.test(value))
  return pairs.length > 0 && isPlain ? pairs.map(([key, value]) => `${key}=${value}`).join(',') : undefined
}

function call(name: string, words: readonly string[]): string {
  return [name, ...words.map(quoted)].join(' ')
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
