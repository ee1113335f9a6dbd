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
    toOwnNode: fact('allowed', 'A pod always reaches its own node, the documentation says.', SOURCE.docs),
    anp: fact('yes', 'AdminNetworkPolicy counts as its API says.', SOURCE.policyApi),
    banp: fact('yes', 'BaselineAdminNetworkPolicy counts as its API says.', SOURCE.policyApi),
    cnp: fact('yes', 'ClusterNetworkPolicy counts as its API says.', SOURCE.policyApi),
  },
  notes: [],
  dns: STANDARD_DNS,
}
