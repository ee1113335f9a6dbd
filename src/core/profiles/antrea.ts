import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS, unverified } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const GATE = 'Since 1.13 behind the feature gate AdminNetworkPolicy, now deprecated.'

/** Antrea (semantics.md D.6). */
export const antrea: Profile = {
  id: 'antrea',
  name: 'Antrea',
  summary: 'Enforces NetworkPolicy as the API says; cluster-scoped kinds are behind feature gates.',
  versions: ['1.12', '1.13', '2.6', '2.7'],
  facts: {
    ...asTheApiSays(SOURCE.antrea),
    ...hostsLeftOut(SOURCE.antrea),
    icmp: unverified(
      'blocked',
      'A rule with ports is taken to let no ping through; nobody has checked it.',
      SOURCE.antrea,
    ),
    ownNode: fact('allowed', 'Probes of the kubelet go past ingress policies.', SOURCE.antrea),
    anp: fact('opt-in', GATE, SOURCE.antrea, { since: '1.13', otherwise: 'no', either: ['yes', 'no'] }),
    banp: fact('opt-in', GATE, SOURCE.antrea, { since: '1.13', otherwise: 'no', either: ['yes', 'no'] }),
    cnp: fact('opt-in', 'Since 2.7 behind an alpha feature gate, off unless set.', SOURCE.antrea, {
      since: '2.7',
      otherwise: 'no',
      either: ['yes', 'no'],
    }),
    extensions: fact(
      'own-kinds',
      'Its own ClusterNetworkPolicy and NetworkPolicy have tiers above and below Kubernetes’ NetworkPolicy.',
      SOURCE.antrea,
    ),
  },
  notes: [
    fact(
      'Open connections',
      'Connections that are open already are not looked at again when policies change.',
      SOURCE.antrea,
    ),
    fact('Host bits', 'Old versions ignored a CIDR with host bits.', SOURCE.antreaHostBits),
  ],
  dns: STANDARD_DNS,
}
