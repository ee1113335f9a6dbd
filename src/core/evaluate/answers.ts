import type { End } from '#core/model/end.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { type Evaluation, verdictOf } from './evaluate.ts'
import type { Member, Population } from './evaluation.ts'
import { ownNode, type Pair, pairsOf, shareFamily } from './pairs.ts'
import { populationOf } from './population.ts'
import { ALL, NONE, type PortBook } from './portBook.ts'
import { portsOfPair, type Reachability, reachabilityOf } from './reachability.ts'
import type { Bounds } from './tiers.ts'

/** A verdict without its halves: equal ones of one asker are the same object. */
export type Answer = Pick<Verdict, 'allowed' | 'partial' | 'undetermined'>

/** Answers about connections by the rows of all classes: without evidence, and so for a fraction of a verdict's cost. */
export interface Asker {
  /** Who stands at an end; undefined where nobody does. */
  readonly at: (end: End) => Stand | undefined
  /** What `verdictOf` says of the two. */
  readonly answer: (from: Stand, to: Stand) => Answer
  readonly reach: Reachability
}

/** An end with who stands there. */
export interface Stand {
  readonly end: End
  readonly population: Population
  /** The class of all of them, where they are alike and in the network of pods: enough to answer, but for itself. */
  readonly only?: number | undefined
}

/**
 * Somebody to ask about an evaluation. The rows are made once and kept with it; `other` is one that it goes on from, or that
 * goes on from it, whose rows are taken over. The internet is without the `shown` blocks.
 */
export function askerOf(evaluation: Evaluation, shown: readonly End[], other?: Evaluation): Asker {
  const reach = rowsOf(evaluation, other)
  const enter = answerBook(reach.book)
  const pairs = new Map<number, Answer>()
  const alike = (from: number, to: number): Answer => {
    const key = from * evaluation.size + to
    const known = pairs.get(key) ?? enter(fold(reach.book, [portsOfPair(reach, from, to)]))
    pairs.set(key, known)
    return known
  }
  return {
    reach,
    at(end) {
      const population = populationOf(evaluation, end, shown)
      return population && { end, population, only: onlyOf(population) }
    },
    answer(from, to) {
      if (from.only !== undefined && to.only !== undefined && from.population !== to.population)
        return alike(from.only, to.only)
      return severally(evaluation, { reach, shown, enter }, [from, to])
    },
  }
}

// What an evaluation has worked out belongs to it; it can't say so itself, as rows are made of evaluations.
const ROWS = new WeakMap<Evaluation, Reachability>()

function rowsOf(evaluation: Evaluation, other: Evaluation | undefined): Reachability {
  const known = ROWS.get(evaluation) ?? reachabilityOf(evaluation, other && ROWS.get(other))
  ROWS.set(evaluation, known)
  return known
}

/** Ports as numbers of a book. */
type Numbers = Readonly<Record<keyof Answer, number>>

interface Asked {
  readonly reach: Reachability
  readonly shown: readonly End[]
  readonly enter: (numbers: Numbers) => Answer
}

function severally(
  evaluation: Evaluation,
  { reach, shown, enter }: Asked,
  [from, to]: readonly [Stand, Stand],
): Answer {
  const pairs = classPairs(from.population, to.population)
  // Own nodes, and names that may be anyone's: rows don't tell of them.
  const verdict = pairs ? undefined : verdictOf(evaluation, from.end, to.end, shown)
  if (verdict) return verdict
  return enter(
    fold(
      reach.book,
      (pairs ?? []).map(([one, other]) => portsOfPair(reach, one, other)),
    ),
  )
}

type Classes = readonly (readonly [number, number])[]

// Undefined where more than classes decides. Different ends have no pod in common.
function classPairs(from: Population, to: Population): Classes | undefined {
  if (from.oneOf || to.oneOf) return undefined
  const isMixed = from === to || from.members.some(isOnNode) || to.members.some(isOnNode)
  if (isMixed) {
    const pairs = pairsOf(from, to)
    return pairs.every(isFarFromNodes) ? pairs.map(idsOf) : undefined
  }
  const all = from.members.flatMap((one) => to.members.map((other) => ({ from: one, to: other })))
  const reachable = all.filter(shareFamily)
  return (reachable.length > 0 ? reachable : all).map(idsOf)
}

function idsOf({ from, to }: Pair): readonly [number, number] {
  return [from.class.id, to.class.id]
}

function onlyOf({ members, oneOf }: Population): number | undefined {
  const [only, ...more] = members
  return only && more.length === 0 && !oneOf && !isOnNode(only) ? only.class.id : undefined
}

function isOnNode({ class: own, node }: Member): boolean {
  return node !== undefined || (own.type === 'pods' && own.hostNetwork)
}

function isFarFromNodes(pair: Pair): boolean {
  return (!isOnNode(pair.from) && !isOnNode(pair.to)) || ownNode(pair).every((own) => own === 'no')
}

// As `combine` folds them: open for all, open for some and closed for others, not known.
function fold(book: PortBook, all: readonly Bounds<number>[]): Numbers {
  const allowed = all.map(({ sure }) => sure).reduce(book.intersect, ALL)
  const some = all.map(({ sure }) => sure).reduce(book.unite, NONE)
  const doubts = all.map(({ sure, perhaps }) => book.subtract(perhaps, sure)).reduce(book.unite, NONE)
  const never = book.subtract(ALL, all.map(({ perhaps }) => perhaps).reduce(book.intersect, ALL))
  const undetermined = book.subtract(doubts, book.intersect(some, never))
  return { allowed, partial: book.subtract(book.subtract(some, allowed), undetermined), undetermined }
}

function answerBook({ setOf }: PortBook): (numbers: Numbers) => Answer {
  const known = new Map<string, Answer>()
  return ({ allowed, partial, undetermined }) => {
    const key = `${allowed} ${partial} ${undetermined}`
    const found = known.get(key) ?? {
      allowed: setOf(allowed),
      partial: setOf(partial),
      undetermined: setOf(undetermined),
    }
    known.set(key, found)
    return found
  }
}
