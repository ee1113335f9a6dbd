import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const ADMIN = 'Read from 3.29 to 3.31; later versions read ClusterNetworkPolicy instead.'

/** Calico, with any dataplane; Canal too (semantics.md D.2). */
export const calico: Profile = {
  id: 'calico',
  name: 'Calico',
  summary: 'Enforces NetworkPolicy as the API says; egress to the own node is asked about, too.',
  versions: ['3.28', '3.29', '3.31', '3.32'],
  facts: {
    ...asTheApiSays(SOURCE.calico),
    ...hostsLeftOut(SOURCE.calico),
    toOwnNode: fact(
      'policed',
      'A pod that sends to its own node passes its egress policies first; what is left to the host is dropped or accepted by DefaultEndpointToHostAction.',
      SOURCE.calico,
    ),
    nodesAndNames: fact(
      'fail-closed',
      'A rule with nodes or domainNames allows nobody if it allows, and denies everybody if not.',
      SOURCE.calico,
    ),
    anp: fact('yes', ADMIN, SOURCE.policyApi, { since: '3.29', until: '3.31', otherwise: 'no' }),
    banp: fact('yes', ADMIN, SOURCE.policyApi, { since: '3.29', until: '3.31', otherwise: 'no' }),
    cnp: fact('yes', 'Read since 3.32, as tiers of its own.', SOURCE.calico, {
      since: '3.32',
      otherwise: 'no',
    }),
    extensions: fact(
      'own-kinds',
      'GlobalNetworkPolicy and its own NetworkPolicy have order, deny and ICMP, and can overrule a NetworkPolicy.',
      SOURCE.calico,
    ),
  },
  notes: [],
  dns: STANDARD_DNS,
}
