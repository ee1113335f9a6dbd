import type { ExpressionText, SelectorText } from '#core/kinds/networkPolicyText.ts'
import type { Cluster, Pod, Workload } from '#core/model/cluster.ts'
import { groupBy } from '#core/model/group.ts'
import type { Labels } from '#core/model/labels.ts'

/** How a workload's pods can be selected, and which other workloads that takes in (ids). */
export interface Selection {
  readonly selector: SelectorText
  readonly alsoSelects: readonly Workload[]
}

/** A label. */
export type Entry = readonly [key: string, value: string]

// They change from roll-out to roll-out, differ between replicas, or say nothing about who a pod is (semantics.md F.3).
const UNSTABLE: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'job-name',
  'controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
  'drawbridge/sketch',
])
const UNSTABLE_PREFIXES = ['topology.kubernetes.io/', 'failure-domain.beta.kubernetes.io/']
// Those that say by convention what a pod is; the first of a family must be there.
const FAMILIES = [
  ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component'],
  ['app'],
  ['k8s-app'],
]

/**
 * The best selector for a workload's pods: stable labels by the preference of semantics.md F.3, more of them or
 * expressions where others would be selected, too (F.4). Undefined where its pods share no stable label.
 */
export function selectWorkload({ workloads }: Cluster, workload: Workload): Selection | undefined {
  const own = stableLabels(workload)
  const rivals = workloads.filter((other) => other.namespace === workload.namespace && other !== workload)
  const candidates = candidatesOf(workload, own)
  const [first] = candidates
  if (!first) return undefined
  const exact = candidates.find((labels) => rivals.every((rival) => !takesIn(labels, rival)))
  if (exact) return { selector: { matchLabels: labelsOf(exact) }, alsoSelects: [] }
  return separate(workload, narrow(first, own, rivals), rivals)
}

/** The pods of a workload that policies can see: finished and hostNetwork ones are none (semantics.md A.10, A.11). */
export function selectablePods({ pods }: Workload): readonly Pod[] {
  return pods.filter(({ finished, hostNetwork }) => !finished && !hostNetwork)
}

/** The labels that all of a workload's pods have and that say who they are: only these can select all of them. */
export function stableLabels(workload: Workload): readonly Entry[] {
  const [first, ...others] = selectablePods(workload).map(({ labels }) => labels.labels)
  const entries = Object.entries(first ?? {}).filter(([key]) => isStable(key))
  return entries.filter(([key, value]) => others.every((labels) => Object.hasOwn(labels, key) && labels[key] === value))
}

function isStable(key: string): boolean {
  return !UNSTABLE.has(key) && !UNSTABLE_PREFIXES.some((prefix) => key.startsWith(prefix))
}

function candidatesOf({ selectorLabels }: Workload, own: readonly Entry[]): readonly (readonly Entry[])[] {
  const pick = (keys: readonly string[]): readonly Entry[] => own.filter(([key]) => keys.includes(key))
  const controller = Object.entries(selectorLabels ?? {}).filter(([key]) => isStable(key))
  const isShared = controller.every(([key, value]) => own.some((entry) => entry[0] === key && entry[1] === value))
  const families = FAMILIES.filter(([first]) => own.some(([key]) => key === first)).map(pick)
  const singles = own.map((entry) => [entry])
  return [...(isShared ? [controller] : []), ...families, ...singles].filter((labels) => labels.length > 0)
}

// Adds the label that leaves out most of the others, until none leaves out any.
function narrow(start: readonly Entry[], own: readonly Entry[], rivals: readonly Workload[]): readonly Entry[] {
  let labels = start
  for (;;) {
    const count = takenIn(labels, rivals).length
    const more = own.filter((entry) => !labels.includes(entry) && labels.every(([key]) => key !== entry[0]))
    const best = more
      .map((entry) => ({ next: [...labels, entry], left: takenIn([...labels, entry], rivals).length }))
      .toSorted((a, b) => a.left - b.left)[0]
    if (!best || best.left >= count) return labels
    labels = best.next
  }
}

function takenIn(labels: readonly Entry[], rivals: readonly Workload[]): readonly Workload[] {
  return rivals.filter((rival) => takesIn(labels, rival))
}

function takesIn(labels: readonly Entry[], other: Workload): boolean {
  return selectablePods(other).some((pod) => isPossible(labels, pod))
}

function isPossible(labels: readonly Entry[], { labels: { labels: own, unknown } }: Pod): boolean {
  return labels.every(([key, value]) =>
    Object.hasOwn(own, key) ? own[key] === value : unknown === 'all' || unknown.includes(key),
  )
}

// What the others carry and this one doesn't leaves them out; NotIn holds for pods without the key (semantics.md A.6).
function separate(workload: Workload, labels: readonly Entry[], rivals: readonly Workload[]): Selection {
  const matchLabels = labelsOf(labels)
  const taken = takenIn(labels, rivals)
  let left: readonly Pod[] = taken.flatMap((rival) => selectablePods(rival).filter((pod) => isPossible(labels, pod)))
  const expressions: ExpressionText[] = []
  for (let found = tellApart(workload, left); found; found = tellApart(workload, left)) {
    expressions.push(found.expression)
    left = found.left
  }
  const alsoSelects = taken.filter((rival) => selectablePods(rival).some((pod) => left.includes(pod)))
  const selector =
    expressions.length > 0 && alsoSelects.length < taken.length
      ? { matchLabels, matchExpressions: expressions }
      : { matchLabels }
  return { selector, alsoSelects: expressions.length > 0 ? alsoSelects : taken }
}

// The expression that leaves out most of these pods and none of the workload's own.
function tellApart(
  workload: Workload,
  pods: readonly Pod[],
): { readonly expression: ExpressionText; readonly left: readonly Pod[] } | undefined {
  const keys = pods.flatMap(({ labels }) => Object.keys(labels.labels).filter(isStable))
  const byKey = [...groupBy(keys, (key) => key)].toSorted((a, b) => b[1].length - a[1].length)
  for (const [key] of byKey) {
    const mine = selectablePods(workload).map(({ labels }) =>
      Object.hasOwn(labels.labels, key) ? labels.labels[key] : undefined,
    )
    const theirs = pods.filter(({ labels }) => Object.hasOwn(labels.labels, key) && !mine.includes(labels.labels[key]))
    if (theirs.length === 0) continue
    const values = [...new Set(theirs.map(({ labels }) => labels.labels[key] ?? ''))].toSorted()
    const left = pods.filter((pod) => !theirs.includes(pod))
    const isAbsent = mine.every((value) => value === undefined)
    const expression: ExpressionText = isAbsent ? { key, operator: 'DoesNotExist' } : { key, operator: 'NotIn', values }
    return { expression, left }
  }
  return undefined
}

// No prototype: `__proto__` is a key like any other.
function labelsOf(entries: readonly Entry[]): Labels {
  const labels = Object.create(null) as Record<string, string>
  for (const [key, value] of entries) labels[key] = value
  return labels
}
