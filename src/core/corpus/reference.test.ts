import type { RawCluster, RawClusterPolicy, RawEnd, RawPod, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { referenceVerdict } from '#core/evaluate/reference.testkit.ts'
import { expect, test } from 'vitest'
import { type ProbeCase, readProbeCase } from './probes.testkit.ts'
import { corporaExist, listCorpus, readCorpus } from './shared.testkit.ts'

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec: object
}

// The engine is compared with this evaluator on random clusters, so it must itself be right.
test.each([
  ['e2e', 2952],
  ['netpol-analyzer-eval', 1062],
  ['kube-network-policies', 38],
  ['policy-assistant', 754],
  ['conformance-anp', 208],
  ['conformance-cnp', 214],
])('the slow reference evaluator agrees with every probe of %s', (folder, probes) => {
  if (!corporaExist()) return
  const found = listCorpus(folder).flatMap((name) => answers(readProbeCase(readCorpus(`${folder}/${name}`))))
  expect(found.filter(({ expected, answer }) => answer !== expected)).toEqual([])
  expect(found).toHaveLength(probes)
})

function answers(one: ProbeCase): readonly { probe: string; expected: string; answer: string }[] {
  const cluster = clusterOf(one)
  return (one.probes ?? []).map(({ from, to, protocol, port, allowed }) => ({
    probe: `${one.name}: ${from} → ${to} ${protocol} ${port}`,
    expected: allowed ? 'allowed' : 'denied',
    answer: referenceVerdict(cluster, endOf(cluster, from), endOf(cluster, to), { protocol, port }),
  }))
}

function clusterOf({ namespaces, nodes = [], pods, policies }: ProbeCase): RawCluster {
  const manifests = policies as readonly Manifest[]
  const isPlain = ({ kind }: Manifest): boolean => kind === 'NetworkPolicy'
  return {
    namespaces,
    nodes,
    pods: pods.map(({ ip = '', node = '', hostNetwork = false, containerPorts = [], ...pod }) => ({
      ...pod,
      ip,
      node,
      hostNetwork,
      finished: false,
      ports: containerPorts.map(({ name = '', ...port }) => ({ name, ...port })),
    })),
    policies: manifests.filter(isPlain).map((own) => ({ ...own, ...own.metadata }) as object as RawPolicy),
    clusterPolicies: manifests
      .filter((own) => !isPlain(own))
      .map((own) => ({ ...own, name: own.metadata.name }) as object as RawClusterPolicy),
  }
}

function endOf({ pods }: RawCluster, text: string): RawEnd {
  const pod: RawPod | undefined = pods.find(({ namespace, name }) => `${namespace}/${name}` === text)
  return pod ?? { ip: text.replace('ip:', '') }
}
