import { workloadName, CONTROLLER_NAME } from '#core/export/connections/connection.ts'
import { ipKey, parseCidr, parseIp } from '#core/model/cidr.ts'
import type { Cluster, Pod, Workload } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import { Mistake } from './mistake.ts'
import { suggest } from './suggest.ts'

/** An end that is asked about, and the pods it stands for. */
export interface Asked {
  readonly end: End
  readonly workload?: Workload | undefined
  /** Set where it is a single pod, which always reaches itself. */
  readonly pod?: Pod | undefined
}

/** What people write for an end, in one line. */
export const ENDS = 'namespace/pod, namespace/name[Kind] or an IP address'

/**
 * The cluster in which every pod is a workload of its own, too, so that it can be asked about alone. Pods that stand for a
 * template are called like their controller: they are no pods yet.
 */
export function withSinglePods(cluster: Cluster): Cluster {
  const known = new Set(cluster.workloads.map(({ id }) => id))
  const singles = cluster.workloads.flatMap((workload) =>
    workload.pods
      .filter(({ name }) => workload.kind !== 'Pod' && name !== workload.name)
      .map((pod) => single(workload, pod)),
  )
  const added = singles.filter(({ id }) => !known.has(id) && known.add(id))
  return { ...cluster, workloads: [...cluster.workloads, ...added] }
}

function single(workload: Workload, pod: Pod): Workload {
  const { namespace, name } = pod
  return { ...workload, id: `${namespace}/Pod/${name}`, namespace, kind: 'Pod', name, replicas: pod.count, pods: [pod] }
}

/** Finds ends by what people write; a name that isn't there is a mistake that says what is. Give it `withSinglePods`. */
export function endFinder({ workloads }: Cluster): (text: string) => Asked {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]))
  const byName = groupBy(workloads, ({ namespace, name }) => `${namespace}/${name}`)
  const byAddress = podsByAddress(workloads)
  const find = (text: string): Asked => {
    if (text === CONTROLLER_NAME) return { end: { ingressController: true } }
    const address = parseIp(text)
    const pod = address && byAddress.get(ipKey(address))
    if (pod) return askedOf(pod)
    if (address) return { end: { host: text } }
    if (parseCidr(text)) return { end: { cidr: text } }
    const [, namespace, name, kind] = /^([^/[\]]+)\/([^[\]]+)(?:\[([^[\]]+)\])?$/.exec(text) ?? []
    if (namespace === undefined || name === undefined) throw new Mistake(notAnEnd(text))
    const bare = byId.get(`${namespace}/Pod/${name}`)
    const found = kind ? byId.get(`${namespace}/${kind}/${name}`) : bare
    if (found) return askedOf(found)
    const called = byName.get(`${namespace}/${name}`) ?? []
    const [only, ...others] = called
    if (only && others.length === 0 && !kind) return askedOf(only)
    throw new Mistake(unknownName(text, called, workloads))
  }
  const known = new Map<string, Asked>()
  return (text) => {
    const asked = known.get(text) ?? find(text)
    known.set(text, asked)
    return asked
  }
}

function askedOf(workload: Workload): Asked {
  const { namespace, kind, name, pods } = workload
  if (pods.length === 0) throw new Mistake(`${workloadName(workload)} has no pods.`)
  const pod = kind === 'Pod' && pods.length === 1 && pods[0]?.count === 1 ? pods[0] : undefined
  return { end: { namespace, workload: `${kind}/${name}` }, workload, pod }
}

// Finished pods' addresses may be someone else's by now (semantics.md A.11), and a hostNetwork pod's are its node's.
function podsByAddress(workloads: readonly Workload[]): ReadonlyMap<string, Workload> {
  const singles = workloads.filter(({ kind }) => kind === 'Pod')
  const entries = singles.flatMap((workload) =>
    workload.pods
      .filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
      .flatMap(({ ips }) => ips.flatMap((ip) => parseIp(ip) ?? []).map((ip) => [ipKey(ip), workload] as const)),
  )
  return new Map(entries)
}

function notAnEnd(text: string): string {
  if (/^[^/]+\.[^/]*[a-z][^/]*$/i.test(text))
    return `${text}: host names cannot be asked about, since policies see addresses; write an IP address, or ${ENDS}.`
  return `${text === '' ? 'An empty name' : text}: write ${ENDS}.`
}

function unknownName(text: string, called: readonly Workload[], workloads: readonly Workload[]): string {
  const names = called.map(workloadName)
  if (names.length > 0)
    return `${text}: it is not clear which is meant; there ${names.length > 1 ? 'are' : 'is'} ${names.join(' and ')}.`
  const isWithKind = text.endsWith(']')
  const all = new Set(workloads.map((one) => (isWithKind ? workloadName(one) : `${one.namespace}/${one.name}`)))
  return `${text} is not loaded.${suggest(text, all)}`
}
