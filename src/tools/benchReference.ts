import type { RawCluster, RawClusterPolicy, RawPod, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { referenceVerdict } from '#core/evaluate/reference.testkit.ts'
import type { Cluster } from '#core/model/cluster.ts'
import type { Policy } from '#core/model/rule.ts'
import { manifestsOf } from './bigDump.ts'
import { seeded } from './seededCluster.ts'

const QUESTIONS = 2000
const TARGETS = [
  { protocol: 'TCP', port: 8080 },
  { protocol: 'TCP', port: 443 },
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 5432 },
]

/** Microseconds that the slow pairwise reference takes for one pair of pods and one port, on the average of random questions. */
export function referenceMicros(cluster: Cluster, policies: readonly Policy[], ports: number): number {
  const raw = rawOf(cluster, policies)
  const random = seeded(11)
  const pick = (): RawPod | undefined => raw.pods[Math.floor(random() * raw.pods.length)]
  const begin = performance.now()
  for (let i = 0; i < QUESTIONS; i++) {
    const [from, to, target] = [pick(), pick(), TARGETS[i % ports]]
    if (from && to && target) referenceVerdict(raw, from, to, target)
  }
  return ((performance.now() - begin) * 1000) / QUESTIONS
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: unknown
}

function rawOf(cluster: Cluster, policies: readonly Policy[]): RawCluster {
  const manifests = manifestsOf({ ...cluster, workloads: [], services: [] }, policies) as readonly Manifest[]
  const own = manifests.filter(({ kind }) => kind === 'NetworkPolicy')
  const wide = manifests.filter(({ kind }) => kind.endsWith('NetworkPolicy') && kind !== 'NetworkPolicy')
  return {
    namespaces: cluster.namespaces.map(({ name, labels }) => ({ name, labels: labels.labels })),
    nodes: cluster.nodes.map(({ name, labels, ips }) => ({ name, labels, ips })),
    pods: cluster.workloads.flatMap(({ pods }) =>
      pods.map((pod) => ({
        namespace: pod.namespace,
        name: pod.name,
        labels: pod.labels.labels,
        ip: pod.ips[0] ?? '',
        node: pod.node ?? '',
        hostNetwork: pod.hostNetwork,
        finished: false,
        ports: pod.ports.map(({ name = '', port, protocol }) => ({ name, port, protocol })),
      })),
    ),
    policies: own.map(({ metadata, spec }) => ({ ...metadata, spec }) as RawPolicy),
    clusterPolicies: wide.map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, spec }) as RawClusterPolicy),
  }
}
