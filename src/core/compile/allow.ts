import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { Pod } from '#core/model/cluster.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { coversPorts, intersectPorts, isNoPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { askedPorts, parsePortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import { saveCheck } from './checks.ts'
import { dnsOf } from './dns.ts'
import type { Draft } from './draft.ts'
import { isWithin, type Outcome, type Step } from './outcome.ts'
import { endOf, peersOf, type Refusal, selectable, subjectOf, workloadsOf } from './peers.ts'
import { writeHalf } from './rules.ts'

type AllowIntent = Extract<Intent, { type: 'allow' }>

/** A connection that is asked for, as it stands. */
interface Asked {
  readonly intent: AllowIntent
  readonly specs: readonly PortSpec[]
  readonly ports: PortSet
  /** The pods at the destination: what port names mean. */
  readonly pods: readonly Pod[]
  readonly verdict: Verdict
}

/** Makes a connection open: its check, and the policy text of each half that is needed (semantics.md F.1.5); nothing for what is open by a rule. */
export function planAllow(start: Draft, intent: AllowIntent): Outcome | Refusal {
  const asked = readAsked(start, intent)
  if ('refusal' in asked) return asked
  const { from, to } = intent
  const { draft, name } = saveCheck(start, { from, to, ports: intent.ports, expect: 'allowed' })
  const written = writeHalves({ draft, sentences: [], warnings: [] }, asked)
  if ('refusal' in written) return written
  const saved = name === undefined ? [] : [`Saves the check “${name}”.`]
  const isOpen = written.sentences.length === 0
  const sentences = isOpen ? [alreadyOpen(asked, name !== undefined)] : [...written.sentences, ...saved]
  return {
    ...written,
    sentences,
    goal: { from, to, ports: asked.ports },
    wanted: (effect, one, other) =>
      effect === 'opens' &&
      isWithin(written.draft.evaluation, one, from) &&
      isWithin(written.draft.evaluation, other, to)
        ? asked.ports
        : NO_PORTS,
  }
}

function readAsked({ evaluation }: Draft, intent: AllowIntent): Asked | Refusal {
  const { from, to } = intent
  if (!('namespace' in from) && !('namespace' in to))
    return { refusal: 'Network policies speak of pods: one end of the connection must be in the cluster.' }
  const missing = [from, to].find((end) => 'namespace' in end && workloadsOf(evaluation, end).length === 0)
  if (missing) return { refusal: `${endName(missing)} has no pods: nothing can be said about its connections yet.` }
  const verdict = verdictOf(evaluation, from, to)
  if (!verdict)
    return { refusal: `${endName(from)} or ${endName(to)} is not there: open its manifest, or put it on the canvas.` }
  const specs = intent.ports.map((text) => parsePortSpec(text))
  const pods = workloadsOf(evaluation, to).flatMap((workload) => workload.pods.filter(({ finished }) => !finished))
  const { ports, unresolved } = askedPorts(intent.ports, pods)
  if (unresolved.length > 0) return { refusal: noSuchPort(unresolved, to) }
  return { intent, specs: specs.filter((spec) => spec !== undefined), ports, pods, verdict }
}

function noSuchPort(unresolved: readonly string[], to: End): string {
  return `${endName(to)} declares no port ${unresolved.join(', ')}: write a number such as TCP/8080, a range TCP/8000-8080, or the name of one of its container ports.`
}

function writeHalves(start: Step, asked: Asked): Step | Refusal {
  const { verdict } = asked
  const isolates = isolatedAnew(asked)
  let step = start
  for (const half of [verdict.ingress, verdict.egress]) {
    if (half.direction !== isolates && !isBlocking(half, asked.ports)) continue
    for (const own of subjectsOf(step.draft, asked, half.direction, isolates !== undefined)) {
      const next = addHalf(step, asked, { own, direction: half.direction, isolates: isolates !== undefined })
      if ('refusal' in next) return next
      step = next
    }
  }
  return step
}

// Where nothing isolates either end, the edge is open because nobody looks: the drawing means "this one, and no other".
function isolatedAnew({ intent, verdict, ports }: Asked): Direction | undefined {
  if (!isFree(verdict.ingress) || !isFree(verdict.egress) || statusOf(verdict, ports) !== 'allowed') return undefined
  if ('namespace' in intent.to) return 'ingress'
  return 'namespace' in intent.from ? 'egress' : undefined
}

function isFree({ isolated, exempt }: Half): boolean {
  return isolated === 'no' && (exempt === undefined || exempt === 'outside' || exempt === 'unplaced')
}

function isBlocking({ exempt, allowed }: Half, ports: PortSet): boolean {
  return exempt === undefined && !coversPorts(allowed, ports)
}

// A namespace gets one policy where that isolates nobody who wasn't; else each of its isolated workloads gets its own.
function subjectsOf(
  { evaluation }: Draft,
  { intent }: Asked,
  direction: Direction,
  isolates: boolean,
): readonly (End & { readonly namespace: string })[] {
  const end = direction === 'ingress' ? intent.to : intent.from
  if (!('namespace' in end)) return []
  const workloads = workloadsOf(evaluation, end).filter(selectable)
  const isolated = workloads.filter(({ id }) => isolationOf(evaluation, id, direction) !== 'no')
  return 'workload' in end || isolates || isolated.length === workloads.length ? [end] : isolated.map(endOf)
}

interface HalfOfAsked {
  readonly own: End & { readonly namespace: string }
  readonly direction: Direction
  readonly isolates: boolean
}

function addHalf(step: Step, asked: Asked, { own, direction, isolates }: HalfOfAsked): Step | Refusal {
  const { evaluation } = step.draft
  const other = direction === 'ingress' ? asked.intent.from : asked.intent.to
  const half =
    direction === 'ingress' ? verdictOf(evaluation, other, own)?.ingress : verdictOf(evaluation, own, other)?.egress
  if (!isolates && half && coversPorts(half.allowed, asked.ports)) return step
  const subject = subjectOf(evaluation, own)
  if ('refusal' in subject) return subject
  const named = peersOf(evaluation, own.namespace, other)
  if ('refusal' in named) return named
  const dns = isolates && direction === 'egress' ? dnsOf(evaluation) : undefined
  const ports = isolates ? asked.specs : asked.specs.filter((spec) => !half || !isCovered(spec, half, asked.pods))
  const written = writeHalf(step.draft, { direction, subject, peers: named.peers, ports, besides: dns?.rules ?? [] })
  const freshly = isolates ? [isolating(asked, direction)] : []
  return {
    draft: written.draft,
    sentences: [...step.sentences, ...freshly, written.sentence, ...(dns ? ['Keeps DNS open.'] : [])],
    warnings: [...new Set([...step.warnings, ...subject.warnings, ...named.warnings])],
  }
}

function isCovered(spec: PortSpec, half: Half, pods: readonly Pod[]): boolean {
  return coversPorts(half.allowed, askedPorts([spec], pods).ports)
}

function isolating({ intent: { from, to } }: Asked, direction: Direction): string {
  if (direction === 'egress')
    return `Nothing isolates ${endName(from)} yet: it may reach everything. This allows it ${endName(to)}, and denies it everything else.`
  return `Nothing isolates ${endName(to)} yet: it is open to everybody. This allows ${endName(from)}, and denies everybody else.`
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
