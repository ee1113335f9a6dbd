import { doubtsOf } from '#core/evaluate/doubts.ts'
import { type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { ExplainedHalf, Explanation } from '#core/model/picture.ts'
import { say, type Sentence } from '#core/model/sentence.ts'
import { formatPorts, intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import { type Asked, askedOf } from './asked.ts'
import { decidersOf } from './deciders.ts'
import { tellDoubt } from './doubts.ts'
import { explainWays } from './exposures.ts'
import { explainHalf } from './half.ts'
import { explainNameless, namelessRules } from './nameless.ts'
import { nearMisses } from './nearMiss.ts'
import { scopeOf } from './scope.ts'
import { summarise } from './summary.ts'

/**
 * Why a connection is as it is, in sentences for newcomers: both halves, the policies that isolate, the rules that
 * allow, what is missing. Without specs it speaks of all ports. An end that isn't there is said, never guessed.
 */
export function explain(evaluation: Evaluation, from: End, to: End, specs: readonly string[]): Explanation {
  return explainVerdict(verdictOf(evaluation, from, to), { evaluation, from, to, specs })
}

/** A connection that is spoken of, and what is known about it. */
interface Topic {
  readonly evaluation: Evaluation
  readonly from: End
  readonly to: End
  readonly specs: readonly string[]
}

/** The same for a verdict that was found otherwise: one that the ways in which a CNI may be have in common. */
export function explainVerdict(verdict: Verdict | undefined, { evaluation, from, to, specs }: Topic): Explanation {
  const asked = askedOf(evaluation, to, specs)
  if (!verdict) return nobody(evaluation, [from, to], asked)
  const nameless = namelessRules(evaluation, from, to, asked)
  if (nameless.length > 0) return explainNameless({ from, to, asked }, nameless)
  const status = statusOf(verdict, asked.ports)
  // Looked for only where there are some: among the pods of two namespaces that takes a while.
  const isDoubted = isOpen(verdict.egress, asked.ports) || isOpen(verdict.ingress, asked.ports)
  const doubts = isDoubted ? doubtsOf(evaluation, { from, to }, asked.ports) : { egress: [], ingress: [] }
  const scopes = {
    egress: scopeOf(evaluation, from, to, 'egress'),
    ingress: scopeOf(evaluation, from, to, 'ingress'),
  }
  const halves = (['egress', 'ingress'] as const).map((direction): ExplainedHalf => {
    const subject = direction === 'egress' ? from : to
    const half = verdict[direction]
    const told = explainHalf({
      evaluation,
      half,
      subject: endName(subject),
      isNode: 'node' in subject,
      asked,
      scope: scopes[direction],
      doubts: isOpen(half, asked.ports) ? doubts[direction].map(tellDoubt) : [],
    })
    return { ...told, misses: nearMisses({ evaluation, from, to, asked, verdict }, direction) }
  })
  return {
    name: `${endName(from)} → ${endName(to)} ${asked.text}: ${status}`,
    from,
    to,
    ports: asked.text,
    status,
    summary: summarise({ from, to, asked, verdict, status, scopes }),
    halves: withFirst(halves, endId(from) === endId(to) ? [REPLICAS] : explainWays(evaluation, from, to)),
    open: openText(verdict),
    deciders: decidersOf({ evaluation, verdict, ports: asked.ports, halves }),
  }
}

function isOpen({ undetermined }: Half, asked: PortSet): boolean {
  return !isNoPorts(intersectPorts(undetermined, asked))
}

const REPLICAS: Sentence = say('This is about different pods: a pod always reaches itself.')

function withFirst(halves: readonly ExplainedHalf[], sentences: readonly Sentence[]): readonly ExplainedHalf[] {
  return halves.map((half, i) => (i === 0 ? { ...half, sentences: [...sentences, ...half.sentences] } : half))
}

function openText({ allowed, partial, undetermined }: Verdict): string {
  const parts = [
    isNoPorts(allowed) ? 'nothing' : formatPorts(allowed),
    ...(isNoPorts(partial) ? [] : [`for some pods ${formatPorts(partial)}`]),
    ...(isNoPorts(undetermined) ? [] : [`not known: ${formatPorts(undetermined)}`]),
  ]
  return parts.filter((part, i) => i > 0 || part !== 'nothing' || parts.length === 1).join('; ')
}

function nobody(evaluation: Evaluation, [from, to]: readonly [End, End], asked: Asked): Explanation {
  const missing = [from, to].filter((end) => !verdictOf(evaluation, end, { anywhere: true }))
  const names = missing.map(endName)
  return {
    name: `${endName(from)} → ${endName(to)} ${asked.text}: undetermined`,
    from,
    to,
    ports: asked.text,
    status: 'undetermined',
    summary: `There is nobody to ask: ${names.join(' and ')} ${names.length > 1 ? 'are not loaded, or have' : 'is not loaded, or has'} no pods.`,
    halves: [],
    open: 'not known',
    deciders: [],
  }
}
