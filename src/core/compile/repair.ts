import { verdictOf } from '#core/evaluate/evaluate.ts'
import { askedOf, type Asked } from '#core/explain/asked.ts'
import { deniedPairs } from '#core/explain/nearMiss.ts'
import { failingTerms } from '#core/explain/nearMissRules.ts'
import { type Denied, LIKELY, type Placed, type Weighed, weightOf } from '#core/explain/nearMissTerms.ts'
import type { End } from '#core/model/end.ts'
import { coversPorts, NO_PORTS } from '#core/model/ports.ts'
import { formatPortSpec } from '#core/model/portSpec.ts'
import type { Policy } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Ref } from '#core/model/text.ts'
import { allowWays } from './allow.ts'
import type { Draft } from './draft.ts'
import { isWithin, type Outcome, type Planned, type Step } from './outcome.ts'
import type { Refusal } from './peers.ts'
import { type Manner, MANNERS, type Mend, type RepairIntent } from './repairStep.ts'
import { mendOf } from './repairTerms.ts'

/** One slip seldom has more parts; what needs more steps is no small fix. */
const MOST_STEPS = 6

/** So many of the ways to draw it anew are offered besides. */
const MOST_DRAWN = 3

/** So many of the ways to write the other half go with a mend. */
const MOST_OTHER_SIDES = 2

/**
 * The smallest changes that make a denied connection allowed, from one of its near misses: the term that fails is mended,
 * or what is asked for is added beside it; and as another way, the connection is drawn anew. Where the other half is denied,
 * too, it is written. What an admin policy denies no NetworkPolicy allows: that is said, with the exception that it takes.
 */
export function planRepair(start: Draft, intent: RepairIntent): Planned {
  const { from, to, ports, miss } = intent
  const allow = { type: 'allow', from, to, ports } as const
  const drawn = allowWays(start, allow)
  const placed = miss.kind === 'other-half' ? undefined : placeOf(start, miss.rule)
  const first = placed && closest(start, intent, placed)
  const misunderstood = first && serviceRefusal(intent, first.terms)
  if (misunderstood) return misunderstood
  const repair: Repair = { intent, asked: askedOf(start.evaluation, to, ports), isLikely: isLikelySlip(first) }
  const mended = first ? MANNERS.flatMap((manner) => mend(start, repair, manner)) : []
  if ('refusal' in drawn) return mended.length > 0 ? mended : refusedFor(miss, drawn)
  const others = drawn.filter((one) => !mended.some((own) => isSameText(own.draft, one.draft))).slice(0, MOST_DRAWN)
  return [...mended, ...others.map((one) => ({ ...one, rank: 1, preview: true }) as const)]
}

// Whoever asks about the rule that denies has just read of it.
function refusedFor({ kind }: RepairIntent['miss'], refused: Refusal): Refusal {
  return kind === 'admin-deny' && refused.advice !== undefined ? { refusal: refused.advice } : refused
}

// A connection that is drawn gets a check besides.
function isSameText(mended: Draft, drawn: Draft): boolean {
  return [...mended.changes].every(([path, one]) => JSON.stringify(one) === JSON.stringify(drawn.changes.get(path)))
}

interface Repair {
  readonly intent: RepairIntent
  readonly asked: Asked
  readonly isLikely: boolean
}

function isLikelySlip(found: Closest | undefined): boolean {
  return found !== undefined && weightOf(found.terms) <= LIKELY
}

function mend(start: Draft, repair: Repair, manner: Manner): readonly Outcome[] {
  const { intent, asked } = repair
  const { from, to, ports, miss } = intent
  const mended = mendAll({ draft: start, sentences: [], warnings: [] }, intent, manner)
  const verdict = mended && verdictOf(mended.step.draft.evaluation, from, to)
  if (!verdict || !coversPorts(verdict[miss.direction].allowed, asked.ports)) return []
  const { step, title } = mended
  const rank = repair.isLikely && manner.peers === 'mend' && manner.ports === 'mend' ? 0 : 1
  const outcome = { ...outcomeOf(step, mended, repair), rank } as const
  if (statusOf(verdict, asked.ports) === 'allowed') return [outcome]
  const rest = allowWays(step.draft, { type: 'allow', from, to, ports })
  if ('refusal' in rest) return []
  return rest.slice(0, MOST_OTHER_SIDES).map(({ draft, sentences, warnings, help, title: way = '' }) => ({
    ...outcome,
    draft,
    title: `${title}, and open the other side ${placeIn(way)}`,
    sentences: [...step.sentences, ...sentences],
    warnings: [...step.warnings, ...warnings],
    help,
  }))
}

