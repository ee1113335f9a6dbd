import type { ChosenProfile } from '#core/model/profile.ts'
import { profileOf } from './index.ts'

/** A profile that a pod of the cluster points to. */
interface Proposal {
  readonly profile: ChosenProfile
  /** The line, or the part of it, that shows it; at most 120 characters. */
  readonly evidence: string
}

/** Which CNI a list of pods shows: the likeliest first. */
export interface Detected {
  readonly proposals: readonly Proposal[]
  /** What to make of them, for people. */
  readonly hint: string
}

interface Sign {
  readonly id: string
  /** The name of a pod, without what its controller adds, or of a container or image. */
  readonly name: RegExp
  /** An image whose tag is the CNI's version. */
  readonly image?: RegExp
}

// In the order of trust: those that enforce come before those that only connect.
const SIGNS: readonly Sign[] = [
  { id: 'gke-dataplane-v2', name: /^anetd(?:-|$)/ },
  {
    id: 'cilium',
    name: /^cilium-(?:agent|(?:operator|envoy)(?:-.*)?|[a-z0-9]{5})$/,
    image: /(?:^|\/)cilium\/cilium:v?(\d+\.\d+(?:\.\d+)?)/,
  },
  {
    id: 'calico',
    name: /^(?:calico-(?:node|typha|kube-controllers|apiserver)|(?:rke2-)?canal|tigera-operator)(?:-|$)/,
    image: /(?:^|\/)(?:calico\/|calico-)node:v?(\d+\.\d+(?:\.\d+)?)/,
  },
  { id: 'weave-net', name: /^weave-(?:net|npc)(?:-|$)/ },
  {
    id: 'antrea',
    name: /^antrea-(?:agent|controller)(?:-|$)/,
    image: /(?:^|\/)antrea\/antrea-[a-z-]+:v?(\d+\.\d+(?:\.\d+)?)/,
  },
  { id: 'ovn-kubernetes', name: /^ovnkube-(?:node|master|control-plane|controller)(?:-|$)/ },
  { id: 'azure-npm-windows', name: /^azure-npm-win(?:-|$)/ },
  { id: 'azure-npm-linux', name: /^azure-npm(?!-win)(?:-|$)/ },
  { id: 'kube-router', name: /^kube-router(?:-|$)/ },
  {
    id: 'kindnet',
    name: /^(?:kindnet|kube-network-policies)(?:-|$)/,
    image: /(?:^|\/)kube-network-policies:v?(\d+\.\d+(?:\.\d+)?)/,
  },
  { id: 'k3s', name: /^(?:k3s|helm-install-traefik|svclb-traefik)(?:-|$)/ },
  { id: 'aws-vpc-cni', name: /^(?:aws-node|aws-eks-nodeagent|amazon-network-policy-controller)(?:-|$)/ },
  { id: 'flannel', name: /^kube-flannel(?:-|$)/ },
]
// One pod of both: Flannel that connects, and Calico that enforces.
const CANAL = /(?:^|[\s/"':])(?:rke2-)?canal-/

// They connect pods, and leave policies to what runs beside them. k3s has a policy engine of its own unless another CNI is there.
const CONNECTS: ReadonlySet<string> = new Set(['flannel', 'aws-vpc-cni', 'k3s'])
const MOST_LETTERS = 120

/**
 * The profiles that the pods of a cluster point to: from the output of `kubectl get pods -n kube-system` as a table, as names
 * (`-o name`), as YAML or as JSON, of one namespace or all. Anything else shows none.
 */
export function detectProfile(text: string): Detected {
  const found = new Map<string, { readonly evidence: string }>()
  const versions = new Map<string, string>()
  for (const part of text.split(/[\n\r,{}[\]]/)) {
    const evidence = part.trim().replace(/^- /, '')
    for (const word of wordsOf(evidence)) note(word, { evidence, found, versions })
  }
  const all = [...new Set(SIGNS.map(({ id }) => id))].flatMap((id) => {
    const shown = found.get(id)
    return shown ? [{ id, proposal: proposalFor(id, shown.evidence, versions.get(id)) }] : []
  })
  const enforcing = all.filter(({ id }) => !CONNECTS.has(id))
  const best = enforcing.length > 0 ? enforcing : all
  const beside = all.filter((one) => !best.includes(one))
  const proposals = best.map(({ proposal }) => proposal)
  return {
    proposals,
    hint: hintFor(
      text,
      proposals,
      beside.map(({ proposal }) => proposal),
    ),
  }
}

function proposalFor(sign: string, evidence: string, version: string | undefined): Proposal {
  const id = sign === 'k3s' ? 'kube-router' : sign
  return { profile: version === undefined ? { id } : { id, version }, evidence }
}

interface Notes {
  readonly evidence: string
  readonly found: Map<string, { readonly evidence: string }>
  readonly versions: Map<string, string>
}

function note(word: string, { evidence, found, versions }: Notes): void {
  for (const { id, name, image } of SIGNS) {
    const version = image?.exec(word)?.[1]
    if (version !== undefined && !versions.has(id)) versions.set(id, version)
    const isShown = version !== undefined || word.split('/').some((step) => name.test(step))
    if (isShown && !found.has(id)) found.set(id, { evidence: evidence.slice(0, MOST_LETTERS) })
  }
}

// `pod/cilium-x7k2p`, `name: cilium-x7k2p`, `"image": "quay.io/cilium/cilium:v1.16.3"`.
function wordsOf(line: string): readonly string[] {
  return line.split(/[\s"'=]+/).filter((word) => /^[a-z0-9]/.test(word) && word.length < 300)
}

function hintFor(text: string, proposals: readonly Proposal[], beside: readonly Proposal[]): string {
  const [only, ...more] = proposals
  if (!only) return hintForNone(text)
  if (more.length > 0)
    return 'More than one CNI shows: choose the one that enforces policies. The others may be left over, or only connect pods.'
  const others = beside.map(nameOf)
  const isCanal = only.profile.id === 'calico' && (others.includes('Flannel') || CANAL.test(text))
  if (isCanal) return 'This is Canal: Flannel connects the pods; Calico enforces the policies.'
  if (others.length > 0) return `${others.join(' and ')} may connect the pods; ${nameOf(only)} enforces the policies.`
  return hintForOne(text, only)
}

function hintForOne(text: string, only: Proposal): string {
  const { id } = only.profile
  if (id === 'aws-vpc-cni') return hintForAws(text)
  if (id === 'flannel') return 'Flannel alone enforces no policies.'
  if (id === 'kube-router' && !/kube-router/.test(text))
    return 'This looks like k3s, whose policies run in no pod. They count unless disable-network-policy is set.'
  return `One CNI shows: ${nameOf(only)}.`
}

// Only the arguments of the agent tell, and only YAML and JSON hold them (semantics.md D.8).
function hintForAws(text: string): string {
  const said = /--enable-network-policy=(true|false)/.exec(text)?.[1]
  if (said === 'true') return 'Policies count: enable-network-policy is true on the agent.'
  if (said === 'false')
    return 'Policies do not count here: enable-network-policy is false on the agent, so all is open.'
  return 'Policies count only where enableNetworkPolicy is set on the VPC CNI.'
}

// What clouds run where nobody chose an engine for policies, and what k3s leaves of itself without Traefik.
const ALONE: readonly (readonly [RegExp, string])[] = [
  [
    /\bazure-cns-/,
    'Azure CNI shows, and beside it nothing that is known here to enforce policies (azure-npm, cilium or calico-node).',
  ],
  [
    /\bgke-metrics-agent-/,
    'This looks like GKE, without anetd (Dataplane V2) or calico-node: policies count only where one of them runs.',
  ],
  [/\blocal-path-provisioner-/, 'This may be k3s, whose CNI runs in no pod: if it is, choose kube-router / k3s.'],
]

function hintForNone(text: string): string {
  return (
    ALONE.find(([sign]) => sign.test(text))?.[1] ??
    'No CNI that is known here shows in this text: paste what kubectl get pods -n kube-system prints, or choose one.'
  )
}

function nameOf({ profile: { id } }: Proposal): string {
  return profileOf(id)?.name ?? id
}
