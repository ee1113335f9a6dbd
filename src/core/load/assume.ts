import type { ContainerPort, Namespace, Pod, Workload } from '#core/model/cluster.ts'
import { type Labels, matches, NAMESPACE_NAME_LABEL, type Requirement, type Selector } from '#core/model/labels.ts'
import type { PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'

// The kind of workloads that are made up from selectors, and the name of one that stands for any pod.
const ASSUMED = 'Assumed'
const ANY_POD = '*'
// An `In` with several values stands for several workloads; beyond this they would bury the canvas.
const LIMIT = 8

/**
 * Makes up representative pods from the selectors of policies, in namespaces where no workload at all is loaded
 * (design.md 9): otherwise the commonest first paste, a policy alone, would show an empty canvas.
 */
export function assume(
  policies: readonly Policy[],
  namespaces: readonly Namespace[],
  workloads: readonly Workload[],
): readonly Workload[] {
  const populated = new Set(workloads.map(({ namespace }) => namespace))
  const assumed = new Map<string, Workload>()
  // Most namespaces have workloads, and selectors of namespaces needn't be asked about those.
  const vacant = namespaces.filter(({ name }) => !populated.has(name))
  for (const wish of policies.flatMap((policy) => wishesOf(policy, vacant))) {
    if (populated.has(wish.namespace)) continue
    for (const labels of labelSets(wish.selector)) add(assumed, wish, labels)
  }
  return withoutNeedlessAny([...assumed.values()])
}

interface Wish {
  readonly namespace: string
  readonly selector: Selector
  readonly ports: readonly ContainerPort[]
}

function wishesOf(policy: Policy, namespaces: readonly Namespace[]): readonly Wish[] {
  const of = (direction: Rule['direction']): readonly Rule[] =>
    policy.rules.filter((rule) => rule.direction === direction)
  const wishes = (matcher: PodMatcher, ports: readonly ContainerPort[]): readonly Wish[] =>
    namesOf(matcher, namespaces).map((namespace) => ({ namespace, selector: matcher.pods, ports }))
  const peers = policy.rules.flatMap((rule) => {
    const ports = rule.direction === 'egress' ? declared(rule.ports) : []
    return rule.peers === 'any' ? [] : rule.peers.flatMap((peer) => (peer.type === 'pods' ? wishes(peer, ports) : []))
  })
  return [
    ...wishes(
      policy.subject,
      of('ingress').flatMap((rule) => declared(rule.ports)),
    ),
    ...peers,
  ]
}

// The namespaces that a matcher surely reaches; one that selects all of them names none.
function namesOf({ namespaces }: PodMatcher, loaded: readonly Namespace[]): readonly string[] {
  if (namespaces.type === 'name') return [namespaces.name]
  if (namespaces.selector.length === 0) return []
  const matching = loaded.filter(({ labels }) => matches(namespaces.selector, labels) === 'yes').map(({ name }) => name)
  const [only, ...others] = namespaces.selector
  const isByName = only?.key === NAMESPACE_NAME_LABEL && only.operator === 'In' && others.length === 0
  return isByName ? [...new Set([...only.values, ...matching])] : matching
}

function declared(ports: readonly PortMatcher[] | 'any'): readonly ContainerPort[] {
  if (ports === 'any') return []
  return ports.flatMap(({ port, protocol }) =>
    port.type === 'range' && port.from === port.to ? [{ port: port.from, protocol }] : [],
  )
}

// Labels that fulfil the selector, nothing more: one set for each choice of values.
function labelSets(selector: Selector): readonly Labels[] {
  let sets: readonly Record<string, string>[] = [Object.create(null) as Record<string, string>]
  for (const { key, operator, values } of selector) {
    if (operator === 'NotIn' || operator === 'DoesNotExist') continue
    const choices = operator === 'Exists' ? [''] : values
    sets = sets.flatMap((set) => withLabel(set, key, choices)).slice(0, LIMIT)
  }
  return sets.filter((labels) => matches(selector, { labels, unknown: [] }) === 'yes')
}

// A set that has but one choice grows as it is: to copy it for each of thousands of labels would take seconds.
function withLabel(labels: Record<string, string>, key: string, values: readonly string[]): Record<string, string>[] {
  if (Object.hasOwn(labels, key)) return values.length === 0 ? [] : [labels]
  if (values.length === 1) return [Object.assign(labels, { [key]: values[0] })]
  return values.map((value) => Object.assign(Object.create(null), labels, { [key]: value }))
}

function add(assumed: Map<string, Workload>, wish: Wish, labels: Labels): void {
  const name = nameOf(wish.selector, labels)
  const id = `${wish.namespace}/${ASSUMED}/${name}`
  const ports = uniquePorts([...(assumed.get(id)?.pods[0]?.ports ?? []), ...wish.ports])
  assumed.set(id, workloadOf(id, name, { ...wish, ports }, labels))
}

// No refs: no document of the workspace is this workload, and to remove it must not remove the policy.
function workloadOf(id: string, name: string, wish: Wish, labels: Labels): Workload {
  const { namespace, ports } = wish
  const pod: Pod = {
    name,
    namespace,
    labels: { labels, unknown: [] },
    ports,
    ips: [],
    hostNetwork: false,
    finished: false,
    count: 1,
  }
  const selectorLabels = Object.keys(labels).length === 0 ? undefined : labels
  const rest = { replicas: 1, pods: [pod], selectorLabels, refs: [], sketch: false, assumed: true, stale: false }
  return { id, namespace, kind: ASSUMED, name, ...rest }
}

function nameOf(selector: Selector, labels: Labels): string {
  const positive = Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`))
  if (positive.length > 0) return positive.join(',')
  return selector.length === 0 ? ANY_POD : selector.map(negative).join(',')
}

function negative({ key, operator, values }: Requirement): string {
  return operator === 'DoesNotExist' ? `!${key}` : `${key}!=${values.join('|')}`
}

// "Any pod" is only worth a card where the selectors name no other.
function withoutNeedlessAny(assumed: readonly Workload[]): readonly Workload[] {
  const named = new Set(assumed.filter(({ name }) => name !== ANY_POD).map(({ namespace }) => namespace))
  return assumed.filter(({ name, namespace }) => name !== ANY_POD || !named.has(namespace))
}

function uniquePorts(ports: readonly ContainerPort[]): readonly ContainerPort[] {
  return [...new Map(ports.map((port) => [`${port.protocol}/${port.port}`, port])).values()]
}
