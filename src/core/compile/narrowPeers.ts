import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { ipBlock, intersectIps, isNoIps, type IpSet } from '#core/model/cidr.ts'
import { endName } from '#core/model/end.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { IpBlockMatcher, PeerMatcher } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { addEntry, appendItem, removeAt, setValue } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import type { Splice } from './draft.ts'
import { cidrsOf, pierce } from './narrowBlocks.ts'
import { mayBeAt, type Outcast } from './narrowEnd.ts'
import { type Copy, type Expression, separate, type Term } from './narrowSelectors.ts'
import type { Refusal } from './peers.ts'
import { isSame } from './same.ts'

/** What becomes of one item of `from` or `to`: it is no business of the end's, it goes, or these splices leave the end out of it. */
export type Narrowed = 'same' | 'gone' | { readonly splices: readonly Splice[]; readonly told: string }

/** Leaves an end out of an item of a list of peers; the item stands at `path`, the list may grow at its end. */
export function narrowPeer(
  evaluation: Evaluation,
  { peer, item }: { readonly peer: PeerMatcher; readonly item: Tree | undefined },
  out: Outcast,
): Narrowed | Refusal {
  if (peer.type === 'ipBlock') return narrowBlock(evaluation, peer, out)
  if (peer.type !== 'pods') return 'same'
  const path = peer.ref.path
  const found = separate(evaluation, peer, out)
  if (found === 'same' || found === 'gone') return found
  if ('on' in found) return { splices: [addTerm(path, found)], told: tellTerm(found) }
  const items = 'items' in found ? found.items : found.copies.map((copy) => copyOf(item, copy))
  return { splices: replaceItem(path, items), told: 'peer by peer' }
}

/** Everybody but the end, as peers of a rule that named none: pods by selectors, the outside by blocks as far as they can leave it out. */
export function everybodyBut(
  evaluation: Evaluation,
  out: Outcast,
): { readonly items: readonly object[]; readonly isOutsideCut: boolean } {
  const every = { type: 'pods', namespaces: { type: 'selector', selector: [] }, pods: [] } as const
  const found = separate(evaluation, { ...every, ref: NOWHERE }, out)
  const all = { namespaceSelector: {} }
  const pods = found === 'same' ? [all] : found === 'gone' ? [] : plainItems(all, found)
  const blocks = blocksBut(evaluation, out)
  return { items: [...pods, ...(blocks ?? [])], isOutsideCut: blocks === undefined }
}

const NOWHERE = { document: '', path: [], range: { from: 0, to: 0 } }
const EVERY_BLOCK = ['0.0.0.0/0', '::/0']

function plainItems(all: object, found: Exclude<ReturnType<typeof separate>, 'same' | 'gone'>): readonly object[] {
  if ('items' in found) return found.items
  if ('copies' in found) return found.copies.map((copy) => withTerm(all, copy))
  return [withTerm(all, { term: found })]
}

// Undefined where no block can leave the end out: nothing tells its addresses.
function blocksBut(evaluation: Evaluation, { ips }: Outcast): readonly object[] | undefined {
  if (!ips) return undefined
  const cidrs = evaluation.usesV6 ? EVERY_BLOCK : EVERY_BLOCK.slice(0, 1)
  return cidrs.flatMap((cidr) => {
    const rest = pierce({ cidr, except: [] }, ips)
    if (rest === 'gone') return []
    if (rest === 'same') return [{ ipBlock: { cidr } }]
    return 'holes' in rest ? [{ ipBlock: { cidr, except: rest.holes } }] : rest.blocks.map(asPeer)
  })
}

