import type { Pod, Workload } from '#core/model/cluster.ts'
import type { ControllerObject, Owner, PodObject } from '#core/kinds/object.ts'

/** A controller or pod as loaded; `stale` while it is not what its text says. */
export interface Member {
  readonly object: ControllerObject | PodObject
  readonly stale: boolean
}

/** A workload with what it was folded from, so that it can be taken over while nothing of that changes. */
export interface Folded {
  readonly workload: Workload
  readonly members: readonly Member[]
}

// Owners of controllers that are followed though they aren't loaded; beyond them (operators' own kinds) nobody knows the name.
const KNOWN = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'ReplicationController',
  'Rollout',
  'DeploymentConfig',
])
// Whose ReplicaSets are named `<owner>-<hash>` by which label of their pods (semantics.md A.2).
const HASHES = [
  { label: 'pod-template-hash', kind: 'Deployment' },
  { label: 'rollouts-pod-template-hash', kind: 'Rollout' },
]

/** Folds pods and owned controllers into their workloads, in the order of their first member. */
export function fold(
  members: readonly Member[],
  directOwners: boolean,
  before: ReadonlyMap<string, Folded>,
): ReadonlyMap<string, Folded> {
  const loaded = new Map<string, ControllerObject>()
  for (const { object } of members) if (object.type === 'controller') loaded.set(idOf(object, object.meta), object)
  const groups = new Map<string, Member[]>()
  for (const member of members) {
    const id = idOf(member.object, rootOf(member.object, directOwners, loaded))
    const group = groups.get(id)
    if (group) group.push(member)
    else groups.set(id, [member])
  }
  return new Map([...groups].map(([id, group]) => [id, keptOr(before.get(id), group, () => put(id, group))]))
}

function keptOr(before: Folded | undefined, members: readonly Member[], make: () => Workload): Folded {
  const isSame =
    before?.members.length === members.length &&
    members.every(({ object, stale }, i) => before.members[i]?.object === object && before.members[i].stale === stale)
  return before && isSame ? before : { workload: make(), members }
}

function idOf({ meta }: Member['object'], { kind, name }: Owner): string {
  return `${meta.namespace ?? 'default'}/${kind}/${name}`
}

function rootOf(object: Member['object'], directOwners: boolean, loaded: ReadonlyMap<string, ControllerObject>): Owner {
  let { kind, name, owner }: Owner & { owner?: Owner | undefined } = object.meta
  if (object.type === 'controller' && directOwners) return { kind, name }
  // A mirror pod is owned by its node; an owner without a kind is some pod's (corpora: "owner kind missing").
  for (let hops = 0; owner && owner.kind !== 'Node' && hops < 8; hops++) {
    const next = loaded.get(idOf(object, owner))
    if (!next && (hops > 0 || object.type === 'controller') && !KNOWN.has(owner.kind)) break
    kind = owner.kind || 'Pod'
    name = owner.name
    if (directOwners) break
    owner = next ? next.meta.owner : byHash(object, owner)
  }
  return { kind, name }
}

// Where the ReplicaSet isn't loaded, its name and the pod's hash tell the Deployment.
function byHash(object: Member['object'], owner: Owner): Owner | undefined {
  if (object.type !== 'pod' || owner.kind !== 'ReplicaSet') return undefined
  for (const { label, kind } of HASHES) {
    const hash = object.meta.labels[label]
    if (hash && owner.name.length > hash.length + 1 && owner.name.endsWith(`-${hash}`)) {
      return { kind, name: owner.name.slice(0, -hash.length - 1) }
    }
  }
  return undefined
}

function put(id: string, members: readonly Member[]): Workload {
  const [namespace = '', kind = '', ...rest] = id.split('/')
  const name = rest.join('/')
  const own = members.find(({ object }) => object.meta.kind === kind && object.meta.name === name)
  const controllers = members.flatMap(({ object }) => (object.type === 'controller' ? [object] : []))
  const ownController = own?.object.type === 'controller' ? own.object : undefined
  const live = members.flatMap(({ object }) => (object.type === 'pod' ? [object.pod] : []))
  const pods = podsOf(kind, live, ownController ? [ownController] : controllers)
  return {
    id,
    namespace,
    kind,
    name,
    replicas:
      ownController && kind !== 'DaemonSet' ? ownController.replicas : pods.reduce((sum, { count }) => sum + count, 0),
    pods,
    selectorLabels: ownController?.selectorLabels,
    refs: [...(own ? [own] : []), ...members.filter((member) => member !== own)].map(({ object }) => object.meta.ref),
    sketch: own?.object.sketch ?? false,
    assumed: false,
    stale: members.some(({ stale }) => stale),
  }
}

// Live pods count before templates (design.md 9). Finished ones have no traffic and no policy touches them: they only
// stand where nothing else does, or will again: a bare pod, a Job that is done.
function podsOf(kind: string, live: readonly Pod[], controllers: readonly ControllerObject[]): readonly Pod[] {
  const running = live.filter(({ finished }) => !finished)
  if (running.length > 0) return running
  const scaled = controllers.filter(({ replicas }) => replicas > 0)
  if (live.length > 0 && (controllers.length === 0 || kind === 'Job')) return live
  return (scaled.length > 0 ? scaled : controllers.slice(0, 1)).flatMap(({ pods }) => pods)
}
