import type { ContainerPort } from '#core/model/cluster.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import type { Family, IpRange } from './addresses.ts'

/**
 * Pods that no policy can tell apart: same namespace, same labels that a selector reads, same named ports, addresses
 * in the same parts. A dual-stack pod is of two classes, one for each family.
 */
export interface PodClass {
  readonly type: 'pods'
  readonly id: number
  readonly namespace: string
  readonly labels: KnownLabels
  readonly ports: readonly ContainerPort[]
  /** The same for classes with the same named ports. */
  readonly portsKey: string
  /** Undefined where its address is not known. */
  readonly family: Family | undefined
  /** Parts of the address space that hold its addresses; none where they are not known. */
  readonly parts: readonly number[]
  readonly hostNetwork: boolean
  readonly finished: boolean
}

/** Addresses outside of all pods that no policy can tell apart; without a range, a peer that only a rule without peers points at. */
export interface AddressClass {
  readonly type: 'addresses'
  readonly id: number
  readonly family: Family | undefined
  readonly range?: IpRange | undefined
  /** The DNS name of the host that is asked about, in lower case; undefined where one asks about addresses. */
  readonly host?: string | undefined
}

/** Anything that a rule can point at. */
export type PeerClass = PodClass | AddressClass
