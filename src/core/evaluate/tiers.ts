import type { Rule } from '#core/model/rule.ts'
import type { Truth } from '#core/model/truth.ts'

/** Sets that rules are weighed with: ports for one pair of ends, or rows of a whole direction at once. */
export interface Algebra<R> {
  readonly none: R
  readonly all: R
  readonly isNone: (set: R) => boolean
  readonly unite: (a: R, b: R) => R
  readonly uniteAll: (sets: readonly R[]) => R
  readonly intersect: (a: R, b: R) => R
  readonly subtract: (a: R, b: R) => R
}

/** What is surely in a set, and what may be: `perhaps` contains `sure`. */
export interface Bounds<R> {
  readonly sure: R
  readonly perhaps: R
}

/** A rule that has a say, with where it matches; rules that match nowhere may be left out. */
export interface Voice<R> {
  readonly action: Rule['action']
  /** Does its policy surely select the pod? */
  readonly selects: boolean
  /** Where it matches, if its policy selects the pod. */
  readonly matches: Bounds<R>
}

/** All that is said about a pod in one direction (semantics.md C.2): levels of equal priority, policies, rules in order. */
export interface Hearing<R, V extends Voice<R> = Voice<R>> {
  readonly admin: readonly (readonly (readonly V[])[])[]
  /** Is the pod isolated by a NetworkPolicy? */
  readonly isolated: Truth
  readonly networkPolicies: readonly (readonly V[])[]
  readonly baseline: readonly (readonly (readonly V[])[])[]
  /** Told of each rule where it has a say: what nothing before it surely decides. Costs time. */
  readonly heard?: ((voice: V, where: R) => void) | undefined
}

/** Where each outcome is possible; a point can be in several while something is not known. */
export interface Outcome<R> {
  readonly allow: R
  /** Worked out only where it is asked for: what isn't sure needs it. */
  readonly deny: () => R
  /** Not decided: goes on to what comes next. */
  readonly next: R
  /** Is every point in one of them only? */
  readonly isSure: boolean
}

/**
 * What is surely allowed, and what may be: the admin tier in order of priority, then NetworkPolicy where it isolates, else
 * the baseline tier, else everything (semantics.md C.2). Rules of equal priority that differ in action leave it open (design.md 8).
 */
export function decide<R, V extends Voice<R>>(sets: Algebra<R>, hearing: Hearing<R, V>): Bounds<R> {
  const { admin, baseline, isolated, heard } = hearing
  if (admin.length === 0 && baseline.length === 0) {
    const { sure, opened } = united(sets, hearing, sets.all)
    return { sure, perhaps: isolated === 'yes' ? opened : sets.all }
  }
  const first = hearTier(sets, { levels: admin, from: sets.all, heard })
  const second = afterUnion(sets, hearing, first.next)
  return sum(sets, [first, second, hearTier(sets, { levels: baseline, from: second.next, heard })])
}

/** The same where the two tiers have been heard before, about everything. */
export function decideBetween<R, V extends Voice<R>>(
  sets: Algebra<R>,
  { first, last }: { readonly first: Outcome<R>; readonly last: Outcome<R> },
  hearing: Union<R, V>,
): Bounds<R> {
  const second = afterUnion(sets, hearing, first.next)
  if (sets.isNone(second.next)) return sum(sets, [first, second, nothing(sets)])
  const at = (set: R): R => sets.intersect(set, second.next)
  return sum(sets, [
    first,
    second,
    { ...last, allow: at(last.allow), deny: () => at(last.deny()), next: at(last.next) },
  ])
}

function nothing<R>({ none }: Algebra<R>): Outcome<R> {
  return { allow: none, deny: () => none, next: none, isSure: true }
}

function sum<R>(sets: Algebra<R>, stages: readonly [Outcome<R>, Outcome<R>, Outcome<R>]): Bounds<R> {
  const allow = stages.map((stage) => stage.allow).reduce(sets.unite, stages[2].next)
  if (stages.every(({ isSure }) => isSure)) return { sure: allow, perhaps: allow }
  const deny = stages.map((stage) => stage.deny()).reduce(sets.unite)
  return { sure: sets.subtract(allow, deny), perhaps: allow }
}

// Where two policies of equal priority say different things and nothing before them decides (design.md 8).
function conflict<R>(sets: Algebra<R>, outcomes: readonly Said<R>[]): R {
  let found = sets.none
  let [allow, deny, pass] = [sets.none, sets.none, sets.none]
  for (const own of outcomes) {
    const against = [
      sets.intersect(own.allow, sets.unite(deny, pass)),
      sets.intersect(own.deny, sets.unite(allow, pass)),
      sets.intersect(own.pass, sets.unite(allow, deny)),
    ]
    found = against.reduce(sets.unite, found)
    allow = sets.unite(allow, own.allow)
    deny = sets.unite(deny, own.deny)
    pass = sets.unite(pass, own.pass)
  }
  return found
}

