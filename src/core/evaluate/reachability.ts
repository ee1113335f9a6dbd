import type { Direction, Rule } from '#core/model/rule.ts'
import { addTo, type ClassSet, setBit } from './classSet.ts'
import { nameSpace, portsAt } from './destinationPorts.ts'
import type { Evaluation, Speaker, Standing } from './evaluation.ts'
import { isUnplaced } from './controller.ts'
import { chosenBy, domainsOf, pointsAt } from './matching.ts'
import type { PeerClass, PodClass } from './peerClass.ts'
import { type PortBook, portBook } from './portBook.ts'
import { type Row, rowAlgebra } from './rows.ts'
import { standingOf } from './standing.ts'
import { type Algebra, type Bounds, decide, decideBetween, hearTier, type Outcome, type Voice } from './tiers.ts'

/** Rows of one direction: what a class may send (egress) or receive (ingress), with every other class. Shared where equal. */
export type RowsOf = Readonly<Record<Direction, readonly Bounds<Row>[]>>

/**
 * Who reaches whom, for all classes at once: rows by id of the class. Both rows of a connection must have a port for it to be
 * open (semantics.md A.1). As a peer, an ingress controller of which nobody said where it runs has no say in them. Own nodes and own pods are exempt from it and are looked at where a pair of pods is asked (design.md 8).
 */
export interface Reachability extends RowsOf {
  readonly evaluation: Evaluation
  readonly book: PortBook
  /** Ids are below it. */
  readonly size: number
}

/** The rows of every class of an evaluation. */
export function reachabilityOf(evaluation: Evaluation): Reachability {
  const weaver = createWeaver(evaluation, portBook())
  const { book, size } = weaver
  return { evaluation, book, size, egress: weaveAll(weaver, 'egress'), ingress: weaveAll(weaver, 'ingress') }
}

/** What making rows needs, and the parts of them that are shared. */
interface Weaver {
  readonly evaluation: Evaluation
  readonly book: PortBook
  readonly size: number
  readonly sets: Algebra<Row>
  readonly open: Bounds<Row>
  readonly rows: Map<Standing, Bounds<Row>>
  readonly byRule: Map<Rule, Map<string, Bounds<Row>>>
  readonly tiers: Map<string, Outcome<Row>>
  /** Classes at which port names mean the same, for rules of egress. */
  readonly spaces: ReadonlyMap<string, { readonly example: PeerClass; readonly words: Uint32Array }>
}

function createWeaver(evaluation: Evaluation, book: PortBook): Weaver {
  const { size } = evaluation
  const sets = rowAlgebra(book, size)
  const open = { sure: sets.all, perhaps: sets.all }
  const memo = { rows: new Map(), byRule: new Map(), tiers: new Map() }
  return { evaluation, book, size, sets, open, ...memo, spaces: spacesOf(evaluation) }
}

function weaveAll(weaver: Weaver, direction: Direction): readonly Bounds<Row>[] {
  const { podClasses, anywhere } = weaver.evaluation
  const outside = Array.from({ length: anywhere.id + 1 }, () => weaver.open)
  return [...outside, ...podClasses.map((own) => weave(weaver, own, direction))]
}

function weave(weaver: Weaver, own: PodClass, direction: Direction): Bounds<Row> {
  const { evaluation, rows, sets, open } = weaver
  if (own.finished || own.hostNetwork || isUnplaced(evaluation, own)) return open
  const standing = standingOf(evaluation, own, direction)
  const known = rows.get(standing)
  if (known) return known
  const made = standing.unevaluated ? { sure: sets.none, perhaps: sets.all } : decideRow(weaver, standing)
  rows.set(standing, made)
  return made
}

function decideRow(weaver: Weaver, standing: Standing): Bounds<Row> {
  const { sets, open } = weaver
  const { isolated, admin, networkPolicies, baseline } = standing
  if (admin.length + networkPolicies.length + baseline.length === 0) return open
  const voices = networkPolicies.map((speakers) => voicesOf(weaver, standing, speakers))
  const union = { isolated, networkPolicies: voices }
  if (admin.length + baseline.length === 0) return decide(sets, { ...union, admin: [], baseline: [] })
  return decideBetween(
    sets,
    { first: tierOf(weaver, standing, 'admin'), last: tierOf(weaver, standing, 'baseline') },
    union,
  )
}

