import type { ClassHalf, Member } from '#core/evaluate/evaluation.ts'
import type { PodClass } from '#core/evaluate/peerClass.ts'
import type { IpSet } from '#core/model/cidr.ts'
import type { Requirement } from '#core/model/labels.ts'
import type { PortSet, Protocol } from '#core/model/ports.ts'
import type { Direction, IpBlockMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'

/** Pods and a peer between which one half denies ports that are asked. */
export interface Denied {
  readonly direction: Direction
  readonly subject: Member & { readonly class: PodClass }
  readonly peer: Member
  /** The addresses of the peer, as far as they are known and asked about. */
  readonly ips: IpSet
  /** For people. */
  readonly names: { readonly subject: string; readonly peer: string }
  /** Those of the asked ports that are surely denied. */
  readonly closed: PortSet
  /** Is every port of every protocol asked for? */
  readonly all: boolean
  /** The half of these pods, and the one at the other end. */
  readonly half: ClassHalf
  readonly otherHalf: ClassHalf
}

/** A rule with the policy that it is of, and its place among those of its direction. */
export interface Placed {
  readonly policy: Policy
  readonly rule: Rule
  readonly index: number
}

/** A label term that fails. */
export interface LabelTerm {
  readonly type: 'label'
  /** Of the pods that the policy selects, of those that the rule names, or of their namespace. */
  readonly of: 'subject' | 'pods' | 'namespace'
  readonly requirement: Requirement
  /** What the pod or namespace has under that key; undefined where it has no such label. */
  readonly actual: string | undefined
  /** Another label of it with the value that is asked for, or the one that was probably meant. */
  readonly meant?: { readonly key: string; readonly value: string } | undefined
  /** Whose labels they are: the name of a namespace, or of pods. */
  readonly owner: string
}

/** A port that a rule names and that is not the one that is asked for. */
export interface PortTerm {
  readonly type: 'port'
  readonly matcher: PortMatcher
  readonly kind: 'service-port' | 'named-port' | 'protocol' | 'port'
  /** What the rule would have to allow besides. */
  readonly wanted: PortSet
  /** The Service, and what its port leads to; `asked` where the question and not the rule has the Service's port. */
  readonly service?:
    | {
        readonly name: string
        readonly port: number
        readonly target: number
        readonly protocol: Protocol
        readonly by: 'rule' | 'asked'
      }
    | undefined
  /** What the pods do define where a name means nothing to them: a name that is alike, or the same one with another protocol. */
  readonly defined?: { readonly name: string; readonly protocol: Protocol; readonly port: number } | undefined
  /** What the name means at the destination. */
  readonly resolved?: PortSet | undefined
}

/** One thing that keeps a rule from allowing a connection. */
export type Term =
  | LabelTerm
  | PortTerm
  /** A peer without a `namespaceSelector` means the policy's own namespace. */
  | { readonly type: 'own-namespace'; readonly matcher: PodMatcher; readonly namespace: string; readonly own: string }
  /** Both selectors in one item: the pods fit, their namespace doesn't. */
  | { readonly type: 'and-for-or'; readonly matcher: PodMatcher; readonly fits: 'pods' | 'namespace' }
  /** Two items: `namespaces` misses the namespace, `matcher` fits but for its namespace. */
  | {
      readonly type: 'or-for-and'
      readonly matcher: PodMatcher
      readonly namespaces: PodMatcher
      readonly requirement: Requirement
      readonly namespace: string
    }
  /** An address outside of the block, or in one of its exceptions. */
  | { readonly type: 'address'; readonly matcher: IpBlockMatcher; readonly except?: string | undefined }
  /** The policy does not list the direction, so that its rules count for nothing. */
  | { readonly type: 'policy-types' }

/** A term, and how far it is from what was probably meant: 0 for a sure slip, more for what may well be on purpose. */
export interface Weighed {
  readonly term: Term
  readonly weight: number
}

/** Terms that weigh no more together are rather slips than rules for somebody else. */
export const LIKELY = 4

/** The sum of the weights. */
export function weightOf(terms: readonly Weighed[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}

/** Fewest terms first, then the likeliest slips. */
export function byCloseness(a: readonly Weighed[], b: readonly Weighed[]): number {
  return a.length - b.length || weightOf(a) - weightOf(b)
}
