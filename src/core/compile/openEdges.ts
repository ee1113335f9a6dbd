import { policyValue, type PolicyText } from '#core/kinds/networkPolicyText.ts'
import { type End, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { Direction } from '#core/model/rule.ts'
import { closedHalves } from './closedHalves.ts'
import type { Draft } from './draft.ts'
import type { Edge, HalfEdge } from './edges.ts'
import { type Laid, nameAll, policyOf } from './laid.ts'
import { layOut, type Layout } from './layout.ts'
import { joined, type Step } from './outcome.ts'
import { peersOf, subjectOf } from './peers.ts'
import { addDocuments, policyFile } from './place.ts'
import { ownPolicies } from './policyText.ts'
import { writeHalf } from './rules.ts'

/**
 * Writes what opens these edges, where the draft's policies close them: rules of the policies that Drawbridge has for a
 * workload already, else new policies, file by file. A whole namespace is isolated only where it is one of `homes`. What no
 * policy can say is among the warnings.
 */
export function openEdges(step: Step, edges: readonly Edge[], homes: ReadonlySet<string>): Step {
  let now = step
  for (const direction of ['ingress', 'egress'] as const) {
    const halves = closedHalves(now.draft, edges, direction, homes)
    const mine = halves.filter(({ own }) => hasOwn(now.draft, own, direction))
    const layout = layOut(
      now.draft.evaluation,
      halves.filter((half) => !mine.includes(half)),
      { direction, style: now.draft.style },
    )
    now = amend(writeAll(now, layout), mine, direction)
  }
  return now
}

// A workload that Drawbridge has a policy for gets its new rules there.
function hasOwn(draft: Draft, own: HalfEdge['own'], direction: Direction): boolean {
  const subject = subjectOf(draft.evaluation, own)
  return !('refusal' in subject) && draft.style !== 'per-edge' && ownPolicies(draft, { direction, subject }).length > 0
}

function amend(step: Step, halves: readonly HalfEdge[], direction: Direction): Step {
  return halves.reduce((now, half) => joined(now, amended(now.draft, half, direction)), step)
}

function amended(draft: Draft, { own, other, ports }: HalfEdge, direction: Direction): Step {
  const subject = subjectOf(draft.evaluation, own)
  const named = peersOf(draft.evaluation, own.namespace, other)
  if ('refusal' in subject) return { draft, sentences: [], warnings: [apart(own, other, subject.refusal)] }
  if ('refusal' in named) return { draft, sentences: [], warnings: [apart(own, other, named.refusal)] }
  const written = writeHalf(draft, { direction, subject, peers: named.peers, ports, besides: [] })
  return { draft: written.draft, sentences: [written.sentence], warnings: [...subject.warnings, ...named.warnings] }
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
