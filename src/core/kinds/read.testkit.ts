import type { Workload } from '#core/model/cluster.ts'
import type { Selector } from '#core/model/labels.ts'
import type { PeerMatcher, Policy } from '#core/model/rule.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import type { SourceDocument } from './kind.ts'
import type { ControllerObject, KubeObject, PodObject } from './object.ts'
import { readObject } from './read.ts'

/** A document of a test; a text that doesn't parse fails the test. */
export function documentOf(text: string): SourceDocument {
  const { tree, problems } = parseDocument(text)
  if (!tree) throw new Error(`not a document: ${problems.map(({ message }) => message).join()}\n${text}`)
  return { id: 'd1', tree: tree satisfies Tree }
}

/** What a text means; fails where it is of a kind that is skipped. */
export function objectOf(text: string): KubeObject {
  const object = readObject(documentOf(text))
  if (!object) throw new Error(`not a kind that is read:\n${text}`)
  return object
}

/** The controller or pod that a text describes. */
export function workloadOf(text: string): ControllerObject | PodObject {
  const object = objectOf(text)
  if (object.type !== 'controller' && object.type !== 'pod') throw new Error(`no workload:\n${text}`)
  return object
}

/** The policies that a text is lowered to. */
export function policiesOf(text: string): readonly Policy[] {
  const object = objectOf(text)
  if (object.type !== 'policy') throw new Error(`no policy:\n${text}`)
  return object.policies
}

/** A NetworkPolicy `shop/p` with this spec (flow YAML), lowered. */
export function lowered(spec: string): Policy {
  const [policy] = policiesOf(
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: ${spec}\n`,
  )
  if (!policy) throw new Error('no policy')
  return policy
}

/** Rules without their refs, short: `{ingress: ['shop {app In web}'], ports: ['TCP range 80 80']}`. */
export function rulesOf(policy: Policy): readonly object[] {
  return policy.rules.map(({ direction, peers, ports }) => ({
    [direction]: peers === 'any' ? 'any' : peers.map(peerOf),
    ports: ports === 'any' ? 'any' : ports.map(({ protocol, port }) => `${protocol} ${Object.values(port).join(' ')}`),
  }))
}

/** A selector, short: `{app In web, tier Exists }`. */
export function selectorText(selector: Selector): string {
  return `{${selector.map(({ key, operator, values }) => `${key} ${operator} ${values.join('|')}`).join(', ')}}`
}

function peerOf(peer: PeerMatcher): string {
  if (peer.type === 'ipBlock') return [peer.cidr, ...peer.except].join(' - ')
  if (peer.type === 'nodes') return `nodes ${selectorText(peer.nodes)}`
  if (peer.type === 'domains') return `domains ${peer.names.join(' ')}`
  const { namespaces } = peer
  return `${namespaces.type === 'name' ? namespaces.name : selectorText(namespaces.selector)} ${selectorText(peer.pods)}`
}

/** The labels of a workload's pods, with the keys that are not known. */
export function labelsOfPods(pods: Workload['pods']): readonly object[] {
  return pods.map(({ name, count, labels }) => ({ name, count, ...labels.labels, unknown: labels.unknown }))
}
