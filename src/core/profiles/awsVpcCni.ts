import { asTheApiSays, fact, hostsLeftOut, STANDARD_DNS, unverified } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

/** The VPC CNI of AWS with its network policy agent switched on (semantics.md D.8). */
export const awsVpcCni: Profile = {
  id: 'aws-vpc-cni',
  name: 'AWS VPC CNI (EKS)',
  summary: 'Off unless enableNetworkPolicy is set; one address family; port names in egress count for pods only.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.awsAgent),
    ...hostsLeftOut(SOURCE.awsController),
    enforces: fact(
      'when-enabled',
      'Enforced only with enableNetworkPolicy, on EC2 Linux nodes; never on Fargate or Windows. Taken as on.',
      SOURCE.eks,
    ),
    egress: fact(
      'service-ip',
      'Egress is judged on the address of the Service: a peer selector has to fit the selector of the Service, and its port the container’s.',
      SOURCE.awsController,
    ),
    namedPort: fact(
      'pods-only',
      'In egress, a port name counts for pods only: not for an ipBlock, not without `to`.',
      SOURCE.awsController,
    ),
    ipv6: fact('one-family', 'A cluster is IPv4 or IPv6: blocks of the other family match nothing.', SOURCE.eks),
    icmp: unverified(
      'blocked',
      'A rule with ports is taken to let no ping through; nobody has checked it.',
      SOURCE.awsAgent,
    ),
    ownNode: fact('allowed', 'The own node is always allowed.', SOURCE.awsAgent),
    toOwnNode: fact('allowed', 'The own node is always allowed.', SOURCE.awsAgent),
    portLimit: fact(
      24,
      'At most 24 combinations of port and protocol count for one CIDR; what becomes of more is not written down.',
      SOURCE.awsAgent,
      { either: ['none', 24] },
    ),
    extensions: fact(
      'own-kinds',
      'Its ClusterNetworkPolicy and ApplicationNetworkPolicy are other APIs than those of Kubernetes.',
      SOURCE.awsController,
    ),
  },
  notes: [
    fact('New pods are open', 'A new pod is open until its policies arrive, unless the mode is strict.', SOURCE.eks),
    fact(
      'Open connections',
      'Connections that are open already are judged again when policies change.',
      SOURCE.awsAgent,
    ),
    unverified('Bare pods', 'Pods without an owner were not supported in older versions.', SOURCE.eks),
  ],
  dns: STANDARD_DNS,
}
