import { namedBlocks } from '#core/evaluate/evaluate.ts'
import type { Evaluation } from '#core/evaluate/evaluation.ts'
import { pointsAt } from '#core/evaluate/matching.ts'
import { type Pair, pairsOf } from '#core/evaluate/pairs.ts'
import { populationOf } from '#core/evaluate/population.ts'
import { standingOf } from '#core/evaluate/standing.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { formatPortSpec, parsePortSpec } from '#core/model/portSpec.ts'
import { isNoPorts } from '#core/model/ports.ts'
import type { Direction, Policy, Rule } from '#core/model/rule.ts'
import type { ExplainedHalf, Explanation } from '#core/model/picture.ts'
import { plain, say, type Sentence } from '#core/model/sentence.ts'
import type { Asked } from './asked.ts'
import { ruleName, ruleTitle } from './rule.ts'

/** A rule that allows a port by a name that nobody at the destination defines. */
export interface Nameless {
  readonly policy: Policy
  readonly rule: Rule
  readonly index: number
}

/** Of the pods at two ends, so many pairs stand for the rest. */
const MOST_PAIRS = 50

/**
 * The rules that allow this connection by nothing but names that no pod at the destination defines: they match nothing
 * (semantics.md A.9). None where a port is asked for that is one, or where no rule asks for such a name.
 */
export function namelessRules(evaluation: Evaluation, from: End, to: End, asked: Asked): readonly Nameless[] {
  const names = new Set(asked.unresolved.flatMap((text) => nameIn(text) ?? []))
  // What is anywhere may be a pod that defines it; so may pods that are known from the text alone.
  if (!isNoPorts(asked.ports) || names.size === 0 || 'anywhere' in to || 'host' in to) return []
  if (evaluation.workloads.get(endId(to))?.assumed === true) return []
  const shown = namedBlocks(evaluation)
  const [source, destination] = [populationOf(evaluation, from, shown), populationOf(evaluation, to, shown)]
  if (!source || !destination) return []
  const pairs = pairsOf(source, destination).slice(0, MOST_PAIRS)
  const found = pairs.flatMap((pair) =>
    (['egress', 'ingress'] as const).flatMap((direction) => allowing(evaluation, pair, direction)),
  )
  const named = found.filter(({ rule }) => asksFor(rule, names))
  return [...new Map(named.map((one) => [one.rule, one])).values()]
}

function nameIn(text: string): string | undefined {
  const spec = parsePortSpec(text)
  return spec?.port.type === 'named' ? formatPortSpec(spec) : undefined
}

function asksFor({ action, ports }: Rule, names: ReadonlySet<string>): boolean {
  return action === 'allow' && ports !== 'any' && ports.some((port) => names.has(formatPortSpec(port)))
}

function allowing(evaluation: Evaluation, pair: Pair, direction: Direction): readonly Nameless[] {
  const [subject, peer] = direction === 'egress' ? [pair.from, pair.to] : [pair.to, pair.from]
  if (subject.class.type !== 'pods') return []
  const { applicable } = standingOf(evaluation, subject.class, direction)
  return applicable.flatMap(({ policy, rules }) =>
    rules.flatMap((rule, index) => (pointsAt(evaluation, rule, peer.class) === 'no' ? [] : [{ policy, rule, index }])),
  )
}

/** The explanation of a connection that rules allow by such names alone: it is denied. */
export function explainNameless(
  { from, to, asked }: { readonly from: End; readonly to: End; readonly asked: Asked },
  rules: readonly Nameless[],
): Explanation {
  const titles = rules.slice(0, 2).map((one) => plain(say(...ruleTitle(titled(one)))))
  const what = rules.length > 2 ? `${titles.join(', ')} and ${rules.length - 2} more` : titles.join(' and ')
  const halves = (['egress', 'ingress'] as const).flatMap((direction): readonly ExplainedHalf[] => {
    const own = rules.filter(({ rule }) => rule.direction === direction)
    if (own.length === 0) return []
    const title = `${direction === 'egress' ? 'Egress' : 'Ingress'} at ${endName(direction === 'egress' ? from : to)}: denied`
    return [{ direction, status: 'denied', title, sentences: own.map((one) => tell(one, to, asked)), misses: [] }]
  })
  return {
    name: `${endName(from)} → ${endName(to)} ${asked.text}: denied`,
    from,
    to,
    ports: asked.text,
    status: 'denied',
    summary: `No pod of ${endName(to)} defines ${asked.text}: ${what} ${rules.length > 1 ? 'open' : 'opens'} nothing with it.`,
    halves,
    open: 'nothing',
    deciders: rules.map(({ rule }) => ({ ref: rule.ref, effect: 'closes' })),
  }
}

function tell(one: Nameless, to: End, { text }: Asked): Sentence {
  return say(...ruleName(titled(one)), ` allows ${text}, and no pod of ${endName(to)} defines a port of that name.`)
}

function titled({ policy, rule, index }: Nameless) {
  const { ref, name, tier } = policy
  return { index, policy: ref, policyName: name, tier, ruleName: rule.name, rule: rule.ref }
}
