import type { Direction, PeerMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { FieldPath, Ref } from '#core/model/text.ts'
import { at, child } from '#core/yaml/tree.ts'
import { canonicalCidr } from './cidrText.ts'
import { isNull, itemsOf, numberOf, refTo, textAt, textOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readListOrAny } from './listed.ts'
import { readableName, readMeta } from './meta.ts'
import type { PolicyObject } from './object.ts'
import { protocolOf } from './podTemplate.ts'
import { readSelector } from './selector.ts'

const NETWORK_POLICY = { groups: ['networking.k8s.io', 'extensions'], scope: 'namespaced' } as const
const DIRECTIONS = [
  { type: 'Ingress', direction: 'ingress', peers: 'from' },
  { type: 'Egress', direction: 'egress', peers: 'to' },
] as const

/** The label by which Drawbridge knows its own policies (design.md 8). */
export const MANAGED_LABEL = { key: 'app.kubernetes.io/managed-by', value: 'drawbridge' } as const

/** NetworkPolicy v1, lowered with the server's defaults (semantics.md A.3-A.9); what is invalid in it is for `validate` to say. */
export const networkPolicy: Kind = {
  ...NETWORK_POLICY,
  kind: 'NetworkPolicy',
  versions: ['v1'],
  example: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 8080 }]
`,
  read: readNetworkPolicy,
}

function readNetworkPolicy(document: SourceDocument): PolicyObject {
  const meta = readMeta(document, NETWORK_POLICY)
  const namespace = meta.namespace ?? 'default'
  const policy: Policy = {
    ref: meta.ref,
    name: readableName(meta),
    namespace,
    tier: 'networkPolicy',
    priority: 0,
    subject: podMatcher(document, ['spec', 'podSelector'], namespace),
    directions: directionsOf(document),
    rules: DIRECTIONS.flatMap((side) => readRules(document, namespace, side)),
    managed: meta.labels[MANAGED_LABEL.key] === MANAGED_LABEL.value,
    stale: false,
  }
  return { type: 'policy', meta, policies: [policy] }
}

// Only a list of length 0 is defaulted; an egress rule, even an empty one, adds Egress (semantics.md A.3).
function directionsOf({ tree }: SourceDocument): readonly Direction[] {
  const types = itemsOf(at(tree, ['spec', 'policyTypes'])).map((type) => textOf(type) ?? '')
  if (types.length > 0) return DIRECTIONS.filter(({ type }) => types.includes(type)).map(({ direction }) => direction)
  return itemsOf(at(tree, ['spec', 'egress'])).length > 0 ? ['ingress', 'egress'] : ['ingress']
}

// A null rule is an empty one (semantics.md A.4).
function readRules(document: SourceDocument, namespace: string, side: (typeof DIRECTIONS)[number]): Rule[] {
  const path = ['spec', side.direction]
  return itemsOf(at(document.tree, path)).map((_, i) => ({
    ref: refTo(document, [...path, i]),
    direction: side.direction,
    action: 'allow',
    peers: readListOrAny(document, [...path, i, side.peers], (peer) => readPeer(document, peer, namespace)),
    ports: readListOrAny(document, [...path, i, 'ports'], (port) => readPort(document, port)),
  }))
}

function readPeer(document: SourceDocument, path: FieldPath, namespace: string): PeerMatcher[] {
  const tree = at(document.tree, path)
  const block = child(tree, 'ipBlock')
  if (!isNull(block)) return readIpBlock(document, [...path, 'ipBlock'], refTo(document, path))
  const hasNamespaces = !isNull(child(tree, 'namespaceSelector'))
  if (!hasNamespaces && isNull(child(tree, 'podSelector'))) return []
  const own = podMatcher(document, [...path, 'podSelector'], namespace)
  const ref = refTo(document, path)
  if (!hasNamespaces) return [{ ...own, ref }]
  const selector = readSelector(document, [...path, 'namespaceSelector'])
  const isEveryPod = own.pods.length === 0 && !isNull(child(tree, 'podSelector'))
  return [{ ...own, namespaces: { type: 'selector', selector }, ...(isEveryPod ? { everyPod: true } : {}), ref }]
}

function readIpBlock(document: SourceDocument, path: FieldPath, ref: Ref): PeerMatcher[] {
  const tree = at(document.tree, path)
  const cidr = canonicalCidr(textAt(tree, 'cidr') ?? '')
  if (cidr === undefined) return []
  const except = itemsOf(child(tree, 'except')).flatMap((hole) => canonicalCidr(textOf(hole) ?? '') ?? [])
  return [{ type: 'ipBlock', cidr, except, ref }]
}

function podMatcher(document: SourceDocument, path: FieldPath, namespace: string): PodMatcher {
  return {
    type: 'pods',
    namespaces: { type: 'name', name: namespace },
    pods: readSelector(document, path),
    ref: refTo(document, path),
  }
}

function readPort(document: SourceDocument, path: FieldPath): PortMatcher[] {
  const tree = at(document.tree, path)
  const protocol = protocolOf(child(tree, 'protocol'))
  if (!protocol) return []
  const ref = refTo(document, path)
  const port = child(tree, 'port')
  const from = numberOf(port)
  if (from !== undefined) {
    return [{ protocol, port: { type: 'range', from, to: numberOf(child(tree, 'endPort')) ?? from }, ref }]
  }
  const name = textOf(port)
  return [{ protocol, port: name === undefined ? { type: 'all' } : { type: 'named', name }, ref }]
}
