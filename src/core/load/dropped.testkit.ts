import { groupBy } from '#core/model/group.ts'
import type { PeerMatcher, PodMatcher, Policy, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { formatPath } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import type { Loaded } from './load.ts'

// Counts what a policy's text says against what it was lowered to, without knowing any kind: whatever is an item of a
// list or a label there must be somewhere in the policy.

const LISTS = ['ingress', 'egress'] as const
const VALUES = [['ipBlock', 'cidr'], ['ipBlock', 'except'], ['networks'], ['domainNames']] as const

/** Every place of policy documents that was dropped without a word: no policy has it, and no problem speaks of it or of what it stands in. */
export function droppedInSilence(loaded: Loaded): readonly string[] {
  const problems = groupBy(loaded.problems, ({ ref }) => ref.document)
  const byDocument = groupBy(loaded.policies, ({ ref }) => ref.document)
  return loaded.documents
    .filter(({ outcome }) => outcome === 'object' || outcome === 'rejected')
    .flatMap(({ id }) => {
      const told = (problems.get(id) ?? []).map(({ ref }) => ref.path)
      const dropped = droppedOf(loaded.trees.get(id)?.tree, byDocument.get(id) ?? [])
      return dropped.filter((place) => !told.some((path) => isWithin(path, place) || isWithin(place, path)))
    })
    .map(formatPath)
}

function droppedOf(tree: Tree | undefined, policies: readonly Policy[]): readonly FieldPath[] {
  const [policy] = policies
  // A stale one says what another text said.
  if (!policy || policy.unevaluated !== undefined || (policy.stale && !policy.inert)) return []
  const subject = labelsIn(at(tree, ['spec', 'podSelector'])) + labelsIn(at(tree, ['spec', 'subject']))
  return [
    ...(termsOf(policy.subject).length < subject ? [['spec']] : []),
    ...LISTS.flatMap((list) => droppedRules(tree, policy, ['spec', list])),
  ]
}

function droppedRules(tree: Tree | undefined, policy: Policy, path: FieldPath): readonly FieldPath[] {
  return itemsAt(tree, path).flatMap((item) => {
    const rule = policy.rules.find(({ ref }) => formatPath(ref.path) === formatPath(item))
    if (!rule) return [item]
    const peers = ['from', 'to'].flatMap((key) => droppedItems(tree, [...item, key], rule.peers))
    return [...peers, ...['ports', 'protocols'].flatMap((key) => droppedItems(tree, [...item, key], rule.ports))]
  })
}

function droppedItems(
  tree: Tree | undefined,
  path: FieldPath,
  matchers: Rule['peers'] | Rule['ports'],
): readonly FieldPath[] {
  return itemsAt(tree, path).filter((item) => {
    const own = matchers === 'any' ? [] : matchers.filter(({ ref }) => isWithin(ref.path, item))
    const values = VALUES.flatMap((values) => itemsAt(tree, [...item, ...values])).length
    const kept = own.flatMap((matcher) => ('type' in matcher ? valuesOf(matcher) : [])).length
    return own.length === 0 || kept < values + labelsIn(at(tree, item))
  })
}

// What a peer was told: its labels, holes, blocks and names.
function valuesOf(matcher: PeerMatcher): readonly unknown[] {
  if (matcher.type === 'pods') return termsOf(matcher)
  if (matcher.type === 'ipBlock') return [matcher.cidr, ...matcher.except]
  return matcher.type === 'nodes' ? matcher.nodes : matcher.names
}

function termsOf({ pods, namespaces }: PodMatcher): readonly unknown[] {
  return [...pods, ...(namespaces.type === 'selector' ? namespaces.selector : [])]
}

// Labels and expressions of all selectors in a tree.
function labelsIn(tree: Tree | undefined): number {
  if (tree?.type === 'sequence') return tree.items.reduce((sum, item) => sum + labelsIn(item), 0)
  if (tree?.type !== 'mapping') return 0
  const labels = child(tree, 'matchLabels')
  const expressions = child(tree, 'matchExpressions')
  if (labels || expressions) return distinctKeys(labels) + itemsAt(expressions, []).length
  return tree.entries.reduce((sum, { value }) => sum + labelsIn(value), 0)
}

function distinctKeys(tree: Tree | undefined): number {
  return tree?.type === 'mapping' ? new Set(tree.entries.map(({ key }) => key)).size : 0
}

function itemsAt(tree: Tree | undefined, path: FieldPath): readonly FieldPath[] {
  const list = at(tree, path)
  if (!list || (list.type === 'scalar' && list.value === null)) return []
  // Something else than a list is one thing that can be dropped.
  return list.type === 'sequence' ? list.items.map((_, i) => [...path, i]) : [path]
}

function isWithin(path: FieldPath, of: FieldPath): boolean {
  return of.every((step, i) => path[i] === step)
}
