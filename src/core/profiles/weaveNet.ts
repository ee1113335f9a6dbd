import { asTheApiSays, fact, STANDARD_DNS, unverified } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

/** Weave Net, archived in 2022 (semantics.md D.4). */
export const weaveNet: Profile = {
  id: 'weave-net',
  name: 'Weave Net',
  summary: 'One port name makes it leave out the whole policy; no ranges, no IPv6. Archived in 2022.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.weave),
    endPort: fact('start-only', 'endPort is not read: only the first port of a range opens.', SOURCE.weave),
    sctp: unverified('unknown', 'Nobody has checked what becomes of SCTP ports.', SOURCE.weave, {
      either: ['yes', 'no'],
    }),
    namedPort: fact(
      'drops-policy',
      'A policy with a port name anywhere is refused as a whole: it neither isolates nor allows.',
      SOURCE.weave,
    ),
    ipBlockMatchesPods: unverified('yes', 'An ipBlock is taken to hold pods; nobody has checked it.', SOURCE.weave),
    ipv6: fact('no', 'Only the one IPv4 address of a pod is known: IPv6 blocks match nothing.', SOURCE.weave),
    icmp: unverified(
      'blocked',
      'A rule with ports is taken to let no ping through; nobody has checked it.',
      SOURCE.weave,
    ),
    ownNode: unverified(
      'unknown',
      'Between a node and its pods it is not as elsewhere; nobody has checked how.',
      SOURCE.weave,
      {
        either: ['allowed', 'policed'],
      },
    ),
    toOwnNode: fact('allowed', 'Egress to addresses of the own node goes past all policies.', SOURCE.weave),
  },
  notes: [
    fact('Multicast', 'Multicast is allowed unless switched off.', SOURCE.weave),
    fact(
      'Clients from outside',
      'Traffic that comes in through a Service is masqueraded: ipBlock works only with externalTrafficPolicy: Local.',
      SOURCE.weave,
    ),
  ],
  dns: STANDARD_DNS,
}
