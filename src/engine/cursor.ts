import { counted, peerListOf, podSetOf } from '#core/explain/podSets.ts'
import { deadLines } from '#core/explain/deadLines.ts'
import type { PodSet } from '#core/model/linking.ts'
import type { DocumentInfo } from '#core/model/picture.ts'
import type { PeerMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import { endsOfRule } from '#core/evaluate/peers.ts'
import { endId } from '#core/model/end.ts'
import type { Drawing } from './picture.ts'
import type { CursorPlace } from './protocol.ts'
import type { Scene } from './scene.ts'
import { edgesOfPeer, edgesOfPort, edgesTouching, placeKey } from './touching.ts'

/** Where the cursor is: `offset` in the text of a file. */
export interface Cursor {
  readonly file: string
  readonly offset: number
}

type Found = Omit<CursorPlace, 'document' | 'card'>

/**
 * The document at a place of the text, and what stands there: a policy's subject, a rule, one peer or port of it, a backend or
 * a check (of a policy or an Ingress outside of them: all); with the cards that it selects and the edges that it makes.
 */
export function placeCursor(drawing: Drawing, cursor: Cursor): CursorPlace {
  const { scene } = drawing
  const document = documentAt(scene, cursor)
  if (!document) return { rules: [], edges: [], selects: [] }
  const inside = meant(scene, cursor) - document.range.from
  const policy = scene.loaded.policies.find((one) => one.ref.document === document.id)
  const found = policy ? inPolicy(drawing, policy, inside) : inOther(drawing, document, inside)
  const card = scene.loaded.cluster.workloads.find((one) => one.refs.some((ref) => ref.document === document.id))?.id
  return { document: document.id, ...found, ...(card === undefined ? {} : { card }) }
}

// In the margin before an item, and on its dash, the item is meant.
function meant({ loaded }: Scene, { file, offset }: Cursor): number {
  const text = loaded.files.find(({ path }) => path === file)?.text ?? ''
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const line = text.slice(start, end < 0 ? text.length : end)
  const margin = /^[ \t]*(?:- +)*/.exec(line)?.[0].length ?? 0
  return margin < line.length ? Math.max(offset, start + margin) : offset
}

function inOther({ scene, picture }: Drawing, document: DocumentInfo, inside: number): Found {
  const rules = [...checksAt(scene, document, inside), ...backendsAt(scene, document, inside)]
  return { rules, edges: idsOf(edgesTouching(picture.edges, rules)), selects: [] }
}

function inPolicy(drawing: Drawing, policy: Policy, inside: number): Found {
  const rule = innermost(policy.rules, inside)
  if (rule) return inRule(drawing, { policy, rule }, inside)
  const rules = policy.rules.map(({ ref }) => ref)
  const set = podSetOf(drawing.scene.evaluation, [policy.subject])
  const edges = idsOf(edgesTouching(drawing.picture.edges, rules))
  const idle = deadNote(drawing, policy, policy.ref)
  return { rules, edges, selects: set.cards, note: say('The policy selects', set, idle) }
}

interface Where {
  readonly policy: Policy
  readonly rule: Rule
}

function inRule(drawing: Drawing, where: Where, inside: number): Found {
  const { policy, rule } = where
  const peer = rule.peers === 'any' ? undefined : innermost(rule.peers, inside)
  const port = rule.ports === 'any' ? undefined : innermost(rule.ports, inside)
  const peers = peerListOf(drawing.scene.evaluation, policy, rule)
  const found = peer ? inPeer(drawing, where, peer) : port ? inPort(drawing, where, port) : inWholeRule(drawing, where)
  return { rules: [rule.ref], ...found, ...(peers ? { peers } : {}) }
}

type Part = Pick<Found, 'edges' | 'selects' | 'note'>

function inPeer({ scene, picture, ...rest }: Drawing, { policy, rule }: Where, peer: PeerMatcher): Part {
  const set = podSetOf(scene.evaluation, [peer])
  const edges = edgesOfPeer(scene, picture.edges, { policy, rule, peer })
  const outside = peer.type === 'pods' ? [] : endsOfRule(scene.evaluation, policy, { ...rule, peers: [peer] }).peers
  const idle = deadNote({ scene, picture, ...rest }, policy, peer.ref)
  return {
    edges: idsOf(edges),
    selects: [...set.cards, ...outside.map(endId)],
    note: peer.type === 'pods' ? say('This peer selects', set, idle) : `This peer holds ${blockText(set)}.${idle}`,
  }
}

function blockText(set: PodSet): string {
  return set.pods + set.perhaps === 0 ? 'addresses, and no pod that is loaded' : `addresses, among them ${set.text}`
}

function inPort(drawing: Drawing, { policy, rule }: Where, port: PortMatcher): Part {
  const edges = edgesOfPort(drawing.scene, drawing.picture.edges, { rule, port })
  const idle = deadNote(drawing, policy, port.ref)
  return {
    edges: idsOf(edges),
    selects: [],
    note: `This port is part of ${counted(edges.length, 'connection')}.${idle}`,
  }
}

function inWholeRule(drawing: Drawing, { policy, rule }: Where): Part {
  const { scene, picture } = drawing
  const edges = edgesTouching(picture.edges, [rule.ref])
  const toward = rule.direction === 'ingress' ? 'from' : 'to'
  const idle = deadNote(drawing, policy, rule.ref)
  if (rule.peers === 'any') {
    const note = `This rule speaks of everything, ${toward} any pod and any address.${idle}`
    return { edges: idsOf(edges), selects: [], note }
  }
  const set = podSetOf(scene.evaluation, rule.peers)
  const outside = endsOfRule(scene.evaluation, policy, rule).peers.filter((end) => !('namespace' in end))
  return {
    edges: idsOf(edges),
    selects: [...set.cards, ...outside.map(endId)],
    note: say('This rule’s peers select', set, idle),
  }
}

function say(what: string, { text }: PodSet, idle: string): string {
  return `${what} ${text}.${idle}`
}

function deadNote({ scene }: Drawing, policy: Policy, ref: Ref): string {
  if (policy.stale) return ''
  const key = placeKey(ref)
  const dead = deadLines(scene.evaluation, policy).find((line) => placeKey(line.ref) === key || isAround(line.ref, ref))
  return dead ? ` ${dead.why}` : ''
}

function isAround(outer: Ref, { path }: Ref): boolean {
  return outer.path.every((step, i) => path[i] === step)
}

function idsOf(edges: readonly { readonly id: string }[]): readonly string[] {
  return edges.map(({ id }) => id)
}

// At a seam it is the one that begins there; of several around the place, the smallest.
function innermost<T extends { readonly ref: Ref }>(parts: readonly T[], offset: number): T | undefined {
  const around = parts.filter(({ ref }) => holds(ref.range, offset))
  const inner = around.filter(({ ref }) => offset < ref.range.to)
  return (inner.length > 0 ? inner : around).toSorted((a, b) => sizeOf(a.ref.range) - sizeOf(b.ref.range))[0]
}

// The item of a List lies within the List: the smaller span is meant. At a seam it is the document that begins there.
function documentAt(scene: Scene, { file, offset }: Cursor): DocumentInfo | undefined {
  const around = scene.loaded.documents.filter((one) => one.file === file && holds(one.range, offset))
  const inner = around.filter(({ range }) => offset < range.to)
  return (inner.length > 0 ? inner : around).toSorted((a, b) => sizeOf(a.range) - sizeOf(b.range))[0]
}

interface Span {
  readonly from: number
  readonly to: number
}

function sizeOf({ from, to }: Span): number {
  return to - from
}

function backendsAt(scene: Scene, document: DocumentInfo, offset: number): readonly Ref[] {
  const refs = scene.loaded.cluster.exposures.map(({ ref }) => ref).filter((ref) => ref.document === document.id)
  return within(refs, offset)
}

// Those at the place; where there are none, all of the document.
function within(refs: readonly Ref[], offset: number): readonly Ref[] {
  const here = refs.filter((ref) => holds(ref.range, offset))
  return here.length > 0 ? here : refs
}

function checksAt(scene: Scene, document: DocumentInfo, offset: number): readonly Ref[] {
  const refs = scene.loaded.checks.map((check) => check.ref).filter((ref) => ref.document === document.id)
  return refs.filter((ref) => holds(ref.range, offset))
}

function holds(range: Span, offset: number): boolean {
  return range.from <= offset && offset <= range.to
}
