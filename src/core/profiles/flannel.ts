import { asTheApiSays, fact, STANDARD_DNS } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const NOTHING = 'Flannel only connects pods: it enforces no policy at all.'

/** Flannel by itself (semantics.md D.1). */
export const flannel: Profile = {
  id: 'flannel',
  name: 'Flannel',
  summary: 'Connects pods and enforces nothing: every connection is open, whatever policies say.',
  versions: [],
  facts: {
    ...asTheApiSays(SOURCE.flannel),
    enforces: fact('no', NOTHING, SOURCE.flannel),
    egress: fact('no', NOTHING, SOURCE.flannel),
    endPort: fact('no', NOTHING, SOURCE.flannel),
    sctp: fact('no', NOTHING, SOURCE.flannel),
    namedPort: fact('no', NOTHING, SOURCE.flannel),
    ipBlockMatchesPods: fact('no', NOTHING, SOURCE.flannel),
    except: fact('no', NOTHING, SOURCE.flannel),
    ipv6: fact('no', NOTHING, SOURCE.flannel),
    icmp: fact('some-allowed', 'Every ping gets through, as nothing is enforced.', SOURCE.flannel),
    ownNode: fact('allowed', 'Everything is open, nodes too.', SOURCE.flannel),
    toOwnNode: fact('allowed', 'Everything is open, nodes too.', SOURCE.flannel),
    nodesAndNames: fact('yes', NOTHING, SOURCE.flannel),
    anp: fact('no', NOTHING, SOURCE.flannel),
    banp: fact('no', NOTHING, SOURCE.flannel),
    cnp: fact('no', NOTHING, SOURCE.flannel),
  },
  notes: [
    fact(
      'With kube-network-policies',
      'The Helm value netpol.enabled runs kube-network-policies beside it: choose that profile then.',
      SOURCE.flannel,
      { since: '0.25.5' },
    ),
    fact('Canal', 'Flannel with Calico for policies is called Canal: choose Calico then.', SOURCE.flannel),
  ],
  dns: STANDARD_DNS,
}
