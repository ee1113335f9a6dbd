import { type Evaluation, isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { NewCheck } from '#core/model/check.ts'
import type { Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, portRange, type PortSet, uniteAllPorts } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import { endOf, runningPods } from './ends.ts'
import { judge } from './judge.ts'
import { NEW_NAMESPACE } from './future.ts'
import { type Other, othersOf } from './only.ts'
import { portTexts, servedBy } from './served.ts'

/** A check that would be worth it, before it has a name. */
export interface Idea {
  readonly check: Omit<NewCheck, 'name'>
  readonly reason: string
}

/** What a workload offers, and what says so. */
interface Offer {
  readonly workload: Workload
  readonly ports: PortSet
  /** `Service data/db leads there`, `It declares the port`. */
  readonly by: string
}

// More sources make no list that anybody reads, and more questions cost time.
const MOST_SOURCES = 8
const MOST_QUESTIONS = 20_000

/**
 * Checks that keep what is true today of the ports that Services lead to or containers declare: who gets in where policies
 * isolate, that nobody else does (else that the internet doesn't), and, where nothing isolates, that the namespace gets in.
 */
export function presentChecks(evaluation: Evaluation): readonly Idea[] {
  const offers = offersOf(evaluation)
  const isolated = offers.filter(({ workload }) => isolationOf(evaluation, workload.id, 'ingress') === 'yes')
  const asked = isolated.slice(0, Math.floor(MOST_QUESTIONS / Math.max(1, evaluation.cluster.workloads.length)))
  return [
    ...asked.flatMap((offer) => guarded(evaluation, offer)),
    ...offers.filter((offer) => !isolated.includes(offer)).flatMap((offer) => open(evaluation, offer)),
  ]
}

function offersOf({ cluster }: Evaluation): readonly Offer[] {
  const served = cluster.services.flatMap((service) =>
    servedBy(cluster, service).map((one) => ({
      ...one,
      by: `Service ${service.namespace}/${service.name} leads there`,
    })),
  )
  const known = new Set(served.map(({ workload }) => workload))
  const declared = cluster.workloads
    .filter((workload) => !known.has(workload))
    .map((workload) => ({ workload, ports: declaredPorts(workload), by: 'It declares the port' }))
  return [...served, ...declared].filter(({ workload, ports }) => !isNoPorts(ports) && !isOnNode(workload))
}

function declaredPorts(workload: Workload): PortSet {
  const ports = runningPods([workload]).flatMap((pod) => pod.ports)
  return uniteAllPorts(ports.map(({ protocol, port }) => portRange(protocol, port, port)))
}

// No policy applies to pods in the network of their nodes.
function isOnNode({ pods }: Workload): boolean {
  return pods.every(({ hostNetwork }) => hostNetwork)
}

function guarded(evaluation: Evaluation, { workload, ports }: Offer): readonly Idea[] {
  const to = endOf(workload)
  const others = othersOf(evaluation, { to, only: [], asked: ports })
  const isOpenToAll = others.some(({ from, outcome }) => 'anywhere' in from && outcome === 'broken')
  if (isOpenToAll) return openToAll(evaluation, { to, ports })
  const pairs = others.filter(
    ({ from, future, answer }) => 'workload' in from && future === undefined && isOpen(answer.allowed, ports),
  )
  const shown = pairs.length > MOST_SOURCES ? [] : pairs
  const idea = alone(evaluation, { to, ports, others }) ?? offline(evaluation, { to, ports })
  return [
    ...shown.map(({ from, answer }): Idea => {
      const open = portTexts(intersectPorts(answer.allowed, ports))
      return { check: { from, to, ports: open, expect: 'allowed' }, reason: 'Policies let it in today.' }
    }),
    ...(idea ? [idea] : []),
  ]
}

function isOpen(allowed: PortSet, asked: PortSet): boolean {
  return !isNoPorts(intersectPorts(allowed, asked))
}

interface Guarded {
  readonly to: End
  readonly ports: PortSet
  readonly others: readonly Other[]
}

// Where all pods of a namespace get in, those to come, too, the namespace is meant.
function alone(evaluation: Evaluation, { to, ports, others }: Guarded): Idea | undefined {
  const open = others.filter(({ outcome }) => outcome === 'broken')
  const future = open.flatMap((other) => other.future ?? [])
  const isWide = future.includes(NEW_NAMESPACE)
  const whole: readonly End[] = isWide ? [{ anyNamespace: true }] : future.map((namespace) => ({ namespace }))
  const rest = open
    .map(({ from }) => from)
    .filter((end) => !('namespace' in end) || (!isWide && !future.includes(end.namespace)))
  const only = [...whole, ...rest].map(plainEnd)
  const check = { from: { anywhere: true }, to, ports: portTexts(ports), expect: 'denied', only } as const
  if (only.length > MOST_SOURCES || judge(check, evaluation).outcome !== 'holds') return undefined
  return { check, reason: 'Policies keep everybody else out today.' }
}

function plainEnd(end: End): End {
  return 'cidr' in end && end.except?.length === 0 ? { cidr: end.cidr } : end
}

function offline(evaluation: Evaluation, { to, ports }: Pick<Guarded, 'to' | 'ports'>): Idea | undefined {
  const check = { from: { internet: true }, to, ports: portTexts(ports), expect: 'denied' } as const
  const isClosed = judge(check, evaluation).outcome === 'holds'
  return isClosed ? { check, reason: 'Policies keep the internet out today.' } : undefined
}

function openToAll(evaluation: Evaluation, { to, ports }: Pick<Guarded, 'to' | 'ports'>): readonly Idea[] {
  const check = { from: { internet: true }, to, ports: portTexts(ports), expect: 'allowed' } as const
  return judge(check, evaluation).outcome === 'holds' ? [{ check, reason: 'Policies let anyone in today.' }] : []
}

function open(evaluation: Evaluation, { workload, ports, by }: Offer): readonly Idea[] {
  const { namespace } = workload
  const isAlone = evaluation.cluster.workloads.filter((one) => one.namespace === namespace).length < 2
  const verdict = isAlone ? undefined : verdictOf(evaluation, { namespace }, endOf(workload))
  if (!verdict || statusOf(verdict, ports) !== 'allowed') return []
  const check = { from: { namespace }, to: endOf(workload), ports: portTexts(ports), expect: 'allowed' } as const
  return [{ check, reason: `${by}, and every pod of ${namespace} reaches it today.` }]
}
