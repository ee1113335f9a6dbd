import type { Direction, Rule } from '#core/model/rule.ts'
import { addTo, type ClassSet, setBit } from './classSet.ts'
import { asksByName, nameSpace, portsAt } from './destinationPorts.ts'
import type { Chosen, Evaluation, Speaker, Standing } from './evaluation.ts'
import { isUnplaced } from './controller.ts'
import { chosenBy, domainsOf, pointsAt } from './matching.ts'
import type { PeerClass, PodClass } from './peerClass.ts'
import { ALL, NONE, type PortBook, portBook } from './portBook.ts'
import { portsIn, type Row, rowAlgebra } from './rows.ts'
import { sidesOf, standingOf } from './standing.ts'
import { type Algebra, type Bounds, decide, decideBetween, hearTier, type Outcome, type Voice } from './tiers.ts'

/** Rows of one direction: what a class may send (egress) or receive (ingress), with every other class. Shared where equal. */
type RowsOf = Readonly<Record<Direction, readonly Bounds<Row>[]>>

/**
 * Who reaches whom, for all classes at once: rows by id of the class. Both rows of a connection must have a port for it to be
 * open (semantics.md A.1). As a peer, an ingress controller of which nobody said where it runs has no say in them. Own nodes and own pods are exempt from it and are looked at where a pair of pods is asked (design.md 8).
 */
export interface Reachability extends RowsOf {
  readonly evaluation: Evaluation
  readonly book: PortBook
  /** Rows tell about classes whose ids are below it; newer ones are asked about in pairs (`portsBetween`). */
  readonly size: number
  readonly weaver: Weaver
}

/** The rows of every class of an evaluation; where it goes on from another, only of those whose policies changed. */
export function reachabilityOf(evaluation: Evaluation, before?: Reachability): Reachability {
  if (before && canGoOn(before, evaluation)) return goOn(before, evaluation)
  const weaver = createWeaver(evaluation, portBook())
  return finish(weaver, { egress: weaveAll(weaver, 'egress'), ingress: weaveAll(weaver, 'ingress') })
}

// The ports that one direction of a class opens with another class: surely, and perhaps; numbers of the book.
function portsBetween(
  reach: Reachability,
  direction: Direction,
  [subject, peer]: readonly [number, number],
): Bounds<number> {
  const { book, evaluation, size } = reach
  const row = reach[direction][subject]
  if (peer < size && row) {
    const sure = portsIn(book, row.sure, peer)
    return row.sure === row.perhaps ? { sure, perhaps: sure } : { sure, perhaps: portsIn(book, row.perhaps, peer) }
  }
  const own = classAt(evaluation, subject)
  if (own.type === 'addresses' || isExempt(evaluation, own)) return EVERYTHING
  return pairOf(reach.weaver, standingOf(evaluation, own, direction), peer)
}

const EVERYTHING: Bounds<number> = { sure: ALL, perhaps: ALL }

/** The ports that are open from one class to another, by both their rows; numbers of the book. */
export function portsOfPair(reach: Reachability, from: number, to: number): Bounds<number> {
  const { book } = reach
  const egress = portsBetween(reach, 'egress', [from, to])
  const ingress = portsBetween(reach, 'ingress', [to, from])
  return { sure: book.intersect(egress.sure, ingress.sure), perhaps: book.intersect(egress.perhaps, ingress.perhaps) }
}

function classAt({ addressClasses, anywhere, podClasses, controller }: Evaluation, id: number): PeerClass {
  return addressClasses[id] ?? podClasses[id - controller.class.id] ?? anywhere
}

// Beyond this, asking in pairs costs more than new rows.
const MOST_NEW = 64

function canGoOn({ evaluation: before, size }: Reachability, evaluation: Evaluation): boolean {
  return before.memo === evaluation.memo && before.table === evaluation.table && evaluation.size - size <= MOST_NEW
}

function goOn(before: Reachability, evaluation: Evaluation): Reachability {
  const rows = before.weaver.rows.size > 4 * evaluation.size ? new Map() : before.weaver.rows
  const weaver = { ...before.weaver, evaluation, rows }
  return finish(weaver, { egress: carry(before, weaver, 'egress'), ingress: carry(before, weaver, 'ingress') })
}

function carry(before: Reachability, weaver: Weaver, direction: Direction): readonly Bounds<Row>[] {
  const old = sidesOf(before.evaluation, direction).standings
  const now = sidesOf(weaver.evaluation, direction).standings
  const rows = [...before[direction]]
  for (const own of weaver.evaluation.podClasses) {
    const standing = old[own.id]
    if (standing === undefined || standing !== now[own.id]) rows[own.id] = weave(weaver, own, direction)
  }
  return rows
}

