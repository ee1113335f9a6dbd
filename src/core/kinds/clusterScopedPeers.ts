import type { IpBlockMatcher, PeerMatcher, PodMatcher } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { canonicalCidr } from './cidrText.ts'
import { isNull, itemsOf, refTo, textOf } from './fields.ts'
import type { SourceDocument } from './kind.ts'
import { readSelector } from './selector.ts'

/** What a peer of sig-network-policy-api can be; exactly one of them is set (semantics.md C.3, C.4). */
export type PeerField = 'namespaces' | 'pods' | 'networks' | 'nodes' | 'domainNames'

/** The pods of a mapping with `namespaces`, or with `pods` and its two selectors; undefined where neither is set. Empty selects all. */
export function readPods(document: SourceDocument, path: FieldPath): PodMatcher | undefined {
  const tree = at(document.tree, path)
  const hasNamespaces = !isNull(child(tree, 'namespaces'))
  if (!hasNamespaces && isNull(child(tree, 'pods'))) return undefined
  const namespaces = hasNamespaces ? ['namespaces'] : ['pods', 'namespaceSelector']
  return {
    type: 'pods',
    namespaces: { type: 'selector', selector: readSelector(document, [...path, ...namespaces]) },
    pods: hasNamespaces ? [] : readSelector(document, [...path, 'pods', 'podSelector']),
    ref: refTo(document, path),
  }
}

/**
 * What one item of `from` or `to` points at: one matcher for each network. Undefined where none of the fields that are
 * known there is set.
 */
export function readPeer(
  document: SourceDocument,
  path: FieldPath,
  known: readonly PeerField[],
): readonly PeerMatcher[] | undefined {
  const tree = at(document.tree, path)
  const field = known.find((name) => !isNull(child(tree, name)))
  const ref = refTo(document, path)
  if (!field) return undefined
  if (field === 'networks') return readNetworks(document, [...path, field])
  if (field === 'nodes') return [{ type: 'nodes', nodes: readSelector(document, [...path, field]), ref }]
  if (field === 'domainNames') return [{ type: 'domains', names: domainsOf(child(tree, field)), ref }]
  const pods = readPods(document, path)
  return pods && [pods]
}

function readNetworks(document: SourceDocument, path: FieldPath): readonly IpBlockMatcher[] {
  return itemsOf(at(document.tree, path)).flatMap((network, i) => {
    const cidr = canonicalCidr(textOf(network) ?? '')
    return cidr === undefined ? [] : [{ type: 'ipBlock', cidr, except: [], ref: refTo(document, [...path, i]) }]
  })
}

function domainsOf(tree: Tree | undefined): readonly string[] {
  const names = itemsOf(tree).flatMap((name) => textOf(name) ?? [])
  return names.map((name) => name.toLowerCase().replace(/\.$/, ''))
}
