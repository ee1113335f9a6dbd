import { policyValue, type PolicyText } from '#core/kinds/networkPolicyText.ts'
import { type End, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { Direction } from '#core/model/rule.ts'
import { type Candidate, handWritten } from './candidates.ts'
import { closedHalves } from './closedHalves.ts'
import type { Draft } from './draft.ts'
import type { Edge, HalfEdge } from './edges.ts'
import type { HalfText } from './halfText.ts'
import { type Laid, nameAll, policyOf } from './laid.ts'
import { layOut, type Layout } from './layout.ts'
import { joined, type Step } from './outcome.ts'
import { peersOf, type Refusal, subjectOf } from './peers.ts'
import { addDocuments, policyFile } from './place.ts'
import { ownPolicies } from './policyText.ts'
import { waysOf, writeHalf } from './rules.ts'

/**
 * Writes what opens these edges, where the draft's policies close them: rules of the policies that Drawbridge has for a
 * workload already, else new policies, file by file. A whole namespace is isolated only where it is one of `homes`. What no
 * policy can say is among the warnings.
 */
export function openEdges(step: Step, edges: readonly Edge[], homes: ReadonlySet<string>): Step {
  let now = step
  for (const direction of ['ingress', 'egress'] as const) {
    const halves = closedHalves(now.draft, edges, direction, homes)
    const mine = halves.filter((half) => hasHome(now.draft, half, direction))
    const layout = layOut(
      now.draft.evaluation,
      halves.filter((half) => !mine.includes(half)),
      { direction, style: now.draft.style },
    )
    now = amend(writeAll(now, layout), mine, direction)
  }
  return now
}

// A policy that is there for just these pods takes new rules, whoever wrote it.
function hasHome(draft: Draft, half: HalfEdge, direction: Direction): boolean {
  const text = textOf(draft, half, direction)
  if ('refusal' in text || draft.style === 'per-edge') return false
  return ownPolicies(draft, text).length > 0 || ('workload' in half.own && handWritten(draft, text).some(isPlain))
}

function isPlain({ warnings, others }: Candidate): boolean {
  return warnings.length === 0 && others === 0
}

function textOf(draft: Draft, { own, other, ports }: HalfEdge, direction: Direction): HalfText | Refusal {
  const subject = subjectOf(draft.evaluation, own)
  if ('refusal' in subject) return subject
  const named = peersOf(draft.evaluation, own.namespace, other)
  if ('refusal' in named) return named
  return { direction, subject, peers: named.peers, ports, besides: [] }
}

function amend(step: Step, halves: readonly HalfEdge[], direction: Direction): Step {
  return halves.reduce((now, half) => joined(now, amended(now.draft, half, direction)), step)
}

function amended(draft: Draft, half: HalfEdge, direction: Direction): Step {
  const text = textOf(draft, half, direction)
  if ('refusal' in text) return { draft, sentences: [], warnings: [apart(half.own, half.other, text.refusal)] }
  const named = peersOf(draft.evaluation, half.own.namespace, half.other)
  const [way] = waysOf(draft, text, { isNamed: true, most: 2 })
  const written = way?.write(draft) ?? writeHalf(draft, text)
  const warnings = 'refusal' in named ? [] : named.warnings
  return { draft: written.draft, sentences: [written.sentence], warnings: [...text.subject.warnings, ...warnings] }
}

function writeAll(step: Step, { laid, warnings, unsaid: left }: Layout): Step {
  const lost = left.map(({ half, refusal }) => apart(half.own, half.other, refusal))
  const told: Step = { ...step, warnings: [...step.warnings, ...warnings, ...lost] }
  const byHome = [...groupBy(laid, (one) => one.namespace)]
  return byHome.reduce((now, [namespace, own]) => writeNamespace(now, namespace, own), told)
}

function writeNamespace(step: Step, namespace: string, laid: readonly Laid[]): Step {
  const { loaded } = step.draft
  const taken = new Set(loaded.documents.filter(({ kind }) => kind === 'NetworkPolicy').map(({ name }) => name))
  const policies = nameAll(laid.map(policyOf), (name) => taken.has(name))
  const { draft, path } = addDocuments(step.draft, policyFile(step.draft, namespace), policies.map(policyValue))
  return joined(step, { draft, sentences: [addsSentence(policies, path)], warnings: [] })
}

function addsSentence(policies: readonly PolicyText[], path: string): string {
  const names = policies.map(({ namespace, name }) => `${namespace}/${name}`)
  return names.length === 1
    ? `Adds the policy ${names[0]} to ${path}.`
    : `Adds ${names.length} policies to ${path}: ${listed(names)}.`
}

/** What is said of two ends whose connection no policy can name, and why. */
export function apart(own: End, other: End, reason: string): string {
  return `${endName(own)} and ${endName(other)} stay apart: ${reason}`
}

/** Names as a sentence has them: at most five, or the first four and a count. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  if (names.length > 5) return `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