function finish(weaver: Weaver, rows: RowsOf): Reachability {
  return { ...rows, evaluation: weaver.evaluation, book: weaver.book, size: weaver.size, weaver }
}

/** What making rows needs, and the parts of them that are shared. */
export interface Weaver {
  readonly evaluation: Evaluation
  readonly book: PortBook
  readonly size: number
  readonly sets: Algebra<Row>
  readonly open: Bounds<Row>
  readonly rows: Map<Standing, Bounds<Row>>
  readonly byRule: WeakMap<Rule, Map<string, Bounds<Row>>>
  readonly words: WeakMap<Chosen, Words>
  readonly tiers: Map<string, Outcome<Row>>
  /** The same for single peers, which are newer than the rows. */
  readonly pairs: WeakMap<Standing, Map<number, Bounds<number>>>
  readonly pairTiers: Map<string, Outcome<number>>
  readonly numbers: Algebra<number>
  /** Classes at which port names mean the same, for rules of egress. */
  readonly spaces: ReadonlyMap<string, { readonly example: PeerClass; readonly words: Uint32Array }>
}

/** A weaver that has not made a row yet. */
export function createWeaver(evaluation: Evaluation, book: PortBook): Weaver {
  const { size } = evaluation
  const sets = rowAlgebra(book, size)
  const open = { sure: sets.all, perhaps: sets.all }
  const memo = {
    rows: new Map(),
    byRule: new WeakMap(),
    words: new WeakMap(),
    tiers: new Map(),
    pairs: new WeakMap(),
    pairTiers: new Map(),
  }
  return { evaluation, book, size, sets, open, ...memo, numbers: numberAlgebra(book), spaces: spacesOf(evaluation) }
}

function weaveAll(weaver: Weaver, direction: Direction): readonly Bounds<Row>[] {
  const { podClasses, anywhere } = weaver.evaluation
  const outside = Array.from({ length: anywhere.id + 1 }, () => weaver.open)
  return [...outside, ...podClasses.map((own) => weave(weaver, own, direction))]
}

function isExempt(evaluation: Evaluation, own: PodClass): boolean {
  return own.finished || own.hostNetwork || isUnplaced(evaluation, own)
}

