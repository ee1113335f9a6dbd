import type { Profiled } from '#core/evaluate/profiled.ts'
import type { Check, NewCheck, SuggestedCheck } from '#core/model/check.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { endId } from '#core/model/end.ts'
import { endOf, runningPods } from './ends.ts'
import { canonicalPort, checkName } from './name.ts'
import { type Idea, presentChecks } from './present.ts'
import { exposedBy, portTexts, servedBy, type Served, serviceOf } from './served.ts'
import { judgeUnder } from './under.ts'

/**
 * Checks that could be saved, the surest first: what env and arguments say that a workload calls, what Ingresses and
 * Services open to the outside, what policies let in and keep out today, and what Services and container ports offer.
 * Ports of which a saved check speaks already are left out. What policies say is the API's word; the outcome is the CNI's.
 */
export function suggestChecks(profiled: Profiled, saved: readonly Check[]): readonly SuggestedCheck[] {
  const { cluster } = profiled.reference
  const present = presentChecks(profiled.reference)
  const ideas = [...calls(cluster), ...exposures(cluster), ...openServices(cluster), ...present]
  const known: Omit<NewCheck, 'name'>[] = [...saved]
  const taken = new Set(saved.map(({ name }) => name))
  const suggested: SuggestedCheck[] = []
  for (const { check, reason } of ideas) {
    const ports = check.ports.filter((port) => !known.some((one) => speaksOf(one, check, port)))
    if (ports.length === 0) continue
    const wanted = { ...check, ports }
    const name = checkName(wanted, taken)
    known.push(wanted)
    taken.add(name)
    suggested.push({ check: { ...wanted, name }, reason, outcome: judgeUnder(profiled, wanted) })
  }
  return suggested
}

// Whatever it expects of it: what the user has said is not asked again.
function speaksOf(saved: Omit<NewCheck, 'name'>, { from, to, only }: Omit<NewCheck, 'name'>, port: string): boolean {
  const isSame = endId(saved.to) === endId(to) && endId(saved.from) === endId(from)
  if (!isSame || (saved.only === undefined) !== (only === undefined)) return false
  return saved.ports.length === 0 || saved.ports.some((one) => canonicalPort(one) === canonicalPort(port))
}

function calls(cluster: Cluster): readonly Idea[] {
  return cluster.workloads.flatMap((source) =>
    runningPods([source]).flatMap(({ hosts = [], namespace }) =>
      hosts.flatMap((named): readonly Idea[] => {
        const service = serviceOf(cluster, named, namespace)
        const served = service ? servedBy(cluster, service, named.port) : []
        return served.map(({ workload, ports }) => ({
          check: { from: endOf(source), to: endOf(workload), ports: portTexts(ports), expect: 'allowed' },
          reason: `${source.name} names ${named.host} in ${named.by}.`,
        }))
      }),
    ),
  )
}

function exposures(cluster: Cluster): readonly Idea[] {
  return cluster.exposures.flatMap((exposure) =>
    exposedBy(cluster, exposure).map((served) =>
      opened(served, { ingressController: true }, `${exposure.name} leads there.`),
    ),
  )
}

function openServices(cluster: Cluster): readonly Idea[] {
  return cluster.services.flatMap((service) => {
    const { type, namespace, name } = service
    if (type === undefined) return []
    const reason = `Service ${namespace}/${name} is a ${type}: it is open to the outside.`
    return servedBy(cluster, service).map((served) => opened(served, { internet: true }, reason))
  })
}

function opened({ workload, ports }: Served, from: Idea['check']['from'], reason: string): Idea {
  return { check: { from, to: endOf(workload), ports: portTexts(ports), expect: 'allowed' }, reason }
}
