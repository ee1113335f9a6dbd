import type { PortSet } from './ports.ts'
import type { Direction, Tier } from './rule.ts'
import type { Ref } from './text.ts'
import type { Truth } from './truth.ts'

/** What a connection's asked ports get (design.md 3); `partial`: some of the asked ports or pods. */
export type Status = 'allowed' | 'denied' | 'partial' | 'undetermined'

/** A rule that has a say about a connection, and for which ports (of the destination pod): those that nothing before it decides. */
export interface RuleEvidence {
  /** The rule. */
  readonly rule: Ref
  /** The policy document it belongs to, and its readable name `namespace/name`. */
  readonly policy: Ref
  readonly policyName: string
  readonly tier: Tier
  /** Lower is asked first within a tier; of no meaning for NetworkPolicy. */
  readonly priority: number
  /** The rule's own name, where it has one. */
  readonly ruleName?: string | undefined
  readonly action: 'allow' | 'deny' | 'pass'
  /** Position among the policy's rules of this direction, from 0. */
  readonly index: number
  /** For these ports it surely matches, for at least one pod pair … */
  readonly ports: PortSet
  /** … and for these it may, as far as is known; disjoint from `ports`. */
  readonly unknownPorts: PortSet
}

/** One half of a connection: egress at the source or ingress at the destination. */
export interface Half {
  readonly direction: Direction
  /** Why nothing is asked: an outside end, a hostNetwork or finished pod, the pod itself, its own node, or an ingress controller that runs nobody knows where. */
  readonly exempt?: 'outside' | 'host-network' | 'finished' | 'same-pod' | 'own-node' | 'unplaced' | undefined
  /** Is the subject isolated in this direction (for every pod of it: yes; for some or as far as known: unknown)? */
  readonly isolated: Truth
  /** The policies that isolate it, or may (`unknown`: what is loaded does not tell, or this kind isn't evaluated). */
  readonly isolatedBy: readonly {
    readonly policy: Ref
    readonly policyName: string
    readonly unknown?: boolean | undefined
  }[]
  /** Ports that this half surely allows for every pod pair. */
  readonly allowed: PortSet
  /** Ports that this half allows for at least one pod pair; contains `allowed`. */
  readonly some: PortSet
  /** Ports for which what is loaded does not tell; disjoint from `allowed`. */
  readonly undetermined: PortSet
  readonly evidence: readonly RuleEvidence[]
}

/** The answer for source → destination; sets of ports of the destination pod. Ports in none of them are denied. */
export interface Verdict {
  readonly allowed: PortSet
  /** Allowed for some pod pairs only; disjoint from `allowed`. */
  readonly partial: PortSet
  /** Disjoint from both. */
  readonly undetermined: PortSet
  readonly egress: Half
  readonly ingress: Half
}
