import type { Pod } from '#core/model/cluster.ts'
import { at } from '#core/yaml/tree.ts'
import { readController } from './controller.ts'
import { numberOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'

const STATEFUL_SET = { groups: ['apps'], scope: 'namespaced' } as const
const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'
// Selectors on single replicas are rare: beyond this the rest stands as one, its ordinals not told.
const SPREAD_LIMIT = 32

/** StatefulSets: each replica is a pod of its own, since a selector may name its ordinal (semantics.md A.2). */
export const statefulSet: Kind = {
  ...STATEFUL_SET,
  kind: 'StatefulSet',
  example: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: data }
spec:
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: db, ports: [{ containerPort: 5432 }] }] }
`,
  read: (document) =>
    readController(document, STATEFUL_SET, {
      added: () => ({ unknown: ['controller-revision-hash', POD_NAME, POD_INDEX] }),
      spread,
    }),
}

function spread(document: SourceDocument, pod: Pod, replicas: number): readonly Pod[] {
  const start = numberOf(at(document.tree, ['spec', 'ordinals', 'start'])) ?? 0
  const single = Array.from({ length: Math.min(replicas, SPREAD_LIMIT) }, (_, i) => replica(pod, start + i))
  const rest = replicas - single.length
  return rest > 0 || single.length === 0 ? [...single, { ...pod, count: rest }] : single
}

function replica(pod: Pod, ordinal: number): Pod {
  const name = `${pod.name}-${ordinal}`
  const added = { [POD_NAME]: name, [POD_INDEX]: `${ordinal}` }
  const labels = Object.assign(Object.create(null), pod.labels.labels, added) as Record<string, string>
  const unknown = pod.labels.unknown === 'all' ? 'all' : pod.labels.unknown.filter((key) => !Object.hasOwn(added, key))
  return { ...pod, name, labels: { labels, unknown }, count: 1 }
}
