import type { Fact } from '#core/model/profile.ts'
import { asTheApiSays, fact, STANDARD_DNS, unverified } from './fact.ts'
import type { DnsPlace, Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const CLOUD_DNS: Fact<DnsPlace> = fact<DnsPlace>(
  { type: 'address', cidr: '169.254.169.254/32', port: 53 },
  'With Cloud DNS names are resolved at 169.254.169.254: no selector finds it.',
  SOURCE.cloudDns,
)

/** GKE Dataplane V2: Cilium's dataplane as Google builds it (semantics.md D.10). */
export const gkeDataplaneV2: Profile = {
  id: 'gke-dataplane-v2',
  name: 'GKE Dataplane V2',
  summary: 'Built on Cilium: an ipBlock is taken to hold no pods. Clusters without it use Calico.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.dataplaneV2),
    enforces: fact('yes', 'NetworkPolicies are always enforced.', SOURCE.dataplaneV2),
    endPort: unverified('unknown', 'Nobody has checked from which version on ranges count.', SOURCE.dataplaneV2, {
      either: ['yes', 'start-only'],
    }),
    sctp: unverified('unknown', 'Nobody has checked what becomes of SCTP ports.', SOURCE.dataplaneV2, {
      either: ['yes', 'no'],
    }),
    namedPort: unverified(
      'yes',
      'Port names are taken to be looked up, as Cilium does; nobody has checked it.',
      SOURCE.dataplaneV2,
    ),
    ipBlockMatchesPods: unverified(
      'no',
      'An ipBlock is taken to hold no pods or nodes, as in Cilium; nobody has checked it.',
      SOURCE.dataplaneV2,
    ),
    except: unverified(
      'outside-only',
      'except is taken to count for addresses outside, as in Cilium; nobody has checked it.',
      SOURCE.dataplaneV2,
    ),
    icmp: unverified(
      'blocked',
      'A rule with ports is taken to let no ping through, as in Cilium; nobody has checked it.',
      SOURCE.dataplaneV2,
    ),
    ownNode: unverified(
      'allowed',
      'The node is taken to reach its pods, as in Cilium; nobody has checked it.',
      SOURCE.dataplaneV2,
    ),
    cnp: unverified('no', 'ClusterNetworkPolicy is taken as unknown; nobody has checked it.', SOURCE.dataplaneV2),
    extensions: fact('own-kinds', 'FQDNNetworkPolicy names hosts, at most 50 addresses for each.', SOURCE.fqdnPolicies),
  },
  notes: [
    fact(
      'Without Dataplane V2',
      'The older dataplane of GKE uses Calico, where policies were switched on.',
      SOURCE.dataplaneV2,
    ),
  ],
  dns: [...STANDARD_DNS, CLOUD_DNS],
}
