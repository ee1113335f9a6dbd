import type { Labels } from '#core/model/labels.ts'
import type { PortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { MANAGED_LABEL } from './networkPolicy.ts'

/** One term of `matchExpressions`. */
export interface ExpressionText {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'DoesNotExist'
  readonly values?: readonly string[]
}

/** A label selector as a manifest has it; without any field it selects everything. */
export interface SelectorText {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly ExpressionText[]
}

/** One item of `from` or `to`. */
export type PeerText =
  | { readonly podSelector: SelectorText; readonly namespaceSelector?: SelectorText }
  | { readonly namespaceSelector: SelectorText }
  | { readonly ipBlock: { readonly cidr: string; readonly except?: readonly string[] } }

/** One item of `ports`. */
export interface PortText {
  readonly protocol: string
  readonly port?: number | string
  readonly endPort?: number
}

/** A rule that is to be written: `'any'` peers and no ports are left out of the text, since that is what allows all (semantics.md A.4). */
export interface RuleText {
  readonly peers: readonly PeerText[] | 'any'
  readonly ports: readonly PortText[]
}

/** A policy that is to be written. */
export interface PolicyText {
  readonly namespace: string
  readonly name: string
  readonly podSelector: SelectorText
  /** The directions in which it isolates, each with its rules. */
  readonly rules: { readonly [D in Direction]?: readonly RuleText[] }
}

const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const

/** The key of a rule's peers. */
export const PEERS_KEY = { ingress: 'from', egress: 'to' } as const

/** The value of `policyTypes` for a direction. */
export function policyType(direction: Direction): string {
  return TYPES[direction]
}

/** A port with its protocol always said; ranges become `endPort`, names stay names (semantics.md F.2). */
export function portText({ protocol, port }: PortSpec): PortText {
  if (port.type === 'all') return { protocol }
  if (port.type === 'named') return { protocol, port: port.name }
  return { protocol, port: port.from, ...(port.to > port.from ? { endPort: port.to } : {}) }
}

/** A rule as a plain value, ready to be written. */
export function ruleValue(direction: Direction, { peers, ports }: RuleText): object {
  return {
    ...(peers === 'any' ? {} : { [PEERS_KEY[direction]]: peers }),
    ...(ports.length === 0 ? {} : { ports }),
  }
}

/** A whole policy as a plain value, marked as Drawbridge's; `policyTypes` is always explicit (semantics.md F.1). */
export function policyValue({ namespace, name, podSelector, rules }: PolicyText): object {
  const directions = (['ingress', 'egress'] as const).filter((direction) => rules[direction])
  const lists = directions.flatMap((direction) => {
    const own = rules[direction] ?? []
    return own.length === 0 ? [] : [[direction, own.map((rule) => ruleValue(direction, rule))] as const]
  })
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: { [MANAGED_LABEL.key]: MANAGED_LABEL.value } },
    spec: { podSelector, policyTypes: directions.map(policyType), ...Object.fromEntries(lists) },
  }
}