// What one policy may say, by action, and where it may say nothing.
interface Said<R> {
  readonly allow: R
  readonly deny: R
  readonly pass: R
  readonly rest: R
}

/** One tier to be heard: its levels, and what is still open. */
export interface Tier<R, V> {
  readonly levels: readonly (readonly (readonly V[])[])[]
  readonly from: R
  readonly heard?: ((voice: V, where: R) => void) | undefined
}

/** Hears a tier: level by level, the first rule that matches decides (semantics.md C.2). */
export function hearTier<R, V extends Voice<R>>(sets: Algebra<R>, { levels, from, heard }: Tier<R, V>): Outcome<R> {
  let isSure = true
  let { allow, deny, pass, rest } = { allow: sets.none, deny: sets.none, pass: sets.none, rest: from }
  for (const level of levels) {
    if (sets.isNone(rest)) break
    const start = rest
    const said = level.map((voices) => hearOne(sets, voices, { from: start, heard }))
    const open = level.length > 1 ? conflict(sets, said) : sets.none
    isSure &&= sets.isNone(open) && level.every((voices) => voices.every(isCertain))
    allow = said.map((one) => one.allow).reduce(sets.unite, sets.unite(allow, open))
    deny = said.map((one) => one.deny).reduce(sets.unite, sets.unite(deny, open))
    pass = said.map((one) => one.pass).reduce(sets.unite, pass)
    rest = said.map((one) => one.rest).reduce(sets.intersect, rest)
  }
  const denied = deny
  return { allow, deny: () => denied, next: sets.unite(pass, rest), isSure }
}

function isCertain<R>({ selects, matches }: Voice<R>): boolean {
  return selects && matches.sure === matches.perhaps
}

// One policy heard alone: its rules in order, the first that matches decides.
function hearOne<R, V extends Voice<R>>(
  sets: Algebra<R>,
  voices: readonly V[],
  { from, heard }: Pick<Tier<R, V>, 'from' | 'heard'>,
): Said<R> {
  const said = { allow: sets.none, deny: sets.none, pass: sets.none }
  let rest = from
  for (const voice of voices) {
    const hit = sets.intersect(voice.matches.perhaps, rest)
    if (sets.isNone(hit)) continue
    heard?.(voice, hit)
    said[voice.action] = sets.unite(said[voice.action], hit)
    if (voice.selects) rest = sets.subtract(rest, voice.matches.sure)
  }
  return { ...said, rest }
}

/** What NetworkPolicies have to say. */
type Union<R, V extends Voice<R>> = Pick<Hearing<R, V>, 'isolated' | 'networkPolicies' | 'heard'>

interface United<R> {
  readonly sure: R
  readonly opened: R
  readonly isSure: boolean
}

// NetworkPolicies only add to each other: what they open of `from`, surely and perhaps (semantics.md A.1).
function united<R, V extends Voice<R>>(
  sets: Algebra<R>,
  { isolated, networkPolicies, heard }: Union<R, V>,
  from: R,
): United<R> {
  if (isolated === 'no') return { sure: from, opened: from, isSure: true }
  const voices = networkPolicies.flat()
  const opened = sets.intersect(sets.uniteAll(voices.map(({ matches }) => matches.perhaps)), from)
  if (heard) for (const voice of voices) tell(sets, voice, { from, heard })
  const isSure = isolated === 'yes' && voices.every(isCertain)
  return { sure: isSure ? opened : sets.intersect(surelyOpened(sets, networkPolicies, isolated), from), opened, isSure }
}

function tell<R, V extends Voice<R>>(
  sets: Algebra<R>,
  voice: V,
  { from, heard }: Pick<Tier<R, V>, 'from' | 'heard'>,
): void {
  const hit = sets.intersect(voice.matches.perhaps, from)
  if (!sets.isNone(hit)) heard?.(voice, hit)
}

function surelyOpened<R>(sets: Algebra<R>, policies: Hearing<R>['networkPolicies'], isolated: Truth): R {
  const of = (voices: readonly Voice<R>[]): R => sets.uniteAll(voices.map(({ matches }) => matches.sure))
  if (isolated === 'yes') return of(policies.flat().filter(({ selects }) => selects))
  // Where each policy only may select: whichever do, what every one of them opens stays open.
  return policies.map(of).reduce(sets.intersect, sets.all)
}

// What isn't isolated, or may not be, goes on to the baseline tier.
function afterUnion<R, V extends Voice<R>>(sets: Algebra<R>, hearing: Union<R, V>, from: R): Outcome<R> {
  const { isolated } = hearing
  if (isolated === 'no') return { allow: sets.none, deny: () => sets.none, next: from, isSure: true }
  const { sure, opened, isSure } = united(sets, hearing, from)
  const next = isolated === 'yes' ? sets.none : from
  return { allow: opened, deny: () => sets.subtract(from, sure), next, isSure }
}
