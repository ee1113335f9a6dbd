import type { Cluster, Workload } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'

/** A label selector as it is written into a manifest. */
export interface SelectorText {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: 'NotIn'
    readonly values: readonly string[]
  }[]
}

/** How a workload can be selected: by what, and whom that takes in besides (readable names). */
export interface Selection {
  readonly selector: SelectorText
  readonly alsoSelects: readonly string[]
}

// Labels that change from roll-out to roll-out or say nothing about who a pod is (semantics.md F.3).
const UNSTABLE = new Set([
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
const FAMILIES = [
  ['app.kubernetes.io/name', 'app.kubernetes.io/instance'],
  ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component'],
  ['app'],
  ['k8s-app'],
]

/** The best selector for a workload's pods (semantics.md F.3, F.4): stable labels that no other pod of its namespace has; undefined where its pods share no stable label. */
export function selectWorkload(cluster: Cluster, workload: Workload): Selection | undefined {
  const own = stableLabels(workload)
  if (Object.keys(own).length === 0) return undefined
  const others = cluster.workloads.filter((one) => one.namespace === workload.namespace && one.id !== workload.id)
  const choices = candidates(workload, own)
  const exact = choices.find((labels) => others.every((other) => !takesIn(labels, other)))
  if (exact) return { selector: { matchLabels: exact }, alsoSelects: [] }
  return separate(own, others) ?? overselect(own, others)
}

/** A label that would tell the pods of this workload apart, for advice: `app: web`. */
export function labelAdvice(workload: Workload): string {
  return `app: ${workload.name}`
}

// Only labels that all pods of the workload share can select all of them.
function stableLabels(workload: Workload): Labels {
  const [first = {}, ...rest] = workload.pods.map((pod) => pod.labels.labels)
  const isShared = ([key, value]: [string, string]): boolean => rest.every((labels) => labels[key] === value)
  return Object.fromEntries(Object.entries(first).filter((entry) => isStable(entry[0]) && isShared(entry)))
}

function isStable(key: string): boolean {
  return !UNSTABLE.has(key) && !UNSTABLE_PREFIXES.some((prefix) => key.startsWith(prefix))
}

function candidates({ selectorLabels }: Workload, own: Labels): readonly Labels[] {
  const all = Object.entries(own)
  const preferred = Object.entries(selectorLabels ?? {}).filter(([key, value]) => own[key] === value)
  const families = FAMILIES.map((keys) => all.filter(([key]) => keys.includes(key)))
  return [preferred, ...families, ...all.map((entry) => [entry]), all]
    .filter((entries) => entries.length > 0)
    .map((entries) => Object.fromEntries(entries) as Labels)
}

function takesIn(labels: Labels, other: Workload): boolean {
  return other.pods.some((pod) => Object.entries(labels).every(([key, value]) => pod.labels.labels[key] === value))
}

// What the others have and this one lacks keeps them out; NotIn holds for pods without the key, so it keeps this one in.
function separate(own: Labels, others: readonly Workload[]): Selection | undefined {
  const found = new Map<string, Set<string>>()
  for (const { labels } of others.filter((other) => takesIn(own, other)).flatMap(({ pods }) => pods)) {
    const telling = Object.entries(labels.labels).find(([key]) => isStable(key) && !Object.hasOwn(own, key))
    if (!telling) return undefined
    found.set(telling[0], (found.get(telling[0]) ?? new Set()).add(telling[1]))
  }
  const matchExpressions = [...found].map(([key, values]) => ({
    key,
    operator: 'NotIn' as const,
    values: [...values].toSorted(),
  }))
  return { selector: { matchLabels: own, matchExpressions }, alsoSelects: [] }
}

function overselect(labels: Labels, others: readonly Workload[]): Selection {
  const alsoSelects = others
    .filter((other) => takesIn(labels, other))
    .map(({ namespace, name }) => `${namespace}/${name}`)
  return { selector: { matchLabels: labels }, alsoSelects }
}