function narrowBlock(evaluation: Evaluation, peer: IpBlockMatcher, out: Outcast): Narrowed | Refusal {
  const own = ipBlock(peer.cidr, peer.except)
  const mayHold = (ips: IpSet): boolean => !isNoIps(intersectIps(own, ips))
  if (!mayHold(out.ips ?? mayBeAt(evaluation, out.pods))) return 'same'
  if (!out.ips)
    return {
      refusal: `The block ${peer.cidr} may hold addresses of ${endName(out.end)}, and nothing loaded tells them: say the pod CIDR in the settings, and they can be left out of it.`,
    }
  const path = peer.ref.path
  const rest = pierce(peer, out.ips)
  if (rest === 'same' || rest === 'gone') return rest
  if ('blocks' in rest) return { splices: replaceItem(path, rest.blocks.map(asPeer)), told: rest.blocks.join(', ') }
  return { splices: rest.holes.map((hole) => addHole(path, hole)), told: `except ${rest.holes.join(', ')}` }
}

/** The addresses of an end as peers of a rule. */
export function blockPeers(ips: IpSet): readonly object[] {
  return cidrsOf(ips).map(asPeer)
}

function asPeer(cidr: string): object {
  return { ipBlock: { cidr } }
}

function addHole(path: FieldPath, hole: string): Splice {
  const block = [...path, 'ipBlock']
  return (text, tree) =>
    at(tree, [...block, 'except'])
      ? appendItem(text, tree, [...block, 'except'], hole)
      : addEntry(text, tree, block, ['except', [hole]])
}

// A term with values that is there already takes the value.
function addTerm(path: FieldPath, { on, expression }: Term): Splice {
  const own = [...path, on]
  const list = [...own, 'matchExpressions']
  return (text, tree) => {
    if (!at(tree, own)) return addEntry(text, tree, path, [on, { matchExpressions: [expression] }])
    const known = at(tree, list)
    if (!known) return addEntry(text, tree, own, ['matchExpressions', [expression]])
    const items = known.type === 'sequence' ? known.items.map(toPlain) : []
    const index = items.findIndex((item) => isTermFor(item, expression))
    const value = expression.values?.[0]
    return index >= 0 && value !== undefined
      ? appendItem(text, tree, [...list, index, 'values'], value)
      : appendItem(text, tree, list, expression)
  }
}

function isTermFor(item: unknown, { key, operator }: Expression): boolean {
  const own = item as Readonly<Record<string, unknown>> | null
  return operator === 'NotIn' && isSame([own?.['key'], own?.['operator']], [key, operator])
}

// The first takes its place, the others stand at the end of the list.
function replaceItem(path: FieldPath, [first, ...more]: readonly object[]): readonly Splice[] {
  if (!first) return [(text, tree) => removeAt(text, tree, path)]
  const added = more.map(
    (one): Splice =>
      (text, tree) =>
        appendItem(text, tree, path.slice(0, -1), one),
  )
  return [(text, tree) => setValue(text, tree, path, first), ...added]
}

/** A peer as it is written, with one more term, and perhaps for one namespace alone. */
export function copyOf(tree: Tree | undefined, copy: Copy): object {
  const plain = tree && toPlain(tree)
  return withTerm(typeof plain === 'object' && plain !== null ? plain : {}, copy)
}

type Plain = Readonly<Record<string, unknown>>

function withTerm(item: object, { term, namespace }: Copy): object {
  const own = item as Plain
  const placed =
    namespace === undefined ? own : { ...own, namespaceSelector: withName(own['namespaceSelector'], namespace) }
  if (!term) return placed
  const selector = (placed[term.on as keyof typeof placed] ?? {}) as Plain
  const known = (selector['matchExpressions'] ?? []) as readonly unknown[]
  return { ...placed, [term.on]: { ...selector, matchExpressions: [...known, term.expression] } }
}

function withName(selector: unknown, namespace: string): object {
  const own = (selector ?? {}) as Plain
  return { ...own, matchLabels: { ...(own['matchLabels'] as Plain | undefined), [NAMESPACE_NAME_LABEL]: namespace } }
}

function tellTerm({ expression: { key, operator, values = [] } }: Term): string {
  return [key, operator, values.join(', ')].join(' ').trim()
}
