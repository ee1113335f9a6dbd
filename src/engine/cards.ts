import type { ContainerPort, Namespace, Workload } from '#core/model/cluster.ts'
import type { Isolated, NamespaceCard, Switch, WorkloadCard } from '#core/model/picture.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { isolationUnder } from './differs.ts'
import type { Scene } from './scene.ts'

/** A workload as the canvas shows it. */
export function drawWorkload(scene: Scene, workload: Workload): WorkloadCard {
  const { id, namespace, kind, name, replicas, pods, sketch, assumed, stale, refs } = workload
  return {
    id,
    namespace,
    kind,
    name,
    replicas,
    ports: portsOf(workload),
    labels: pods[0]?.labels.labels ?? {},
    isolated: {
      ingress: isolationUnder(scene.profiled, id, 'ingress'),
      egress: isolationUnder(scene.profiled, id, 'egress'),
    },
    hostNetwork: pods.length > 0 && pods.every((pod) => pod.hostNetwork),
    finished: pods.length > 0 && pods.every((pod) => pod.finished),
    sketch,
    assumed,
    stale,
    refs,
  }
}

/** A namespace as the canvas shows it; its switches speak of the cards in it. */
export function drawNamespace(scene: Scene, namespace: Namespace, cards: readonly WorkloadCard[]): NamespaceCard {
  const { name, labels, loaded, ref } = namespace
  const policies = scene.loaded.policies.filter((policy) => policy.namespace === name)
  return {
    name,
    loaded,
    labels: labels.labels,
    defaultDeny: { ingress: switchOf(cards, policies, 'ingress'), egress: switchOf(cards, policies, 'egress') },
    policies: [...new Set(policies.map((policy) => policy.name))],
    ref,
    stale: ref !== undefined && scene.stale.has(ref.document),
  }
}

/** The ports that any of its containers declares, each once. */
export function portsOf(workload: Workload): readonly ContainerPort[] {
  const ports = workload.pods.flatMap((pod) => pod.ports)
  return [...new Map(ports.map((port) => [`${port.protocol}/${port.port}/${port.name ?? ''}`, port])).values()]
}

// On = every pod of the namespace is isolated in that direction (design.md 8). Pods that no policy can touch don't count;
// where none is left, what would happen to the first pod does.
function switchOf(cards: readonly WorkloadCard[], policies: readonly Policy[], direction: Direction): Switch {
  const states = new Set<Isolated>()
  for (const card of cards) if (!card.finished && !card.hostNetwork) states.add(card.isolated[direction])
  if (states.size === 0) return policies.some((policy) => isolatesAll(policy, direction)) ? 'on' : 'off'
  if (states.size > 1) return 'mixed'
  return states.has('yes') ? 'on' : states.has('no') ? 'off' : 'mixed'
}

function isolatesAll(policy: Policy, direction: Direction): boolean {
  return policy.inert !== true && policy.subject.pods.length === 0 && policy.directions.includes(direction)
}