function weave(weaver: Weaver, own: PodClass, direction: Direction): Bounds<Row> {
  const { evaluation, rows, sets, open } = weaver
  if (isExempt(evaluation, own)) return open
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

/** What the cluster-scoped policies of a tier say to these classes: most hear the same. */
export function tierOf(weaver: Weaver, standing: Standing, tier: ClusterTier): Outcome<Row> {
  const { sets, tiers } = weaver
  const key = `${tier} ${standing.tierKeys[tier]}`
  const known = tiers.get(key)
  if (known) return known
  const voices = standing[tier].map((level) => level.map((speakers) => voicesOf(weaver, standing, speakers)))
  const outcome = hearTier(sets, { levels: voices, from: sets.all })
  tiers.set(key, outcome)
  return outcome
}

type ClusterTier = 'admin' | 'baseline'

// One pair in numbers, without evidence: for a class that came after the rows.
function pairOf(weaver: Weaver, standing: Standing, peer: number): Bounds<number> {
  const known = weaver.pairs.get(standing) ?? new Map<number, Bounds<number>>()
  weaver.pairs.set(standing, known)
  const found = known.get(peer) ?? decidePair(weaver, standing, peer)
  known.set(peer, found)
  return found
}

function decidePair(weaver: Weaver, standing: Standing, peer: number): Bounds<number> {
  if (standing.unevaluated) return { sure: NONE, perhaps: ALL }
  const { numbers } = weaver
  const { isolated, networkPolicies, admin, baseline } = standing
  const at = classAt(weaver.evaluation, peer)
  const union = {
    isolated,
    networkPolicies: networkPolicies.map((speakers) => voicesAt(weaver, standing, { speakers, at })),
  }
  if (admin.length + baseline.length === 0) return decide(numbers, { ...union, admin: [], baseline: [] })
  const tier = (name: ClusterTier): Outcome<number> => pairTierOf(weaver, standing, { name, at })
  return decideBetween(numbers, { first: tier('admin'), last: tier('baseline') }, union)
}

// Nobody says anything: all goes on.
const SILENT: Outcome<number> = { allow: NONE, deny: () => NONE, next: ALL, isSure: true }

function pairTierOf(
  weaver: Weaver,
  standing: Standing,
  { name, at }: { readonly name: ClusterTier; readonly at: PeerClass },
): Outcome<number> {
  const { numbers, pairTiers } = weaver
  if (standing[name].length === 0) return SILENT
  const key = `${at.id} ${name} ${standing.tierKeys[name]}`
  const known = pairTiers.get(key)
  if (known) return known
  const levels = standing[name].map((level) => level.map((speakers) => voicesAt(weaver, standing, { speakers, at })))
  const outcome = hearTier(numbers, { levels, from: ALL })
  pairTiers.set(key, outcome)
  return outcome
}

function voicesAt(
  { evaluation, book }: Weaver,
  { direction, example }: Standing,
  { speakers, at }: { readonly speakers: readonly Speaker[]; readonly at: PeerClass },
): readonly Voice<number>[] {
  return speakers.flatMap(({ rule, selected }): readonly Voice<number>[] => {
    const points = pointsAt(evaluation, rule, at)
    if (points === 'no') return []
    const ports = book.idOf(portsAt(evaluation, rule, direction === 'egress' ? at : example))
    const matches = { sure: points === 'yes' ? ports : NONE, perhaps: ports }
    return [{ action: rule.action, selects: selected === 'yes', matches }]
  })
}

function numberAlgebra({ unite, intersect, subtract }: PortBook): Algebra<number> {
  const uniteAll = (sets: readonly number[]): number => sets.reduce(unite, NONE)
  return { none: NONE, all: ALL, isNone: (set) => set === NONE, unite, uniteAll, intersect, subtract }
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

function matchesOf(weaver: Weaver, standing: Standing, { rule, named }: Pick<Speaker, 'rule' | 'named'>): Bounds<Row> {
  const space = named ? spaceOf(standing) : ''
  const known = weaver.byRule.get(rule) ?? new Map<string, Bounds<Row>>()
  weaver.byRule.set(rule, known)
  const found = known.get(space) ?? weaveRule(weaver, rule, { named, standing })
  known.set(space, found)
  return found
}

/** Where a rule matches for the classes of a standing, whichever policy it is of: a part of a rule may stand for it. */
export function rowsOfRule(weaver: Weaver, standing: Standing, rule: Rule): Bounds<Row> {
  return matchesOf(weaver, standing, { rule, named: asksByName(rule) })
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
  const { evaluation, book, sets } = weaver
  const rows: Row[] = []
  for (const { example, words: there } of weaver.spaces.values()) {
    const ports = book.idOf(portsAt(evaluation, rule, example))
    if (ports !== NONE) rows.push(sets.intersect([{ ports, words }], [{ ports, words: there }]))
  }
  return sets.uniteAll(rows)
}

function slice(
  { evaluation, book }: Weaver,
  rule: Rule,
  { destination, words }: { readonly destination: PeerClass; readonly words: Uint32Array },
): Row {
  const ports = book.idOf(portsAt(evaluation, rule, destination))
  return ports === NONE || isBlank(words) ? [] : [{ ports, words }]
}

function isBlank(words: Uint32Array): boolean {
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false
  return true
}

interface Words {
  readonly sure?: Uint32Array
  readonly perhaps?: Uint32Array
}

// Many rules choose with the same selector.
function peersOf(weaver: Weaver, rule: Rule): Words {
  const chosen = chosenBy(weaver.evaluation, rule)
  const full = weaver.sets.all[0]?.words
  if (chosen === 'any' || !full) return full ? { sure: full, perhaps: full } : {}
  const known = weaver.words.get(chosen)
  const words = known ?? wordsOf(weaver, chosen, full)
  if (!known) weaver.words.set(chosen, words)
  return domainsOf(rule).length === 0 ? words : withNamed(weaver, rule, { words, full })
}

function wordsOf({ evaluation, size }: Weaver, { yes, unknown }: Chosen, full: Uint32Array): Words {
  const sure = new Uint32Array((size + 31) >>> 5)
  addTo(sure, yes)
  cutTo(sure, full)
  if (isNobody(evaluation, unknown)) return { sure, perhaps: sure }
  const perhaps = sure.slice()
  addTo(perhaps, unknown)
  cutTo(perhaps, full)
  return { sure, perhaps }
}

function withNamed(
  { evaluation }: Weaver,
  rule: Rule,
  { words, full }: { readonly words: Words; readonly full: Uint32Array },
): Words {
  const perhaps = (words.perhaps ?? new Uint32Array(full.length)).slice()
  for (const id of maybeNamed(evaluation, rule)) setBit(perhaps, id)
  cutTo(perhaps, full)
  return { ...words, perhaps }
}

// Classes that are newer than the rows.
function cutTo(words: Uint32Array, full: Uint32Array): void {
  const last = words.length - 1
  words[last] = (words[last] ?? 0) & (full[last] ?? 0)
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
