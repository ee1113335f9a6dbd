import type { PeerField } from '#core/kinds/clusterScopedPeers.ts'
import { isNull, textOf } from '#core/kinds/fields.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { formatPath } from '#core/model/text.ts'
import { entries, fault, type Field, inside, keyOf, report } from './field.ts'
import { checkDomains, checkNetworks } from './networks.ts'
import { ANY, closeName, decode, listOf, object, open, rejectField, STRING } from './schema.ts'
import { checkSelector, SELECTOR } from './selector.ts'
import { checkExactlyOne, fieldsSet, quoted } from './union.ts'

/** What is true of the peers of one rule. */
export interface PeerRules {
  readonly kind: string
  readonly direction: Direction
  /** What a peer can be here. */
  readonly known: readonly PeerField[]
  /** What is said where a selector of `pods` is missing. */
  readonly selectors: Readonly<Partial<Record<'namespaceSelector' | 'podSelector', 'error' | 'warning'>>>
  /** The rule's `action`. */
  readonly action: Field
}

const PEER_FIELDS: readonly string[] = ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'] satisfies PeerField[]
// How NetworkPolicy writes peers, and where that belongs here.
const FOREIGN = new Map([
  ['podSelector', 'it belongs into `pods`'],
  ['namespaceSelector', 'it belongs into `pods`; for all pods of namespaces write `namespaces`'],
  ['ipBlock', 'write `networks`, a list of CIDRs'],
  ['ports', 'check the indentation'],
  ['protocols', 'check the indentation'],
])
// Peers of v1alpha1 before release v0.1.7, taken out again (semantics.md C.4).
const REMOVED = new Map([
  ['namespaceSelector', 'write the selector itself under `namespaces`'],
  ['sameLabels', 'write a policy for each tenant, whose `namespaces` selects the labels of that tenant'],
  ['notSameLabels', 'write a policy for each tenant, whose `namespaces` excludes the labels of that tenant (NotIn)'],
])
const REMOVED_HINT = ': removed from the API before v0.1.7 (NPEP-122); '
const REMOVED_FROM_PODS = `${REMOVED_HINT}write \`namespaceSelector\` with the selector itself`
const PODS = object({ podSelector: SELECTOR, namespaceSelector: SELECTOR, namespaces: ANY })

const OUTSIDE = open({ nodes: SELECTOR, networks: listOf(STRING), domainNames: listOf(STRING) })

/** One item of `from` or `to` (semantics.md C.2-C.4). */
export function checkPeer(peer: Field, rules: PeerRules): readonly Diagnostic[] {
  const isEmpty = fieldsSet(peer, rules.known).length === 0
  const strange = entries(peer).filter(({ key }) => !rules.known.some((name) => name === key))
  // Where what is unknown is all that it has, that says enough.
  const isSaid = isEmpty && strange.length > 0
  const isMapping = peer.tree?.type === 'mapping' || isNull(peer.tree)
  return [
    ...decode(peer, OUTSIDE),
    ...strange.map(({ key }) => checkStrange(peer, key, rules, isEmpty)),
    ...(isMapping && !isSaid ? checkExactlyOne(peer, rules.known) : []),
    ...checkPods(peer, rules.selectors),
    ...(rules.direction === 'egress' ? checkOutside(peer, rules.action) : []),
  ]
}

/** The error of a field that a peer or a subject doesn't have: says where it belongs, or which name is meant. */
export function rejectStrange(parent: Field, key: string, known: readonly string[]): Diagnostic {
  const foreign = FOREIGN.get(key)
  if (foreign) return rejectField(parent, key, `: ${foreign}`)
  const close = closeName(key, known)
  return rejectField(parent, key, close ? `. Did you mean \`${close}\`?` : '')
}

/** `namespaces`, or `pods` with its two selectors, of a peer or a subject. */
export function checkPods(field: Field, required: PeerRules['selectors']): readonly Diagnostic[] {
  const pods = inside(field, 'pods')
  return [
    ...checkNamespaces(inside(field, 'namespaces')),
    ...decode(pods, PODS),
    ...(inside(pods, 'namespaces').tree ? [rejectField(pods, 'namespaces', REMOVED_FROM_PODS)] : []),
    ...checkRequired(pods, required),
    ...['namespaceSelector', 'podSelector'].flatMap((key) => checkSelector(inside(pods, key))),
  ]
}

/** Says that a field is of the experimental channel, where it is set. */
export function checkExperimental(parent: Field, key: string): readonly Diagnostic[] {
  const field = inside(parent, key)
  if (isNull(field.tree)) return []
  const at = keyOf(parent, key)
  const message = `\`${key}\` is of the experimental channel: the CRD of the standard channel rejects it`
  return [report(field, { code: 'experimental-field', severity: 'info', message, at })]
}

function checkNamespaces(namespaces: Field): readonly Diagnostic[] {
  const removed = entries(namespaces).filter(({ key }) => REMOVED.has(key))
  if (removed.length > 0) {
    return removed.map(({ key }) => rejectField(namespaces, key, REMOVED_HINT + (REMOVED.get(key) ?? '')))
  }
  return [...decode(namespaces, SELECTOR), ...checkSelector(namespaces)]
}

function checkStrange(peer: Field, key: string, rules: PeerRules, isEmpty: boolean): Diagnostic {
  const { kind, direction, known, action } = rules
  if (PEER_FIELDS.includes(key)) return rejectField(peer, key, `: ${direction} peers of ${kind} are ${quoted(known)}`)
  const isMistake = !isEmpty || FOREIGN.has(key) || closeName(key, known) !== undefined
  return isMistake ? rejectStrange(peer, key, known) : failsClosed(peer, key, action)
}

// A newer CRD may serve it, so it isn't rejected here (semantics.md C.2).
function failsClosed(peer: Field, key: string, action: Field): Diagnostic {
  const word = textOf(action.tree) ?? ''
  const effect = word === 'Deny' || word === 'Pass' ? `this ${word} rule denies everybody` : 'it matches nothing'
  const message = `unknown field "${formatPath([...peer.path, key])}": a peer of an unknown type fails closed, so ${effect}; kubectl rejects it unless the cluster's CRD has it`
  const where = { code: 'unknown-peer', severity: 'warning', message, at: keyOf(peer, key) } as const
  return { ...report(peer, where), message }
}

function checkRequired(pods: Field, required: PeerRules['selectors']): readonly Diagnostic[] {
  if (pods.tree?.type !== 'mapping') return []
  return (['namespaceSelector', 'podSelector'] as const).flatMap((key) => {
    const severity = required[key]
    if (!severity || !isNull(inside(pods, key).tree)) return []
    const detail = `the API server wants it written; \`${key}: {}\` selects all, and so it is read here`
    return [{ ...fault(inside(pods, key), { code: 'selector-required', type: 'Required value', detail }), severity }]
  })
}

function checkOutside(peer: Field, action: Field): readonly Diagnostic[] {
  const domains = inside(peer, 'domainNames')
  const word = textOf(action.tree) ?? ''
  const isMeant = isNull(domains.tree) || (word !== 'Deny' && word !== 'Pass')
  const message = `domain names are meant for rules that allow: implementations know the addresses of names only as far as pods ask for them, so \`${word}\` may miss some`
  return [
    ...checkNetworks(inside(peer, 'networks')),
    ...checkSelector(inside(peer, 'nodes')),
    ...checkDomains(domains),
    ...(isMeant ? [] : [report(domains, { code: 'domain-names-not-allowing', severity: 'warning', message })]),
    ...['nodes', 'domainNames'].flatMap((key) => checkExperimental(peer, key)),
  ]
}
