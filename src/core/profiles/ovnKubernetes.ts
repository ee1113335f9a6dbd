import type { Fact } from '#core/model/profile.ts'
import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS } from './fact.ts'
import type { DnsPlace, Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const DNS: Fact<DnsPlace> = fact<DnsPlace>(
  { type: 'pods', namespace: 'openshift-dns', labels: {}, port: 5353 },
  'OpenShift’s DNS pods run in openshift-dns and listen on 5353: a rule for 53 blocks names.',
  SOURCE.openshiftDns,
)

/** OVN-Kubernetes, OpenShift's network (semantics.md D.7). */
export const ovnKubernetes: Profile = {
  id: 'ovn-kubernetes',
  name: 'OVN-Kubernetes (OpenShift)',
  summary: 'A port name opens every port of its protocol; DNS pods listen on 5353.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.ovnKubernetes),
    ...hostsLeftOut(SOURCE.ovnKubernetes),
    namedPort: fact(
      'all-ports',
      'A port name is not looked up: it opens every port of its protocol.',
      SOURCE.ovnNamedPorts,
    ),
    ownNode: fact('allowed', 'Traffic from the node’s management port is let in.', SOURCE.ovnKubernetes),
    hostNetworkPeers: fact(
      'by-namespace',
      'A namespaceSelector alone that selects the namespace of the nodes, or all, points at nodes, too (shown where Node objects are loaded).',
      SOURCE.ovnKubernetes,
    ),
    anp: fact('yes', 'AdminNetworkPolicy is enforced.', SOURCE.ovnKubernetes),
    banp: fact('yes', 'BaselineAdminNetworkPolicy is enforced.', SOURCE.ovnKubernetes),
    priorityLimit: fact(
      99,
      'An AdminNetworkPolicy with a priority above 99 is refused with an event.',
      SOURCE.ovnKubernetes,
    ),
    extensions: fact('own-kinds', 'EgressFirewall names hosts and denies, per namespace.', SOURCE.ovnKubernetes),
  },
  notes: [
    fact(
      'Stateless policies',
      'An optional annotation makes policies stateless: replies then need rules of their own.',
      SOURCE.ovnKubernetes,
    ),
  ],
  dns: [DNS, ...STANDARD_DNS.slice(1)],
}
