import type { PeerText, SelectorText } from '#core/kinds/networkPolicyText.ts'
import { parseIp } from '#core/model/cidr.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Help } from '#core/model/intent.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { labelFor, labelHelp } from './labelAdvice.ts'
import { selectablePods, selectWorkload } from './selectors.ts'

/** The pods that a policy is about, as its `podSelector` is written. */
export interface Subject {
  readonly end: End & { readonly namespace: string }
  readonly podSelector: SelectorText
  /** What the policy's name begins with. */
  readonly stem: string
  readonly warnings: readonly string[]
  /** What would spare the warnings. */
  readonly help?: readonly Help[] | undefined
}

/** An end as a rule names it; `'any'` is no restriction. */
export interface Named {
  readonly peers: readonly PeerText[] | 'any'
  readonly warnings: readonly string[]
  /** What would spare the warnings. */
  readonly help?: readonly Help[] | undefined
}

/** Why something can't be done, in words that say what would help, and where an intent would: that. */
export interface Refusal {
  readonly refusal: string
  readonly help?: readonly Help[] | undefined
  /** What would help, alone: where the reason is told already. */
  readonly advice?: string | undefined
}

// Private, shared, and link-local addresses (the metadata service among them) are not the internet (semantics.md F.1.9).
const NOT_INTERNET = {
  v4: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  v6: ['fc00::/7', 'fe80::/10'],
}

/** How a policy selects these pods; a refusal where no label does it. */
export function subjectOf(evaluation: Evaluation, end: End & { readonly namespace: string }): Subject | Refusal {
  if (!('workload' in end)) return { end, podSelector: {}, stem: 'all', warnings: [] }
  const found = choose(evaluation, end)
  if ('refusal' in found) return found
  return {
    end,
    podSelector: found.selector,
    stem: end.workload.slice(end.workload.indexOf('/') + 1),
    warnings: found.warnings,
    help: found.help,
  }
}

/** How a rule of a policy in `namespace` names this end: selectors for what is inside, blocks for what is not (semantics.md F.2). */
export function peersOf(evaluation: Evaluation, namespace: string, end: End): Named | Refusal {
  if ('workload' in end) return podPeer(evaluation, namespace, end)
  if ('namespace' in end) {
    const own = end.namespace === namespace
    return { peers: [own ? { podSelector: {} } : { namespaceSelector: byName(end.namespace) }], warnings: [] }
  }
  if ('anywhere' in end) return { peers: 'any', warnings: [] }
  if ('anyNamespace' in end) return { peers: [{ namespaceSelector: {} }], warnings: [] }
  if ('ingressController' in end) return controllerPeer(evaluation, namespace)
  const blocks = blocksOf(evaluation, end)
  if (blocks.length === 0)
    return {
      refusal: `A NetworkPolicy can’t name a ${'node' in end ? 'node' : 'host'}: draw to the addresses of ${endName(end)} as an IP block.`,
    }
  return { peers: blocks.map((ipBlock) => ({ ipBlock })), warnings: [] }
}

/** The blocks that stand for an end outside; none for ends inside, for anywhere, and for a host that is only a name. */
export function blocksOf({ usesV6 }: Evaluation, end: End): readonly { cidr: string; except?: readonly string[] }[] {
  if ('cidr' in end)
    return [end.except && end.except.length > 0 ? { cidr: end.cidr, except: end.except } : { cidr: end.cidr }]
  if ('internet' in end) {
    const v4 = { cidr: '0.0.0.0/0', except: NOT_INTERNET.v4 }
    return usesV6 ? [v4, { cidr: '::/0', except: NOT_INTERNET.v6 }] : [v4]
  }
  const ip = 'host' in end ? parseIp(end.host) : undefined
  return ip && 'host' in end ? [{ cidr: `${end.host}/${ip.family === 'v4' ? 32 : 128}` }] : []
}

/** The running workloads of an end; none for ends outside. */
export function workloadsOf({ cluster, workloads }: Evaluation, end: End): readonly Workload[] {
  if ('anyNamespace' in end) return cluster.workloads.filter(isRunning)
  if (!('namespace' in end)) return []
  const own = workloads.get(endId(end))
  const all =
    'workload' in end ? (own ? [own] : []) : cluster.workloads.filter(({ namespace }) => namespace === end.namespace)
  return all.filter(isRunning)
}

function isRunning({ pods }: Workload): boolean {
  return pods.some(({ finished }) => !finished)
}

/** The running pods of an end: what port names mean there; none for ends outside. */
export function podsOf(evaluation: Evaluation, end: End): readonly Pod[] {
  return workloadsOf(evaluation, end).flatMap(({ pods }) => pods.filter(({ finished }) => !finished))
}

/** Can policies select its pods and name them as peers? */
export function selectable(workload: Workload): boolean {
  return selectablePods(workload).length > 0
}

/** The end that a workload is. */
export function endOf({
  namespace,
  kind,
  name,
}: Workload): End & { readonly namespace: string; readonly workload: string } {
  return { namespace, workload: `${kind}/${name}` }
}

function controllerPeer({ settings }: Evaluation, namespace: string): Named | Refusal {
  const place = settings.ingressController
  if (place === 'unknown')
    return {
      refusal:
        'Say where the ingress controller runs: a DrawbridgeSettings document with ingressController: {namespace, labels}. A policy names its pods by these.',
    }
  const labels = Object.keys(place.labels).length === 0 ? {} : { matchLabels: place.labels }
  const pods = { podSelector: labels }
  return {
    peers: [place.namespace === namespace ? pods : { namespaceSelector: byName(place.namespace), ...pods }],
    warnings: [],
  }
}

function podPeer(evaluation: Evaluation, namespace: string, end: End & { readonly workload: string }): Named | Refusal {
  const found = choose(evaluation, end)
  if ('refusal' in found) return found
  const pods = { podSelector: found.selector }
  const home = end as End & { readonly namespace: string }
  const peer = home.namespace === namespace ? pods : { namespaceSelector: byName(home.namespace), ...pods }
  return { peers: [peer], warnings: found.warnings, help: found.help }
}

interface Chosen {
  readonly selector: SelectorText
  readonly warnings: readonly string[]
  readonly help: readonly Help[]
}

function choose(evaluation: Evaluation, end: End): Chosen | Refusal {
  const workload = evaluation.workloads.get(endId(end))
  if (!workload) return { refusal: `${endName(end)} is not there: no document of the workspace makes it.` }
  if (selectablePods(workload).length < workload.pods.filter(({ finished }) => !finished).length)
    return {
      refusal: `${endName(end)} runs in the network of its nodes (hostNetwork), where no policy can select or name it: draw from or to the nodes’ addresses as an IP block instead.`,
    }
  const found = selectWorkload(evaluation.cluster, workload)
  const neighbours = evaluation.cluster.workloads.filter(({ namespace }) => namespace === workload.namespace)
  const label = labelFor(workload, neighbours)
  const advice = label.join(': ')
  const help = [labelHelp(workload, label)]
  if (!found)
    return {
      refusal: `The pods of ${endName(end)} have no label in common to select them by: add one to its pod template, for example ${advice}.`,
      help,
    }
  const others = found.alsoSelects.map((other) => endName(endOf(other))).join(', ')
  if (others === '') return { selector: found.selector, warnings: [], help: [] }
  const warning = `The labels of ${endName(end)} don’t tell it from ${others}, which this selects, too: give it a label of its own, for example ${advice}.`
  return { selector: found.selector, warnings: [warning], help }
}

function byName(namespace: string): SelectorText {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } }
}
