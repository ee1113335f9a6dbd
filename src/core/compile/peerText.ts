import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { parseIp } from '#core/model/cidr.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { labelAdvice, selectWorkload, type SelectorText } from './labelsFor.ts'

type WorkloadEnd = Extract<End, { readonly workload: string }>

/** An end as a rule names it: peers to be written (`'any'`: none, everybody), and what the user should know. */
export interface PeerText {
  readonly peers: readonly object[] | 'any'
  readonly warnings: readonly string[]
}

/** The pods that a policy selects, as its `podSelector` is written. */
export interface SubjectText {
  readonly namespace: string
  readonly podSelector: SelectorText
  /** The first part of the policy's name. */
  readonly stem: string
  readonly warnings: readonly string[]
}

// What "the internet" leaves out: private, shared and link-local addresses, the metadata service among them (semantics.md F.1.9).
const NOT_INTERNET_V4 = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']
const NOT_INTERNET_V6 = ['fc00::/7', 'fe80::/10']

/** How a rule of a policy in `namespace` names this end (semantics.md F.2); a text instead where it can't, saying what would help. */
export function peerFor(evaluation: Evaluation, namespace: string, end: End): PeerText | string {
  if ('workload' in end) return workloadPeer(evaluation.cluster, namespace, end)
  if ('namespace' in end) {
    const own = end.namespace === namespace
    return said([own ? { podSelector: {} } : { namespaceSelector: byName(end.namespace) }])
  }
  if ('cidr' in end)
    return said([{ ipBlock: { cidr: end.cidr, ...(end.except?.length ? { except: end.except } : {}) } }])
  if ('anywhere' in end) return { peers: 'any', warnings: [] }
  if ('internet' in end) return said(internet(evaluation.usesV6))
  const ip = parseIp(end.host)
  if (!ip) return `A NetworkPolicy can't name a host. Draw to the addresses of ${end.host} as an IP block.`
  return said([{ ipBlock: { cidr: `${end.host}/${ip.family === 'v4' ? 32 : 128}` } }])
}

/** How a policy selects this end; a text instead where it can't, saying what would help. */
export function subjectFor(cluster: Cluster, end: End): SubjectText | string {
  if (!('namespace' in end)) return `${endName(end)} is outside of the cluster: no policy selects it.`
  if (!('workload' in end)) return { namespace: end.namespace, podSelector: {}, stem: 'all', warnings: [] }
  const found = selection(cluster, end)
  if (typeof found === 'string') return found
  const stem = end.workload.slice(end.workload.indexOf('/') + 1)
  return { namespace: end.namespace, podSelector: found.selector, stem, warnings: found.warnings }
}

function workloadPeer(cluster: Cluster, namespace: string, end: WorkloadEnd): PeerText | string {
  const found = selection(cluster, end)
  if (typeof found === 'string') return found
  const pods = { podSelector: found.selector }
  const peer = end.namespace === namespace ? pods : { namespaceSelector: byName(end.namespace), ...pods }
  return { peers: [peer], warnings: found.warnings }
}

function selection(cluster: Cluster, end: WorkloadEnd): { selector: SelectorText; warnings: string[] } | string {
  const workload = cluster.workloads.find(({ id }) => id === endId(end))
  const name = endName(end)
  if (!workload) return `${name} is not loaded.`
  if (workload.pods.some(({ hostNetwork }) => hostNetwork))
    return `${name} runs in the host network: policies neither select it nor name it. Draw to its nodes' addresses as an IP block.`
  const found = selectWorkload(cluster, workload)
  const advice = labelAdvice(workload)
  if (!found)
    return `The pods of ${name} share no label to select them by. Add one to its pod template, such as \`${advice}\`.`
  if (found.alsoSelects.length === 0) return { selector: found.selector, warnings: [] }
  const also = found.alsoSelects.join(', ')
  const warning = `No label tells ${name} apart from ${also}, so that is selected, too. Add a label of its own to separate them.`
  return { selector: found.selector, warnings: [warning] }
}

function internet(v6: boolean): readonly object[] {
  const v4 = { ipBlock: { cidr: '0.0.0.0/0', except: NOT_INTERNET_V4 } }
  return v6 ? [v4, { ipBlock: { cidr: '::/0', except: NOT_INTERNET_V6 } }] : [v4]
}

function byName(namespace: string): SelectorText {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } }
}

function said(peers: readonly object[]): PeerText {
  return { peers, warnings: [] }
}
