import type { Labels } from './labels.ts'
import type { ChosenProfile } from './profile.ts'

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
}

/** The settings of a workspace that says nothing. */
export const DEFAULT_SETTINGS: Settings = {
  podCidrs: ['0.0.0.0/0', '::/0'],
  unknownLabels: 'unknown',
  ignoreHostNetwork: false,
  directOwners: false,
  ingressController: 'unknown',
  profile: { id: 'reference' },
}