// Most classes hear the same cluster-scoped policies.
function tierOf(weaver: Weaver, standing: Standing, tier: 'admin' | 'baseline'): Outcome<Row> {
  const { sets, tiers } = weaver
  const own = standing.applicable.filter(({ policy }) => policy.tier === tier).map(({ id }) => id)
  const key = `${own.join(' ')}${spaceOf(standing)}`
  const known = tiers.get(key)
  if (known) return known
  const voices = standing[tier].map((level) => level.map((speakers) => voicesOf(weaver, standing, speakers)))
  const outcome = hearTier(sets, { levels: voices, from: sets.all })
  tiers.set(key, outcome)
  return outcome
}

function spaceOf({ direction, example }: Standing): string {
  return direction === 'ingress' ? nameSpace(example) : ''
}

function voicesOf(weaver: Weaver, standing: Standing, speakers: readonly Speaker[]): readonly Voice<Row>[] {
  return speakers.map((speaker) => ({
    action: speaker.rule.action,
    selects: speaker.selected === 'yes',
    matches: matchesOf(weaver, standing, speaker),
  }))
}

function matchesOf(weaver: Weaver, standing: Standing, { rule, named }: Speaker): Bounds<Row> {
  const space = named ? spaceOf(standing) : ''
  const known = weaver.byRule.get(rule) ?? new Map<string, Bounds<Row>>()
  weaver.byRule.set(rule, known)
  const found = known.get(space) ?? weaveRule(weaver, rule, { named, standing })
  known.set(space, found)
  return found
}

interface Asking {
  readonly named: boolean
  readonly standing: Standing
}

function weaveRule(weaver: Weaver, rule: Rule, { named, standing }: Asking): Bounds<Row> {
  const { sets } = weaver
  const peers = peersOf(weaver, rule)
  const at = (words: Uint32Array | undefined): Row => {
    if (!words) return sets.none
    if (named && standing.direction === 'egress') return byNames(weaver, rule, words)
    return slice(weaver, rule, { destination: standing.example, words })
  }
  const sure = at(peers.sure)
  return { sure, perhaps: peers.perhaps === peers.sure ? sure : at(peers.perhaps) }
}

// What a name means depends on who is at the other end (semantics.md A.9).
function byNames(weaver: Weaver, rule: Rule, words: Uint32Array): Row {
  const rows = [...weaver.spaces.values()].map(({ example, words: there }) =>
    slice(weaver, rule, { destination: example, words: words.map((word, i) => word & (there[i] ?? 0)) }),
  )
  return weaver.sets.uniteAll(rows)
}

function slice(
  { evaluation, book }: Weaver,
  rule: Rule,
  { destination, words }: { readonly destination: PeerClass; readonly words: Uint32Array },
): Row {
  const ports = book.idOf(portsAt(evaluation, rule, destination))
  return ports === 0 || words.every((word) => word === 0) ? [] : [{ ports, words }]
}

function peersOf(weaver: Weaver, rule: Rule): { readonly sure?: Uint32Array; readonly perhaps?: Uint32Array } {
  const { evaluation, size, sets } = weaver
  const chosen = chosenBy(evaluation, rule)
  if (chosen === 'any') {
    const words = sets.all[0]?.words
    return words ? { sure: words, perhaps: words } : {}
  }
  const sure = new Uint32Array((size + 31) >>> 5)
  addTo(sure, chosen.yes)
  const isNamed = domainsOf(rule).length > 0
  if (isNobody(evaluation, chosen.unknown) && !isNamed) return { sure, perhaps: sure }
  const perhaps = sure.slice()
  addTo(perhaps, chosen.unknown)
  if (isNamed) for (const id of maybeNamed(evaluation, rule)) setBit(perhaps, id)
  return { sure, perhaps }
}

// An ingress controller that is nowhere may be anyone: it would leave every rule unsure, and is asked about in pairs only.
function isNobody({ controller }: Evaluation, { size, ids }: ClassSet): boolean {
  return size === 0 || (size === 1 && !controller.isPlaced && ids?.[0] === controller.class.id)
}

function maybeNamed(evaluation: Evaluation, rule: Rule): readonly number[] {
  const all = [...evaluation.addressClasses, ...evaluation.podClasses]
  return all.filter((peer) => pointsAt(evaluation, rule, peer) !== 'no').map(({ id }) => id)
}

function spacesOf({ addressClasses, anywhere, podClasses, size }: Evaluation): Weaver['spaces'] {
  const spaces = new Map<string, { example: PeerClass; words: Uint32Array }>()
  for (const peer of [...addressClasses, anywhere, ...podClasses]) {
    const key = nameSpace(peer)
    const known = spaces.get(key) ?? { example: peer, words: new Uint32Array((size + 31) >>> 5) }
    spaces.set(key, known)
    setBit(known.words, peer.id)
  }
  return spaces
}
