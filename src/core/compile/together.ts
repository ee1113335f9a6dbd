import type { SelectorText } from '#core/kinds/networkPolicyText.ts'
import type { Cluster, Workload } from '#core/model/cluster.ts'
import { selectablePods, selectWorkload, stableLabels } from './selectors.ts'

// Those that say by convention what a pod is come first.
const NAMING = ['app.kubernetes.io/name', 'app', 'k8s-app', 'app.kubernetes.io/component', 'app.kubernetes.io/instance']

/**
 * One selector for these workloads of a namespace and no other: `{}` where they are all that policies can select there,
 * else `In` on a label that they all have. Undefined where no label separates them from the rest.
 */
export function selectTogether(cluster: Cluster, members: readonly Workload[]): SelectorText | undefined {
  const [first, ...more] = members
  if (!first) return undefined
  if (more.length === 0) return alone(cluster, first)
  const rest = rivalsOf(cluster, members)
  if (rest.length === 0) return {}
  const keys = stableLabels(first).map(([key]) => key)
  const ranked = keys.toSorted((a, b) => rankOf(a) - rankOf(b))
  for (const key of ranked) {
    const values = valuesOf(members, key)
    if (values && !rest.some((rival) => mayHave(rival, key, values)))
      return { matchExpressions: [{ key, operator: 'In', values: [...values].toSorted() }] }
  }
  return undefined
}

function alone(cluster: Cluster, workload: Workload): SelectorText | undefined {
  const found = selectWorkload(cluster, workload)
  return found && found.alsoSelects.length === 0 ? found.selector : undefined
}

function rivalsOf({ workloads }: Cluster, members: readonly Workload[]): readonly Workload[] {
  const home = members[0]?.namespace
  const own = new Set(members)
  return workloads.filter((one) => one.namespace === home && !own.has(one) && selectablePods(one).length > 0)
}

function rankOf(key: string): number {
  const at = NAMING.indexOf(key)
  return at < 0 ? NAMING.length : at
}

// The values of a label that every one of them has for sure.
function valuesOf(members: readonly Workload[], key: string): ReadonlySet<string> | undefined {
  const values = new Set<string>()
  for (const member of members) {
    const own = stableLabels(member).find(([one]) => one === key)
    if (!own) return undefined
    values.add(own[1])
  }
  return values
}

function mayHave(rival: Workload, key: string, values: ReadonlySet<string>): boolean {
  return selectablePods(rival).some(({ labels: { labels, unknown } }) => {
    const own = Object.hasOwn(labels, key) ? labels[key] : undefined
    return own === undefined ? unknown === 'all' || unknown.includes(key) : values.has(own)
  })
}
