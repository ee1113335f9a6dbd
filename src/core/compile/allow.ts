import { verdictOf } from '#core/evaluate/evaluate.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Help, Intent } from '#core/model/intent.ts'
import { intersectPorts, isNoPorts, NO_PORTS } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { writtenPorts } from './asked.ts'
import { openWays } from './allowOpen.ts'
import { expectAllowed } from './denyChecks.ts'
import type { Draft } from './draft.ts'
import { deniedAbove } from './failure.ts'
import { type Asked, type Drawn, type Scope, sidesOf, stepsOf } from './halves.ts'
import { isWithin, type Outcome, type Step } from './outcome.ts'
import { podsOf, type Refusal, workloadsOf } from './peers.ts'

type AllowIntent = Extract<Intent, { type: 'allow' }>

// How many ways to write a half are tried: each is loaded and evaluated, which takes its time where much is loaded.
const MOST_WAYS = 3
const MOST_WAYS_OF_MANY = 2
const MANY_DOCUMENTS = 1000

/**
 * Makes a connection open in Drawbridge's own policies: its check, and the policy text of each half that is needed
 * (semantics.md F.1.5); nothing for what is open by a rule.
 */
export function planAllow(start: Draft, intent: AllowIntent): Outcome | Refusal {
  const ways = allowBy(start, intent, { most: 1, scope: 'own' })
  if ('refusal' in ways) return ways
  return ways[0] ?? { refusal: 'There is nothing to change for this.' }
}

/** The ways to make a connection open that are worth evaluating: each half in a policy that is there already, or in a new one; six at most. */
export function allowWays(start: Draft, intent: AllowIntent): readonly Outcome[] | Refusal {
  const isBig = start.loaded.documents.length > MANY_DOCUMENTS
  return allowBy(start, intent, { most: isBig ? MOST_WAYS_OF_MANY : MOST_WAYS, scope: 'all' })
}

function allowBy(
  start: Draft,
  intent: AllowIntent,
  limits: { readonly most: number; readonly scope: Scope },
): readonly Outcome[] | Refusal {
  const asked = readAsked(start, intent)
  if ('refusal' in asked) return asked
  const { from, to } = intent
  const saved = expectAllowed(start, { from, to, ports: asked.ports }, intent.ports)
  if ('refusal' in saved) return saved
  const drawn = drawHalves(saved.draft, asked, limits)
  if ('refusal' in drawn) return drawn
  const outcomes = drawn.map((one) => outcomeOf(asked, one, saved))
  const free = sidesOf(saved.draft, asked).find(({ isolates }) => isolates)
  if (!free || limits.scope === 'own') return outcomes
  return openWays({ start, asked, saved, isolating: outcomes, direction: free.direction })
}

// The ways of the first half, best first, each with fewer of the second: far-fetched pairs are left out.
function drawHalves(
  draft: Draft,
  asked: Asked,
  { most, scope }: { readonly most: number; readonly scope: Scope },
): readonly Drawn[] | Refusal {
  const nothing: Drawn = { draft, sentences: [], warnings: [], amended: [], added: [], offStyle: false, help: [] }
  const [first, second] = sidesOf(draft, asked)
  if (!first) return [nothing]
  const heads = stepsOf(nothing, asked, first, { most, scope })
  if ('refusal' in heads || !second) return heads
  const all = heads.map((head, i) => stepsOf(head, asked, second, { most: most - i, scope }))
  const steps = all.flatMap((one) => ('refusal' in one ? [] : one))
  const refusal = all.find((one) => 'refusal' in one)
  return steps.length > 0 || !refusal ? steps : refusal
}

function outcomeOf(asked: Asked, drawn: Drawn, saved: Step): Outcome {
  const { from, to } = asked.intent
  const { draft, sentences, warnings, offStyle, help } = drawn
  const isSaved = saved.sentences.length > 0
  const turned = saved.sentences.filter((sentence) => !sentence.startsWith('Saves'))
  return {
    draft,
    warnings: [...saved.warnings, ...warnings],
    offStyle,
    help,
    title: titleOf(drawn),
    sentences: sentences.length === 0 ? [alreadyOpen(asked, isSaved), ...turned] : [...sentences, ...saved.sentences],
    goal: { from, to, ports: asked.ports },
    wanted: (effect, one, other) =>
      effect === 'opens' && isWithin(draft.evaluation, one, from) && isWithin(draft.evaluation, other, to)
        ? asked.ports
        : NO_PORTS,
  }
}

function titleOf({ amended, added }: Drawn): string {
  const amends = amended.length === 0 ? '' : `Amend ${listed(amended)}`
  const noun = added.length === 1 ? 'policy' : 'policies'
  const news = added.length === 0 ? '' : `${amends === '' ? 'New' : 'new'} ${noun} ${listed(added)}`
  return [amends, news].filter((part) => part !== '').join(', ') || 'Already open'
}

function listed(names: readonly string[]): string {
  const more = names.length - 2
  return more > 0 ? `${names.slice(0, 2).join(', ')} and ${more} more` : names.join(' and ')
}

function readAsked(start: Draft, intent: AllowIntent): Asked | Refusal {
  const { evaluation } = start
  const { from, to } = intent
  if (!('namespace' in from) && !('namespace' in to))
    return {
      refusal: 'Network policies speak of pods: one end of the connection must be a workload or a namespace.',
    }
  const missing = [from, to].find((end) => 'namespace' in end && workloadsOf(evaluation, end).length === 0)
  if (missing) return { refusal: `${endName(missing)} has no pods: nothing can be said about its connections yet.` }
  const verdict = verdictOf(evaluation, from, to)
  if (!verdict)
    return { refusal: `${endName(from)} or ${endName(to)} is not there: open its manifest, or put it on the canvas.` }
  const pods = podsOf(evaluation, to)
  const { ports, unresolved } = askedPorts(intent.ports, pods)
  if (unresolved.length > 0) return { refusal: noSuchPort(unresolved, to), help: declaredPorts(intent, pods) }
  const asked: Asked = { intent, specs: writtenPorts(intent.ports, pods), ports, pods, verdict }
  return deniedAbove(start, { from, to, ports }, verdict) ?? asked
}

function noSuchPort(unresolved: readonly string[], to: End): string {
  return `${endName(to)} declares no port ${unresolved.join(', ')}: write a number such as TCP/8080, a range TCP/8000-8080, or the name of one of its container ports.`
}

// What the pods do declare, as plans of their own.
function declaredPorts(intent: AllowIntent, pods: Asked['pods']): readonly Help[] {
  const declared = pods.flatMap((pod) => pod.ports.map(({ protocol, port }) => `${protocol}/${port}`))
  return [...new Set(declared)].slice(0, 3).map((port) => ({
    label: `Allow ${port.replace('/', ' ')} instead`,
    intent: { ...intent, ports: [port] },
  }))
}

function alreadyOpen({ intent: { from, to }, verdict, ports: asked }: Asked, isSaved: boolean): string {
  const evidence = [...verdict.ingress.evidence, ...verdict.egress.evidence]
  const rules = evidence
    .filter(({ ports }) => !isNoPorts(intersectPorts(ports, asked)))
    .map(({ index, policyName }) => `rule ${index + 1} of ${policyName}`)
  const by = rules.length > 0 ? `by ${[...new Set(rules)].join(' and ')}` : 'and no policy can restrict it'
  const check = isSaved ? 'Only the check is added.' : 'Its check is there, too: nothing has to change.'
  return `${endName(from)} → ${endName(to)} is allowed already, ${by}. ${check}`
}
