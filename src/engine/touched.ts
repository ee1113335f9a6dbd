import type { Profiled } from '#core/evaluate/profiled.ts'
import { selectedBy, selectsController } from '#core/evaluate/peers.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Policy } from '#core/model/rule.ts'
import { sameData } from './same.ts'
import type { Scene } from './scene.ts'

/**
 * What an edit can have changed: a verdict depends on its two ends, their namespaces, the policies that select them,
 * and nothing else; so whatever isn't touched keeps its edge.
 */
export interface Touched {
  readonly everything: boolean
  readonly workloads: ReadonlySet<string>
  readonly namespaces: ReadonlySet<string>
  /** Do rules still name the same connections, as far as their own text didn't change? */
  readonly sameCluster: boolean
}

const EVERYTHING: Touched = { everything: true, workloads: new Set(), namespaces: new Set(), sameCluster: false }

/** Compares two revisions by identity: unchanged documents keep their objects (core/load). */
export function touchedBetween(before: Scene | undefined, after: Scene): Touched {
  if (!before || !sameSurroundings(before, after)) return EVERYTHING
  const workloads = new Set(changedKeys(before.workloads, after.workloads))
  const sameCluster = workloads.size === 0
  for (const [scene, policies] of changedPolicies(before, after))
    for (const policy of policies) {
      for (const id of selectedBy(scene.evaluation, policy)) workloads.add(id)
      if (selectsController(scene.evaluation, policy)) return EVERYTHING
    }
  const namespaces = new Set<string>()
  for (const id of workloads) {
    const workload = after.workloads.get(id) ?? before.workloads.get(id)
    if (workload) namespaces.add(workload.namespace)
  }
  return { everything: false, workloads, namespaces, sameCluster }
}

/** Can the answer for this end have changed? Ends outside the cluster never change by themselves. */
export function isTouched(touched: Touched, end: End): boolean {
  if (touched.everything) return true
  if ('anyNamespace' in end) return touched.workloads.size > 0
  if ('workload' in end) return touched.workloads.has(endId(end))
  return 'namespace' in end && touched.namespaces.has(end.namespace)
}

function sameSurroundings(before: Scene, after: Scene): boolean {
  return (
    sameData(before.loaded.settings, after.loaded.settings) &&
    sameProfile(before.profiled, after.profiled) &&
    sameData(before.loaded.cluster.nodes, after.loaded.cluster.nodes) &&
    sameData(before.loaded.cluster.namespaces, after.loaded.cluster.namespaces) &&
    before.evaluation.usesV6 === after.evaluation.usesV6 &&
    // "The internet" is what no other block covers (design.md 8), so a new block can change what it stands for.
    sameData(before.shown, after.shown)
  )
}

// One policy can make it matter for all pods what is not known about a CNI.
function sameProfile(before: Profiled, after: Profiled): boolean {
  return sameData(waysOf(before), waysOf(after))
}

function waysOf({ evaluation, variants }: Profiled): unknown {
  return [evaluation.settings, ...variants.map((variant) => [variant.key, variant.evaluation.settings])]
}

function changedPolicies(before: Scene, after: Scene): readonly (readonly [Scene, readonly Policy[]])[] {
  const old = new Set(before.loaded.policies)
  const now = new Set(after.loaded.policies)
  return [
    [before, before.loaded.policies.filter((policy) => !now.has(policy))],
    [after, after.loaded.policies.filter((policy) => !old.has(policy))],
  ]
}

function changedKeys<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): readonly string[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].filter((key) => !sameData(before.get(key), after.get(key)))
}
