import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

/** kube-router, and k3s, which embeds its policies (semantics.md D.5). */
export const kubeRouter: Profile = {
  id: 'kube-router',
  name: 'kube-router / k3s',
  summary: 'As the API says, but for port names in egress to blocks; pings always get through. k3s embeds it.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.kubeRouter),
    ...hostsLeftOut(SOURCE.kubeRouter),
    namedPort: fact(
      'no-blocks',
      'In egress, a port name counts for no ipBlock, and without `to` only for pods of the policy’s own namespace.',
      SOURCE.kubeRouter,
    ),
    ipv6: fact('common-ranges', '::/0 stands for 2000::/3 and fd00::/8 only.', SOURCE.kubeRouter),
    icmp: fact(
      'some-allowed',
      'Echo requests and some errors are always accepted: ping works under a default deny.',
      SOURCE.kubeRouter,
    ),
  },
  notes: [
    fact('Off in k3s', 'k3s enforces nothing with disable-network-policy, or where the node has no ipset.', SOURCE.k3s),
    fact(
      'Refused, not lost',
      'A denied connection is rejected at once: clients see "refused", not a timeout.',
      SOURCE.kubeRouter,
    ),
  ],
  dns: STANDARD_DNS,
}
