import { asTheApiSays, fact, STANDARD_DNS } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

/** What the API says, and no CNI's habits (semantics.md A). */
export const reference: Profile = {
  id: 'reference',
  name: 'Reference',
  summary: 'What the Kubernetes API says, whoever enforces it.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.docs),
    negativeSelectors: fact('yes', 'NotIn and DoesNotExist match where the key is missing, too.', SOURCE.api),
    hostNetwork: fact(
      'not-isolated',
      'The documentation leaves it open; most leave pods in the network of their node alone.',
      SOURCE.docs,
    ),
    hostNetworkPeers: fact(
      'no',
      'The documentation leaves it open; to most they are their node’s address.',
      SOURCE.docs,
    ),
    priorityLimit: fact('none', 'Every priority from 0 to 1000 counts.', SOURCE.policyApi),
    portLimit: fact('none', 'The API sets no limit.', SOURCE.api),
    toOwnNode: fact('allowed', 'A pod always reaches its own node, the documentation says.', SOURCE.docs),
    nodesAndNames: fact('yes', 'Nodes count by label, and names of hosts as far as they are known.', SOURCE.policyApi),
    anp: fact('yes', 'AdminNetworkPolicy counts as its API says.', SOURCE.policyApi),
    banp: fact('yes', 'BaselineAdminNetworkPolicy counts as its API says.', SOURCE.policyApi),
    cnp: fact('yes', 'ClusterNetworkPolicy counts as its API says.', SOURCE.policyApi),
  },
  notes: [],
  dns: STANDARD_DNS,
}
