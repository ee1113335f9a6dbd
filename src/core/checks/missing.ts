import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import { type End, endName } from '#core/model/end.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import { closeName } from '#core/validate/schema.ts'
import { isThere, runningPods, workloadsOf } from './ends.ts'

/** What of a check is not there, with the name that is probably meant. */
export function tellMissing({ from, to, only, ports }: Check, evaluation: Evaluation): Sentence {
  const end = [...(only ?? [from]), to].find((one) => !isThere(evaluation, one))
  if (end) return say(tellEnd(end, evaluation))
  const pods = runningPods(workloadsOf(evaluation, to))
  const [port = ''] = askedPorts(ports, pods).unresolved
  const spec = parsePortSpec(port)
  if (spec?.port.type !== 'named')
    return say(`${port === '' ? 'An empty text' : port} is no port: write e.g. TCP/5432.`)
  const named = pods.flatMap((pod) => pod.ports.flatMap(({ name }) => name ?? []))
  return say(
    `No container of ${endName(to)} declares a ${spec.protocol} port named ${spec.port.name}.${meant(spec.port.name, named)}`,
  )
}

function tellEnd(end: End, evaluation: Evaluation): string {
  if ('workload' in end) return tellWorkload(end, evaluation)
  if ('namespace' in end) return tellNamespace(end.namespace, evaluation)
  const { nodes } = evaluation.cluster
  if ('node' in end) {
    const isLoaded = nodes.some(({ name }) => name === end.node)
    if (isLoaded) return `The addresses of node ${end.node} are not known.`
    return `There is no node ${end.node}.${meant(
      end.node,
      nodes.map(({ name }) => name),
    )}`
  }
  return `There is nothing that could be ${endName(end)} here.`
}

function tellNamespace(name: string, { cluster }: Evaluation): string {
  const all = cluster.namespaces.map((namespace) => namespace.name)
  return all.includes(name) ? `Nothing runs in ${name}.` : `There is no namespace ${name}.${meant(name, all)}`
}

function tellWorkload(
  { namespace, workload }: { readonly namespace: string; readonly workload: string },
  evaluation: Evaluation,
): string {
  const { cluster, workloads } = evaluation
  if (workloads.has(`${namespace}/${workload}`)) return `${namespace}/${workload} has no pods.`
  const own = cluster.workloads.filter((one) => one.namespace === namespace)
  if (own.length === 0) return tellNamespace(namespace, evaluation)
  const name = workload.slice(workload.indexOf('/') + 1)
  const names = own.map((one) => one.name)
  const like = own.find((one) => one.name === (names.includes(name) ? name : closeName(name, names)))
  const hint = like ? ` Did you mean ${like.kind}/${like.name}?` : elsewhere(workload, cluster.workloads)
  return `There is no ${workload} in ${namespace}.${hint}`
}

function elsewhere(
  workload: string,
  all: readonly { readonly namespace: string; readonly kind: string; readonly name: string }[],
): string {
  const found = all.filter(({ kind, name }) => `${kind}/${name}` === workload)
  return found.length === 1 && found[0] ? ` There is one in ${found[0].namespace}.` : ''
}

function meant(written: string, known: readonly string[]): string {
  const close = closeName(written, known)
  return close === undefined ? '' : ` Did you mean ${close}?`
}
