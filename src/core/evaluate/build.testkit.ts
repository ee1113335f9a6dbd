import type { Cluster, ClusterNode, Pod, Workload } from '#core/model/cluster.ts'
import type { KnownLabels, Labels, Selector } from '#core/model/labels.ts'
import { formatPorts, type Protocol } from '#core/model/ports.ts'
import type {
  Direction,
  DomainMatcher,
  IpBlockMatcher,
  NodeMatcher,
  PeerMatcher,
  PodMatcher,
  Policy,
  PortMatcher,
  Rule,
} from '#core/model/rule.ts'
import { DEFAULT_SETTINGS, type Settings } from '#core/model/settings.ts'
import type { FieldPath, Ref } from '#core/model/text.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { evaluate, type Evaluation } from './evaluate.ts'

// A place in a document that nobody reads.
const ref = (document: string, path: FieldPath = []): Ref => ({ document, path, range: { from: 0, to: 0 } })

/** `app=web, tier, !old`: terms of a selector. */
export function selector(text: string): Selector {
  return text
    .split(', ')
    .filter((term) => term !== '')
    .map((term) => {
      const [key = '', value] = term.replace('!', '').split('=')
      const bare = term.startsWith('!') ? 'DoesNotExist' : 'Exists'
      return {
        key,
        operator: value === undefined ? bare : 'In',
        values: value === undefined ? [] : [value],
        ref: ref(''),
      }
    })
}

/** Labels of which everything is known. */
export const known = (labels: Labels): KnownLabels => ({ labels, unknown: [] })

/** A pod of namespace `shop` labelled `app: <name>`, of which nothing else is known. */
export function pod(name: string, more: Partial<Pod> = {}): Pod {
  const namespace = more.namespace ?? 'shop'
  return {
    name,
    namespace,
    labels: known({ app: name }),
    ports: [],
    ips: [],
    hostNetwork: false,
    finished: false,
    count: 1,
    ...more,
  }
}

/** A Deployment of the pods, named like the first. */
export function workload(...pods: readonly Pod[]): Workload {
  const [{ namespace, name } = pod('none')] = pods
  const replicas = pods.reduce((sum, { count }) => sum + count, 0)
  const own = { namespace, kind: 'Deployment', name, replicas, pods, refs: [ref(name)] }
  return { id: `${namespace}/Deployment/${name}`, ...own, sketch: false, assumed: false, stale: false }
}

/** Loaded namespaces, each with a `team` label of its own name, with a workload for each pod. */
export function cluster(pods: readonly Pod[], more: Partial<Cluster> = {}): Cluster {
  const names = [...new Set(pods.map(({ namespace }) => namespace))]
  return {
    namespaces: names.map((name) => ({ name, labels: known({ team: name }), loaded: true })),
    workloads: pods.map((one) => workload(one)),
    services: [],
    nodes: [],
    exposures: [],
    ...more,
  }
}

/** Pods of the policy's own namespace `shop`, or of namespaces by selector. */
export function pods(text: string, namespaces?: string): PodMatcher {
  const where = namespaces === undefined ? 'shop' : selector(namespaces)
  return {
    type: 'pods',
    namespaces: typeof where === 'string' ? { type: 'name', name: where } : { type: 'selector', selector: where },
    pods: selector(text),
    ref: ref(''),
  }
}

/** An IP block. */
export const block = (cidr: string, ...except: readonly string[]): IpBlockMatcher => ({
  type: 'ipBlock',
  cidr,
  except,
  ref: ref(''),
})

/** Nodes by selector. */
export const nodes = (text: string): NodeMatcher => ({ type: 'nodes', nodes: selector(text), ref: ref('') })

/** Hosts by name. */
export const domains = (...names: readonly string[]): DomainMatcher => ({ type: 'domains', names, ref: ref('') })

/** A Node labelled `role: <name>` with these addresses. */
export const node = (name: string, ...ips: readonly string[]): ClusterNode => ({
  name,
  labels: { role: name },
  ips,
  ref: ref(''),
})

/** One port, by number or name, or all of the protocol. */
export function port(number?: number | string, protocol: Protocol = 'TCP'): PortMatcher {
  if (number === undefined) return { protocol, port: { type: 'all' }, ref: ref('') }
  const found =
    typeof number === 'number'
      ? ({ type: 'range', from: number, to: number } as const)
      : ({ type: 'named', name: number } as const)
  return { protocol, port: found, ref: ref('') }
}

/** A rule without its direction. */
export interface Sketch {
  readonly action?: Rule['action']
  readonly peers?: readonly PeerMatcher[]
  readonly ports?: readonly PortMatcher[]
}

/** A policy `shop/<name>` that selects by labels; directions are those that have a list of rules. */
export function policy(
  name: string,
  subject: string,
  rules: { readonly [D in Direction]?: readonly Sketch[] },
  more: Partial<Policy> = {},
): Policy {
  const directions = (['ingress', 'egress'] as const).filter((direction) => rules[direction])
  return {
    ref: ref(name),
    name: `shop/${name}`,
    namespace: 'shop',
    tier: 'networkPolicy',
    priority: 0,
    subject: pods(subject),
    directions,
    rules: directions.flatMap((direction) =>
      (rules[direction] ?? []).map((sketch, i) => rule(name, direction, i, sketch)),
    ),
    managed: false,
    stale: false,
    ...more,
  }
}

function rule(name: string, direction: Direction, index: number, sketch: Sketch): Rule {
  return {
    ref: ref(name, ['spec', direction, index]),
    direction,
    action: sketch.action ?? 'allow',
    peers: sketch.peers ?? 'any',
    ports: sketch.ports ?? 'any',
  }
}

/** The evaluation of pods and policies with settings that say nothing more. */
export function evaluated(
  what: readonly Pod[] | Cluster,
  policies: readonly Policy[] = [],
  settings: Partial<Settings> = {},
): Evaluation {
  return evaluate('workloads' in what ? what : cluster(what), policies, { ...DEFAULT_SETTINGS, ...settings })
}

/** A verdict on one line: what is allowed, `~` what only some get, `?` what is not known. */
export function told(verdict: Verdict | undefined): string {
  if (!verdict) return 'nobody'
  const parts = [
    formatPorts(verdict.allowed),
    `~ ${formatPorts(verdict.partial)}`,
    `? ${formatPorts(verdict.undetermined)}`,
  ]
  return parts.filter((part, i) => i === 0 || !part.endsWith('no ports')).join(' ')
}
