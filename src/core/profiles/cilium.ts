import { asTheApiSays, fact, STANDARD_DNS, unverified } from './fact.ts'
import type { Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

/** Cilium (semantics.md D.3). */
export const cilium: Profile = {
  id: 'cilium',
  name: 'Cilium',
  summary: 'An ipBlock never holds pods or nodes: 0.0.0.0/0 is only the world outside.',
  versions: ['1.14', '1.15', '1.16', '1.17', '1.20'],
  facts: {
    ...asTheApiSays(SOURCE.cilium),
    endPort: fact(
      'yes',
      'Ranges count since 1.17; before, endPort was ignored, and later the policy was refused.',
      SOURCE.aksToCilium,
      { since: '1.17', otherwise: 'unknown', either: ['start-only', 'drops-policy'] },
    ),
    sctp: fact('opt-in', 'SCTP in policies has to be switched on (sctp.enabled).', SOURCE.ciliumSctp, {
      either: ['yes', 'no'],
    }),
    ipBlockMatchesPods: fact(
      'no',
      'An ipBlock never holds pods, and holds nodes only with policy-cidr-match-mode: nodes.',
      SOURCE.ciliumLanguage,
    ),
    except: fact(
      'outside-only',
      'except counts for addresses outside: pods are in no block anyway.',
      SOURCE.ciliumLanguage,
    ),
    icmp: fact(
      'blocked',
      'A rule with ports lets no ping through, but for errors about what it allows.',
      SOURCE.cilium,
    ),
    ownNode: fact(
      'allowed',
      'The node reaches its pods, unless allow-localhost is set to policy.',
      SOURCE.ciliumLanguage,
    ),
    cnp: fact(
      'opt-in',
      'Since 1.20, and only with enable-k8s-cluster-network-policy and the CRD installed by hand.',
      SOURCE.ciliumClusterPolicy,
      { since: '1.20', otherwise: 'no', either: ['yes', 'no'] },
    ),
    extensions: fact(
      'own-kinds',
      'Deny rules, names, HTTP and entities such as the API server exist in CiliumNetworkPolicy only.',
      SOURCE.ciliumLanguage,
    ),
  },
  notes: [
    fact(
      'The API server is no address',
      'kube-apiserver, host and remote-node are entities: no ipBlock holds them while they are part of the cluster.',
      SOURCE.ciliumLanguage,
    ),
    unverified(
      'Blocks that hold pods',
      'A mode in which blocks hold pods exists since 2026; Drawbridge takes it as off.',
      SOURCE.ciliumClusterPolicy,
    ),
  ],
  dns: STANDARD_DNS,
}
