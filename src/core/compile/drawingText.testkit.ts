import type { RawCluster, RawPod, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { dump } from 'js-yaml'

/** A workload of a random drawing: bare pod or StatefulSet, with its pods. */
export interface Made {
  readonly end: End & { readonly namespace: string; readonly workload: string }
  readonly pods: readonly RawPod[]
}

/** How policies by hand are laid out. */
export type Hand = 'block' | 'deep' | 'flow' | 'list' | 'json'

/** Where the DNS of the cluster runs. */
export const DNS_NAMESPACE = 'kube-system'

/** Everything but the policies, as `kubectl get -o json` prints it. */
export function clusterFile(cluster: RawCluster, workloads: readonly Made[], hasDns: boolean): SourceFile {
  const items = [
    ...cluster.namespaces.map(({ name, labels }) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...workloads.flatMap(manifestsOf),
    ...(hasDns ? [DNS_SERVICE] : []),
  ]
  return { path: 'cluster.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), counts: true }
}

const DNS_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns', namespace: DNS_NAMESPACE },
  spec: {
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
    ],
  },
}

function manifestsOf({ end, pods }: Made): readonly object[] {
  const [kind, name = ''] = end.workload.split('/')
  const owner = [{ apiVersion: 'apps/v1', kind, name, controller: true }]
  const live = pods.map((pod) => podManifest(pod, kind === 'Pod' ? {} : { ownerReferences: owner }))
  const [first] = pods
  if (kind === 'Pod' || !first) return live
  const { 'statefulset.kubernetes.io/pod-name': _, ...labels } = first.labels
  const { release: __, ...matchLabels } = labels
  const template = { metadata: { labels }, spec: specOf(first) }
  const spec = { serviceName: name, replicas: pods.length, selector: { matchLabels }, template }
  return [{ apiVersion: 'apps/v1', kind, metadata: { name, namespace: end.namespace }, spec }, ...live]
}

function podManifest(pod: RawPod, owned: object): object {
  const metadata = { name: pod.name, namespace: pod.namespace, labels: pod.labels, ...owned }
  const status = { phase: 'Running', podIP: pod.ip, podIPs: [{ ip: pod.ip }] }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: pod.node, ...specOf(pod) }, status }
}

function specOf({ hostNetwork, ports }: RawPod): object {
  const declared = ports.map(({ name, port, protocol: own }) => ({ name, containerPort: port, protocol: own }))
  return {
    ...(hostNetwork ? { hostNetwork } : {}),
    containers: [{ name: 'main', image: 'registry.example/app', ports: declared }],
  }
}

/** The policies as somebody wrote them; no file where there are none. */
export function policyFiles(policies: readonly RawPolicy[], hand: Hand): readonly SourceFile[] {
  if (policies.length === 0) return []
  const items = policies.map(({ name, namespace, spec }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec,
  }))
  const list = { apiVersion: 'v1', kind: 'List', items }
  if (hand === 'json') return [{ path: 'policies.json', text: JSON.stringify(list, null, 2), counts: true }]
  if (hand === 'list') return [{ path: 'list.yaml', text: writeYaml(list), counts: true }]
  const habit = hand === 'deep' ? { indent: 4, indentLists: true } : { indent: 2, indentLists: false }
  const texts = items.map((item) =>
    hand === 'flow' ? dump(item, { flowLevel: 0, lineWidth: -1 }) : writeYaml(item, habit),
  )
  return [{ path: 'policies.yaml', text: texts.map((text) => `# by hand\n${text}`).join('---\n'), counts: true }]
}
