import type { PeerText, RuleText } from '#core/kinds/networkPolicyText.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import type { PortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Draft } from './draft.ts'
import type { Subject } from './peers.ts'

/** One half of a connection, ready to be written: whose pods, with whom, on which ports (none: all). */
export interface HalfText {
  readonly direction: Direction
  readonly subject: Subject
  readonly peers: readonly PeerText[] | 'any'
  readonly ports: readonly PortSpec[]
  /** Rules that a new policy needs besides, such as DNS. */
  readonly besides: readonly RuleText[]
  /** The end that the peers stand for: sentences and the names of policies tell it; undefined: neither does. */
  readonly other?: End | undefined
  /** The pods at the destination, where it has any: ports that mean the same there are the same. Undefined: only equal text is. */
  readonly pods?: readonly Pod[] | undefined
  /** True where both halves of the edge are written in this namespace: then names per edge tell the direction. */
  readonly both?: boolean | undefined
}

/** A draft with one thing more, and how to tell it. */
export interface Written {
  readonly draft: Draft
  readonly sentence: string
  /** The policy that is new or amended, without its namespace. */
  readonly name: string
  readonly isNew: boolean
}
