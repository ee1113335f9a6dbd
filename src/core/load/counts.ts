import type { Cluster } from '#core/model/cluster.ts'
import type { Counts } from '#core/model/picture.ts'
import type { Placed } from './entry.ts'

/** Counts what was read, for the status line: `counting` are the documents of files that have a say, `standing` those not overridden. */
export function countAll(counting: readonly Placed[], standing: readonly Placed[], cluster: Cluster): Counts {
  const objects = standing.flatMap(({ entry: { meaning } }) => meaning ?? [])
  const policies = objects.flatMap((object) => (object.type === 'policy' ? [object] : []))
  const ignored = counting.filter(({ entry }) => entry.state === 'ignored')
  const workloads = cluster.workloads.filter(({ assumed }) => !assumed)
  return {
    documents: counting.filter(({ entry }) => entry.state !== 'empty').length,
    workloads: workloads.length,
    pods: workloads.reduce((sum, { pods }) => sum + pods.reduce((all, { count }) => all + count, 0), 0),
    namespaces: cluster.namespaces.length,
    policies: policies.filter(({ unevaluated }) => unevaluated === undefined).length,
    services: cluster.services.length,
    ignored: ignored.length,
    defaulted: objects.filter(({ meta }) => meta.defaulted).length,
    unloadedNamespaces: cluster.namespaces.filter(({ loaded }) => !loaded).length,
    unevaluated: tally(policies.flatMap(({ unevaluated }) => unevaluated ?? [])),
    ignoredKinds: tally(ignored.map(({ entry }) => entry.type.kind || 'no kind')),
  }
}

function tally(kinds: readonly string[]): readonly { readonly kind: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count })).toSorted((a, b) => b.count - a.count)
}
