import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { selectedBy, selectsController } from '#core/evaluate/peers.ts'
import { matches, type Selector } from '#core/model/labels.ts'
import type { Direction, Policy } from '#core/model/rule.ts'

/** The ids of the workloads of which a direction may be judged differently. */
export type Touched = Readonly<Record<Direction, ReadonlySet<string>>>

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']

/**
 * Whom a changed policy, namespace, workload, node or setting may concern. By identity: documents that did not change must
 * have kept their very objects (`load`).
 */
export function touchedWorkloads(before: Evaluation, after: Evaluation): Touched {
  const touched = { ingress: new Set<string>(), egress: new Set<string>() }
  for (const [evaluation, policies] of changedPolicies(before, after))
    for (const policy of policies)
      for (const direction of policy.unevaluated === undefined ? policy.directions : DIRECTIONS)
        for (const id of selectedBy(evaluation, policy)) touched[direction].add(id)
  const isTouched = changedSurroundings(before, after)
  for (const { id, namespace } of after.cluster.workloads)
    if (isTouched(namespace) || before.workloads.get(id) !== after.workloads.get(id))
      for (const direction of DIRECTIONS) touched[direction].add(id)
  return touched
}

/** Is there another policy about what the ingress controller sends? */
export function touchesController(before: Evaluation, after: Evaluation): boolean {
  return changedPolicies(before, after).some(([evaluation, policies]) =>
    policies.some((policy) => selectsController(evaluation, policy)),
  )
}

function changedPolicies(before: Evaluation, after: Evaluation): readonly (readonly [Evaluation, readonly Policy[]])[] {
  return [
    [before, without(before.policies, after.policies)],
    [after, without(after.policies, before.policies)],
  ]
}

// What a setting, a node or an address family means is the business of every connection.
function changedSurroundings(before: Evaluation, after: Evaluation): (namespace: string) => boolean {
  if (worldOf(before) !== worldOf(after) || changesNodes(before, after)) return () => true
  const namespaces = relabelled(before, after)
  return (namespace) => namespaces.has(namespace)
}

// IPv6 counts only where something uses it (design.md 8), for the internet and for pods without a known address.
function worldOf({ settings, usesV6, podAddresses }: Evaluation): string {
  const blocks = podAddresses === 'none' ? [] : [...podAddresses.v4, ...podAddresses.v6]
  return JSON.stringify([settings, usesV6, podAddresses === 'none', blocks.map(({ from, to }) => `${from}-${to}`)])
}

// A rule about nodes may mean any host until all nodes are loaded that pods run on.
function changesNodes({ cluster: before, policies: old }: Evaluation, { cluster, policies }: Evaluation): boolean {
  if (!sameText(before.nodes, cluster.nodes)) return true
  return before.workloads !== cluster.workloads && [...old, ...policies].some(namesNodes)
}

function namesNodes({ rules }: Policy): boolean {
  return rules.some(({ peers }) => peers !== 'any' && peers.some(({ type }) => type === 'nodes'))
}

function sameText(a: object, b: object): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

// Labels that no policy asks for make no difference.
function relabelled(before: Evaluation, after: Evaluation): ReadonlySet<string> {
  const names = without(after.cluster.namespaces, before.cluster.namespaces).map(({ name }) => name)
  if (names.length === 0) return new Set()
  const selectors = [...before.policies, ...after.policies].flatMap(namespaceSelectors)
  const answers = ({ namespaces }: Evaluation, name: string): string => {
    const labels = namespaces.get(name)
    return labels ? selectors.map((selector) => matches(selector, labels)).join() : ''
  }
  return new Set(names.filter((name) => answers(before, name) !== answers(after, name)))
}

function namespaceSelectors({ subject, rules }: Policy): readonly Selector[] {
  const peers = rules.flatMap((rule) => (rule.peers === 'any' ? [] : rule.peers))
  const matchers = [subject, ...peers.filter((peer) => peer.type === 'pods')]
  return matchers.flatMap(({ namespaces }) => (namespaces.type === 'selector' ? [namespaces.selector] : []))
}

function without<T>(all: readonly T[], others: readonly T[]): readonly T[] {
  if (all === others) return []
  const known = new Set(others)
  return all.filter((one) => !known.has(one))
}
