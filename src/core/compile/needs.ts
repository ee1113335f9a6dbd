import { type Evaluation, isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import { CONTROLLER, exposedPorts } from '#core/evaluate/exposed.ts'
import type { Check } from '#core/model/check.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import { dnsPods } from './dns.ts'
import type { Draft } from './draft.ts'
import { type Edge, specsOf } from './edges.ts'
import { isWithin } from './outcome.ts'
import { endOf, podsOf, workloadsOf } from './peers.ts'
import { offeredPorts, servedPorts } from './services.ts'

/** Connections that must stay or become open, and what must be known about them. */
export interface Needs {
  readonly edges: readonly Edge[]
  readonly warnings: readonly string[]
}

/** What every allowed check asks for that has an end in one of the namespaces; one that can't be asked is named. */
export function checkedNeeds({ loaded, evaluation }: Draft, namespaces: readonly string[]): Needs {
  const own = loaded.checks.filter(({ expect, from, to }) => {
    const homes = [from, to].flatMap((end) => workloadsOf(evaluation, end).map(({ namespace }) => namespace))
    return expect === 'allowed' && homes.some((home) => namespaces.includes(home))
  })
  const lost = own.filter((check) => !isAskable(evaluation, check))
  return {
    edges: own.filter((check) => !lost.includes(check)).map(edgeOf),
    warnings: lost.map(
      ({ name }) => `The check “${name}” names an end or a port that is not there: nothing is opened for it.`,
    ),
  }
}

/**
 * What the world outside sends to workloads of the namespaces: through load balancers and node ports from anybody, through
 * Ingress and the like from the controller, and names that pods of other namespaces ask for (semantics.md A.12, F.1.8).
 */
export function exposedNeeds(draft: Draft, workloads: readonly Workload[]): Needs {
  const { cluster, settings } = draft.evaluation
  const isPlaced = settings.ingressController !== 'unknown'
  const byIngress = exposedPorts(cluster)
  const open = cluster.services.filter(({ type }) => type !== undefined)
  const dns = dnsPods(draft.evaluation)
  const edges: Edge[] = []
  const warnings: string[] = []
  for (const workload of workloads) {
    const to = endOf(workload)
    const served = servedPorts(workload, open)
    if (!isNoPorts(served)) edges.push({ from: { anywhere: true }, to, ports: specsOf(served) })
    const exposed = byIngress.get(workload.id)?.ports
    if (exposed) {
      edges.push({ from: isPlaced ? CONTROLLER : { anyNamespace: true }, to, ports: specsOf(exposed) })
      if (!isPlaced) warnings.push(unplaced(to, exposed))
    }
    if (dns.ids.has(workload.id))
      edges.push({ from: { anyNamespace: true }, to, ports: specsOf(offeredPorts(cluster, workload)) })
  }
  return { edges, warnings }
}

/** The workloads that offer something, while nothing in these edges speaks of reaching them. */
export function unspoken(
  { evaluation }: Draft,
  workloads: readonly Workload[],
  edges: readonly Edge[],
): readonly Workload[] {
  return workloads.filter((workload) => {
    const own = endOf(workload)
    return (
      !isNoPorts(offeredPorts(evaluation.cluster, workload)) && !edges.some(({ to }) => isWithin(evaluation, own, to))
    )
  })
}

/**
 * What keeps workloads reachable that no check speaks of. Where policies isolate one already: from each of `sources`, what
 * they allow it now. Else what it offers, from all pods of its namespace.
 */
export function presentNeeds(
  { evaluation }: Draft,
  workloads: readonly Workload[],
  sources: readonly Workload[],
): readonly Edge[] {
  return workloads.flatMap((workload): readonly Edge[] => {
    const to = endOf(workload)
    const offered = offeredPorts(evaluation.cluster, workload)
    if (isolationOf(evaluation, workload.id, 'ingress') === 'no')
      return [{ from: { namespace: workload.namespace }, to, ports: specsOf(offered) }]
    return sources.flatMap((source) => {
      const from = endOf(source)
      const allowed = verdictOf(evaluation, from, to)?.allowed
      const kept = allowed && intersectPorts(allowed, offered)
      return !kept || isNoPorts(kept) || endId(from) === endId(to) ? [] : [{ from, to, ports: specsOf(kept) }]
    })
  })
}

function isAskable(evaluation: Evaluation, { from, to, ports }: Check): boolean {
  return (
    verdictOf(evaluation, from, to) !== undefined && askedPorts(ports, podsOf(evaluation, to)).unresolved.length === 0
  )
}

function edgeOf({ from, to, ports }: Check): Edge {
  return { from, to, ports: ports.map((text) => parsePortSpec(text)).filter((spec) => spec !== undefined) }
}

function unplaced(to: End, ports: PortSet): string {
  return `Where the ingress controller runs is not said: ${endName(to)} stays open to all pods of the cluster on ${formatPorts(ports)}. Name it in the settings, and only it is let in.`
}