// `Amend web-out` or `New policy web-egress`, as a part of a sentence.
function placeIn(way: string): string {
  return way
    .replace(/^Amend /, 'in ')
    .replace(/^New policy /, 'by a new policy, ')
    .replace(/^New policies /, 'by new policies, ')
}

// One term after the other, until the rule allows it to all that were denied.
function mendAll(start: Step, intent: RepairIntent, manner: Manner): Mended | undefined {
  const titles: string[] = []
  let step = start
  for (let count = 0; count <= MOST_STEPS; count++) {
    const placed = placeOf(step.draft, intent.miss.rule)
    const found = placed && closest(step.draft, intent, placed)
    if (!placed) return undefined
    if (!found) return count === 0 ? undefined : { step, title: titles.join(', ') }
    const mended: Mend | undefined = mendOf(step.draft, { ...found, placed, intent, manner })
    if (!mended) return undefined
    titles.push(mended.title)
    step = {
      draft: mended.draft,
      sentences: [...step.sentences, mended.sentence],
      warnings: [...step.warnings, ...(mended.warnings ?? [])],
    }
  }
  return undefined
}

interface Mended {
  readonly step: Step
  readonly title: string
}

interface Closest {
  readonly denied: Denied
  readonly terms: readonly Weighed[]
}

// The pods that the rule keeps out, of those with the fewest terms that fail.
function closest({ evaluation }: Draft, { from, to, ports, miss }: RepairIntent, placed: Placed): Closest | undefined {
  const verdict = verdictOf(evaluation, from, to)
  if (!verdict) return undefined
  const asked = askedOf(evaluation, to, ports)
  const all = deniedPairs({ evaluation, from, to, asked, verdict }, miss.direction).flatMap((denied): Closest[] => {
    const terms = failingTerms(evaluation, placed, denied)
    return terms && terms.length > 0 ? [{ denied, terms }] : []
  })
  return all.toSorted((a, b) => a.terms.length - b.terms.length)[0]
}

function placeOf({ evaluation }: Draft, ref: Ref | undefined): Placed | undefined {
  const policy = ref && evaluation.policies.find((one) => one.ref.document === ref.document)
  const rule = policy?.rules.find((one) => isSamePlace(one.ref, ref))
  return policy && rule ? { policy, rule, index: indexIn(policy, rule) } : undefined
}

function indexIn({ rules }: Policy, rule: Placed['rule']): number {
  return rules.filter(({ direction }) => direction === rule.direction).indexOf(rule)
}

function isSamePlace(a: Ref, b: Ref | undefined): boolean {
  return JSON.stringify(a.path) === JSON.stringify(b?.path)
}

// To close something is never what a mend is asked for, not even where no pod listens.
function outcomeOf(step: Step, { title }: Mended, { intent: { from, to }, asked }: Repair): Outcome {
  const { evaluation } = step.draft
  const isAsked = (one: End, other: End): boolean => isWithin(evaluation, one, from) && isWithin(evaluation, other, to)
  const wanted: Outcome['wanted'] = (effect, one, other) =>
    effect === 'opens' && isAsked(one, other) ? asked.ports : NO_PORTS
  return { ...step, title, goal: { from, to, ports: asked.ports }, wanted, preview: true }
}

// The rule is right, and the question has the Service's port: policies never see that (semantics.md A.9).
function serviceRefusal({ from, to }: RepairIntent, terms: readonly Weighed[]): Refusal | undefined {
  const [only, ...more] = terms
  const service = only?.term.type === 'port' ? only.term.service : undefined
  if (service?.by !== 'asked' || more.length > 0) return undefined
  const { protocol, port, target, name } = service
  const next = formatPortSpec({ protocol, port: { type: 'range', from: target, to: target } })
  return {
    refusal: `${protocol} ${port} is the port of the Service ${name}; its pods listen on ${target}, which is what policies see, and the rule allows that. Ask for ${protocol} ${target} instead.`,
    help: [{ label: `Ask for ${protocol} ${target}`, intent: { type: 'allow', from, to, ports: [next] } }],
  }
}
