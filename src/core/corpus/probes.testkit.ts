import { type Evaluation, type PodEnd, verdictOfPods } from '#core/evaluate/evaluate.ts'
import { equalPorts, NO_PORTS, portRange, type PortSet, type Protocol } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { loadAndEvaluate, mendNames, portsFrom, tell, type Tally, type Written } from './shared.testkit.ts'

interface CaseNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ips: readonly string[]
}

interface CasePod {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly ip?: string
  readonly hostNetwork?: boolean
  readonly node?: string
  readonly containerPorts?: readonly { readonly name?: string; readonly port: number; readonly protocol: string }[]
}

/** One question of a case, and what upstream says. */
export interface Probe {
  readonly from: string
  readonly to: string
  readonly port: number
  readonly protocol: Protocol
  readonly allowed: boolean
  readonly ingress?: boolean
  readonly egress?: boolean
}

interface Table {
  readonly port: number
  readonly protocol: Protocol
  readonly ingress: readonly string[]
  readonly egress: readonly string[]
  readonly combined: readonly string[]
}

/** A probe case of corpora/README.md 1. */
export interface ProbeCase {
  readonly name: string
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]
  readonly nodes?: readonly CaseNode[]
  readonly pods: readonly CasePod[]
  readonly policies: readonly { readonly kind: string }[]
  readonly probes?: readonly Probe[]
  readonly allowedSets?: readonly { readonly from: string; readonly to: string; readonly protocols: Written }[]
  readonly tables?: readonly Table[]
  readonly order?: readonly string[]
}

/**
 * The case as it could be in a cluster. Upstream built its policies as Go values, where a selector that is left out is the
 * empty one, and three of them would be refused as manifests (semantics.md C.4). Cases that speak of nodes don't say where
 * pods run: hostNetwork pods on the node whose address they have, the others on none of the nodes, as their probes imply.
 */
export function readProbeCase(text: string): ProbeCase {
  const one = JSON.parse(text) as ProbeCase
  const nodeOf = ({ ip = '' }: CasePod): string => one.nodes?.find(({ ips }) => ips.includes(ip))?.name ?? 'elsewhere'
  return {
    ...one,
    pods: one.nodes ? one.pods.map((pod) => ({ ...pod, node: nodeOf(pod) })) : one.pods,
    policies: one.policies.map((policy) => (policy.kind === 'NetworkPolicy' ? policy : withSelectors(policy))),
  }
}

function withSelectors<T>(policy: T): T {
  return JSON.parse(JSON.stringify(policy), (key, value: object) =>
    key === 'pods' ? { namespaceSelector: {}, podSelector: {}, ...value } : value,
  ) as T
}

/** Loads the case as manifests and compares every probe, set and table of it; failures are told by name. */
export function runProbeCase(name: string, one: ProbeCase, tally: Tally): void {
  const { loaded, evaluation } = loadAndEvaluate(textsOf(one), { podCidrs: 'none' })
  const run: Run = { evaluation, tally, fail: (text) => tally.failures.push(`${name}: ${text}`) }
  for (const { message, severity } of loaded.problems) if (severity === 'error') run.fail(message)
  if (loaded.policies.length !== one.policies.length) run.fail(`${loaded.policies.length} policies were read`)
  for (const probe of probesOf(one)) compareProbe(run, probe)
  for (const { from, to, protocols } of one.allowedSets ?? []) compareSet(run, [from, to], portsFrom(protocols))
  tally.cases++
}

interface Run {
  readonly evaluation: Evaluation
  readonly tally: Tally
  readonly fail: (text: string) => void
}

function compareProbe(run: Run, probe: Probe): void {
  const { from, to, protocol, port } = probe
  const verdict = verdictOfPods(run.evaluation, endOf(from), endOf(to))
  const asked = portRange(protocol, port, port)
  const answers = { allowed: verdict, egress: half(verdict, 'egress'), ingress: half(verdict, 'ingress') }
  for (const part of ['allowed', 'egress', 'ingress'] as const) {
    const expected = probe[part]
    if (expected === undefined) continue
    const status = statusOf(answers[part], asked)
    if (status !== (expected ? 'allowed' : 'denied')) run.fail(`${from} → ${to} ${protocol} ${port} ${part}: ${status}`)
  }
  run.tally.probes++
}

function compareSet(run: Run, [from, to]: readonly [string, string], expected: PortSet): void {
  const verdict = verdictOfPods(run.evaluation, endOf(from), endOf(to))
  const sure = equalPorts(verdict.partial, NO_PORTS) && equalPorts(verdict.undetermined, NO_PORTS)
  if (!sure || !equalPorts(verdict.allowed, expected)) run.fail(`${from} → ${to}: ${tell(verdict)}`)
  run.tally.probes++
}

/** The probes of a case, those that its tables hold included. */
export function probesOf({ probes = [], tables = [], order = [] }: ProbeCase): readonly Probe[] {
  const cells = tables.flatMap((table) =>
    order.flatMap((from, row) =>
      order.flatMap((to, column) => {
        const at = (matrix: readonly string[]): boolean => matrix[row]?.[column] === '.'
        if (from === to) return []
        const answers = { allowed: at(table.combined), egress: at(table.egress), ingress: at(table.ingress) }
        return [{ from, to, port: table.port, protocol: table.protocol, ...answers }]
      }),
    ),
  )
  return [...probes, ...cells]
}

function half(verdict: Verdict, direction: 'egress' | 'ingress'): Parameters<typeof statusOf>[0] {
  const { allowed, undetermined } = verdict[direction]
  return { allowed, partial: NO_PORTS, undetermined }
}

function endOf(text: string): PodEnd {
  if (text.startsWith('ip:')) return { ip: text.slice(3) }
  const [namespace = '', pod = ''] = text.split('/')
  return { namespace, pod }
}

/** The case as files: the cluster, and each of its policies. */
export function textsOf({ namespaces, nodes = [], pods, policies }: ProbeCase): Readonly<Record<string, string>> {
  const items = [
    ...namespaces.map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...nodes.map(nodeManifest),
    ...pods.map(podManifest),
  ]
  const cluster = JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2)
  return {
    'cluster.json': cluster,
    ...Object.fromEntries(
      policies.map((policy, i) => [`policy-${i}.json`, mendNames(JSON.stringify(policy, undefined, 2))]),
    ),
  }
}

function nodeManifest({ name, labels, ips }: CaseNode): object {
  const addresses = ips.map((address) => ({ type: 'InternalIP', address }))
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status: { addresses } }
}

function podManifest({ namespace, name, labels, ip, hostNetwork, node, containerPorts = [] }: CasePod): object {
  const ports = containerPorts.map(({ name: own, port, protocol }) => ({ name: own, containerPort: port, protocol }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: { nodeName: node, hostNetwork, containers: [{ name: 'main', image: 'registry.example/app', ports }] },
    status: { phase: 'Running', podIP: ip },
  }
}
