import { verdictOf } from '#core/evaluate/evaluate.ts'
import { portTexts } from '#core/kinds/writePolicy.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { coversPorts, type PortSet } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import { withCheck } from './saveCheck.ts'
import { type Outcome, type PlanContext, podsAt } from './planContext.ts'
import type { Copy } from './copy.ts'
import { peerFor, subjectFor } from './peerText.ts'
import { writeHalf } from './writeHalf.ts'

type AllowIntent = Extract<Intent, { type: 'allow' }>

/** The verified way to make a connection open: a check, and the policy text of each half that is needed (semantics.md F.1.5). */
export function planAllow(context: PlanContext, intent: AllowIntent): Outcome {
  const { from, to } = intent
  const verdict = verdictOf(context.evaluation, from, to)
  if (!verdict) return { refusal: `${endName(from)} or ${endName(to)} is not there any more.` }
  if (!('namespace' in from) && !('namespace' in to))
    return { refusal: 'Network policies speak of pods: one end must be in the cluster.' }
  const { ports: asked, unresolved } = askedPorts(intent.ports, podsAt(context.evaluation, to))
  if (unresolved.length > 0) return { refusal: unresolvedPort(unresolved, to) }
  const checked = withCheck(context, { from, to, ports: intent.ports, expect: 'allowed' })
  const isolates = needsIsolation(verdict, to)
  if (statusOf(verdict, asked) === 'allowed' && !isolates) {
    const sentences = [alreadyAllowed(verdict, from, to)]
    return { copy: checked, sentences, warnings: [], wanted: { from, to, ports: asked } }
  }
  return writeHalves(context, { intent, asked, verdict, checked, isolates })
}

interface Work {
  readonly intent: AllowIntent
  readonly asked: PortSet
  readonly verdict: Verdict
  readonly checked: Copy
  readonly isolates: boolean
}

function writeHalves(context: PlanContext, { intent, asked, verdict, checked, isolates }: Work): Outcome {
  const { from, to } = intent
  let copy = checked
  const warnings: string[] = []
  const sentences: string[] = isolates
    ? [
        `Nothing isolates ${endName(to)} yet: it is open to everybody. This allows ${endName(from)} and denies everyone else.`,
      ]
    : []
  for (const half of [verdict.ingress, verdict.egress]) {
    const isNeeded = isBlocking(half, asked) || (half.direction === 'ingress' && isolates)
    if (!isNeeded) continue
    const step = addHalf(context, copy, intent, half.direction)
    if (typeof step === 'string') return { refusal: step }
    copy = step.copy
    sentences.push(step.sentence)
    warnings.push(...step.warnings)
  }
  return { copy, sentences, warnings: [...new Set(warnings)], wanted: { from, to, ports: asked }, preview: isolates }
}

function addHalf(
  context: PlanContext,
  copy: Copy,
  { from, to, ports }: AllowIntent,
  direction: Direction,
): { copy: Copy; sentence: string; warnings: readonly string[] } | string {
  const [own, other] = direction === 'ingress' ? [to, from] : [from, to]
  const subject = subjectFor(context.evaluation.cluster, own)
  if (typeof subject === 'string') return subject
  const peer = peerFor(context.evaluation, subject.namespace, other)
  if (typeof peer === 'string') return peer
  const step = writeHalf(copy, { direction, subject, peers: peer.peers, ports: portTexts(ports) })
  return { ...step, warnings: [...subject.warnings, ...peer.warnings] }
}

function isBlocking(half: Half, asked: PortSet): boolean {
  return half.exempt === undefined && half.isolated !== 'no' && !coversPorts(half.allowed, asked)
}

// Open only because nobody looks: the drawn edge is meant as "this one", which takes a policy (issue text: draw an allowed edge).
function needsIsolation({ ingress }: Verdict, to: End): boolean {
  return 'namespace' in to && ingress.exempt === undefined && ingress.isolated === 'no'
}

function alreadyAllowed({ egress, ingress }: Verdict, from: End, to: End): string {
  const rule = [...ingress.evidence, ...egress.evidence][0]
  const edge = `${endName(from)} → ${endName(to)}`
  if (rule)
    return `${edge} is allowed already, by rule ${rule.index + 1} of ${rule.policyName}. Only the check is added.`
  return `${edge} is allowed already: no policy restricts it. Only the check is added.`
}

function unresolvedPort(unresolved: readonly string[], to: End): string {
  const names = unresolved.join(', ')
  return `${endName(to)} declares no port ${names}. Write a number such as TCP/8080, a range TCP/8000-8080, or the name of a container port.`
}
