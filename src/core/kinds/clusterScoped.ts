import type { Direction, PeerMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at, child } from '#core/yaml/tree.ts'
import { type PeerField, readPeer, readPods } from './clusterScopedPeers.ts'
import { itemsOf, numberOf, refTo, textAt } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readListOrAny } from './listed.ts'
import { readableName, readMeta } from './meta.ts'
import { MANAGED_LABEL } from './networkPolicy.ts'
import type { PolicyObject } from './object.ts'

const CLUSTER_SCOPED = { groups: ['policy.networking.k8s.io'], scope: 'cluster' } as const
const SIDES = [
  { direction: 'ingress', peers: 'from' },
  { direction: 'egress', peers: 'to' },
] as const

/** What the kinds of sig-network-policy-api, which are written alike, do differently (semantics.md C.3, C.4). */
export interface Dialect extends Pick<Kind, 'kind' | 'versions' | 'example'> {
  /** When it is asked. */
  readonly standing: (document: SourceDocument) => Pick<Policy, 'tier' | 'priority'>
  /** Its word for each action. */
  readonly actions: ReadonlyMap<string, Rule['action']>
  /** What a peer can be, by direction. */
  readonly peers: Readonly<Record<Direction, readonly PeerField[]>>
  readonly ports: {
    /** The field of a rule that lists them. */
    readonly key: string
    readonly read: (document: SourceDocument, path: FieldPath) => readonly PortMatcher[]
  }
}

/** A registry entry for one kind of sig-network-policy-api; what is invalid in a document is for `validate` to say. */
export function clusterScoped(dialect: Dialect): Kind {
  const { kind, versions, example } = dialect
  const rest = versions ? { versions } : {}
  return { ...CLUSTER_SCOPED, ...rest, kind, example, read: (document) => readPolicy(document, dialect) }
}

/** `spec.priority`, 0 where there is none (the server refuses that). */
export function priorityOf({ tree }: SourceDocument): number {
  return numberOf(at(tree, ['spec', 'priority'])) ?? 0
}

function readPolicy(document: SourceDocument, dialect: Dialect): PolicyObject {
  const meta = readMeta(document, CLUSTER_SCOPED)
  const rules = SIDES.flatMap((side) => readRules(document, side, dialect))
  const policy: Policy = {
    ref: meta.ref,
    name: readableName(meta),
    ...dialect.standing(document),
    kind: dialect.kind,
    subject: readSubject(document),
    // No isolation: without a rule of a direction it has no say there (semantics.md C.2).
    directions: SIDES.map(({ direction }) => direction).filter((own) =>
      rules.some(({ direction }) => direction === own),
    ),
    rules,
    managed: meta.labels[MANAGED_LABEL.key] === MANAGED_LABEL.value,
    stale: false,
  }
  return { type: 'policy', meta, policies: [policy] }
}

function readSubject(document: SourceDocument): PodMatcher {
  const path = ['spec', 'subject']
  const everybody = { type: 'pods', namespaces: { type: 'selector', selector: [] }, pods: [] } as const
  return readPods(document, path) ?? { ...everybody, ref: refTo(document, path) }
}

function readRules(document: SourceDocument, side: (typeof SIDES)[number], dialect: Dialect): readonly Rule[] {
  const path = ['spec', side.direction]
  return itemsOf(at(document.tree, path)).flatMap((tree, i) => {
    const own = [...path, i]
    const action = dialect.actions.get(textAt(tree, 'action') ?? '')
    if (!action) return []
    const known = dialect.peers[side.direction]
    const list = itemsOf(child(tree, side.peers))
    const peers = list.map((_, j) => readPeer(document, [...own, side.peers, j], known))
    const ports = readListOrAny(document, [...own, dialect.ports.key], (port) => dialect.ports.read(document, port))
    return {
      ref: refTo(document, own),
      name: textAt(tree, 'name') || undefined,
      direction: side.direction,
      ...effectOf(action, peers, ports),
    }
  })
}

// A peer of which no field is known comes from an API that is newer than this reader. It fails closed: an allowing rule
// matches nothing, any other rule denies everything to everybody (semantics.md C.2).
function effectOf(
  action: Rule['action'],
  peers: readonly (readonly PeerMatcher[] | undefined)[],
  ports: Rule['ports'],
): Pick<Rule, 'action' | 'peers' | 'ports'> {
  if (!peers.includes(undefined)) return { action, peers: peers.flatMap((peer) => peer ?? []), ports }
  return action === 'allow' ? { action, peers: [], ports } : { action: 'deny', peers: 'any', ports: 'any' }
}
