import type { Labels } from './labels.ts'
import type { ChosenProfile } from './profile.ts'
import type { Direction } from './rule.ts'

/** The pods that Ingress objects send from, as far as policies look at them. */
export interface IngressController {
  readonly namespace: string
  readonly labels: Labels
}

/** What the manifests leave open and the user may say (design.md 8, 9). */
export interface Settings {
  /** Where pods without a known IP live, canonical CIDRs; `'none'`: an ipBlock never matches them. Default: all addresses. */
  readonly podCidrs: readonly string[] | 'none'
  /** Labels of namespaces that are not loaded: not known (default), or read as absent. */
  readonly unknownLabels: 'unknown' | 'absent'
  /** Corpus runs of tools that ignore it: treat hostNetwork pods like others. Default false. */
  readonly ignoreHostNetwork: boolean
  /** Name a live pod's workload by its direct owner (ReplicaSet) instead of its Deployment. Default false. */
  readonly directOwners: boolean
  /** Where the ingress controller runs and how its pods are labelled. Default: `'unknown'`. */
  readonly ingressController: IngressController | 'unknown'
  /** The CNI whose deviations count (semantics.md D). Default: `reference`, what the API says. */
  readonly profile: ChosenProfile
  /** Do blocks hold pods and nodes whose address is in them? Default true; what `profile` says decides it (semantics.md A.8, D.3). */
  readonly ipBlocksMatchPods: boolean
  /** Directions in which policies are asked about a pod and its own node. Default: none; what `profile` says decides it (semantics.md A.10, D.2, D.11). */
  readonly policedOwnNode: readonly Direction[]
}

/** The settings of a workspace that says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  podCidrs: ['0.0.0.0/0', '::/0'],
  unknownLabels: 'unknown',
  ignoreHostNetwork: false,
  directOwners: false,
  ingressController: 'unknown',
  profile: { id: 'reference' },
  ipBlocksMatchPods: true,
  policedOwnNode: [],
}
