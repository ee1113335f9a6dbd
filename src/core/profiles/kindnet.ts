import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const ADMIN = 'Release 0.8.1 of kube-network-policies reads it; kindnet itself embeds the engine without it.'

/** kindnet, kind's network, and kube-network-policies, which it embeds (semantics.md D.11). */
export const kindnet: Profile = {
  id: 'kindnet',
  name: 'kindnet / kube-network-policies',
  summary: 'Close to the API; egress to the own node is asked about, and it fails open where it can’t keep up.',
  versions: ['0.8.1'],
  facts: {
    ...asTheApiSays(SOURCE.kubeNetworkPolicies),
    ...hostsLeftOut(SOURCE.kubeNetworkPolicies),
    ownNode: fact(
      'allowed',
      'What root sends from the node is let in, so probes work; what other users of the node send is asked about.',
      SOURCE.kubeNetworkPolicies,
    ),
    toOwnNode: fact(
      'policed',
      'A pod that sends to its own node passes its egress policies.',
      SOURCE.kubeNetworkPolicies,
    ),
    nodesAndNames: fact('yes', 'Nodes are known by the addresses of their Node objects.', SOURCE.kubeNetworkPolicies),
    anp: fact('yes', ADMIN, SOURCE.policyApi, { since: '0.8.1', until: '0.8.1', otherwise: 'no' }),
    banp: fact('yes', ADMIN, SOURCE.policyApi, { since: '0.8.1', until: '0.8.1', otherwise: 'no' }),
    cnp: fact(
      'opt-in',
      'A build of kube-network-policies of its own reads it; the one in kindnet does not.',
      SOURCE.kubeNetworkPolicies,
      { either: ['yes', 'no'] },
    ),
    extensions: fact('none', 'Names of hosts are an experiment of kube-network-policies.', SOURCE.kubeNetworkPolicies),
  },
  notes: [
    fact('Fails open', 'Where the engine can’t keep up, kindnet lets traffic through.', SOURCE.kind),
    fact(
      'Open connections',
      'Connections that are open already are not looked at again, unless the mode is strict.',
      SOURCE.kubeNetworkPolicies,
    ),
  ],
  dns: STANDARD_DNS,
}
