import { judge } from '#core/checks/judge.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { PEERS_KEY, portText } from '#core/kinds/networkPolicyText.ts'
import type { Check, CheckOutcome } from '#core/model/check.ts'
import { coversPorts, intersectPorts, isNoPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { endId } from '#core/model/end.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { removeAt } from '#core/yaml/splice.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { planAllow } from './allow.ts'
import { askedOf, writtenPorts } from './asked.ts'
import { removeDocument } from './documents.ts'
import { type Draft, edit } from './draft.ts'
import { takenOut } from './names.ts'
import type { Step } from './outcome.ts'
import { endOf, peersOf, podsOf, subjectOf, workloadsOf } from './peers.ts'
import {
  bareName,
  drawnPolicies,
  isDnsRule,
  isSwitch,
  listAt,
  ownPolicies,
  plainItems,
  policyAt,
} from './policyText.ts'
import { isSame } from './same.ts'
import { saysOnly, unshare } from './sharedSubject.ts'

/**
 * Takes out of Drawbridge's own policies what the drawing of this edge wrote, and what else of them only keeps it open:
 * nothing that another check needs, nothing that was written by hand (design.md 6).
 */
export function unwrite(start: Step, check: Check): Step {
  const written = removeHalf(removeHalf(start, check, 'ingress'), check, 'egress')
  return removeLeftovers(removeLeftovers(written, { check, direction: 'ingress' }), { check, direction: 'egress' })
}

function removeHalf(step: Step, check: Check, direction: Direction): Step {
  const own = direction === 'ingress' ? check.to : check.from
  if (!('namespace' in own)) return step
  // A namespace's half may have been written workload by workload.
  const ends = 'workload' in own ? [own] : [own, ...workloadsOf(step.draft.evaluation, own).map(endOf)]
  let next = step
  for (const end of ends) {
    const subject = subjectOf(next.draft.evaluation, end)
    if ('refusal' in subject) continue
    for (const policy of ownPolicies(next.draft, { direction, subject }))
      next = removeFrom(next, policy, { check, direction })
    next = leaveShared(next, endId(end), { check, direction })
  }
  return next
}

// A policy that says just this edge for other workloads, too, goes on without this one.
function leaveShared(step: Step, id: string, half: HalfOfCheck): Step {
  let next = step
  const { namespace } = step.draft.evaluation.workloads.get(id) ?? {}
  if (namespace === undefined) return step
  for (const { ref } of drawnPolicies(step.draft, namespace, half.direction)) {
    const policy = policyAt(next.draft, ref.document)
    const own = policy && ownOf(next.draft, policy, half)
    if (!own || !saysOnly(next.draft, policy, { direction: half.direction, ...own })) continue
    const draft = unshare(next.draft, policy, id)
    const sentences = [...next.sentences, `Takes ${id.split('/').at(-1) ?? id} out of the pods of ${bareName(policy)}.`]
    next = (draft && restoreChecks(next.draft, { ...next, draft, sentences })) ?? next
  }
  return next
}

interface HalfOfCheck {
  readonly check: Check
  readonly direction: Direction
}

// The smallest pieces first tried alone; whatever another check needs stays.
function removeFrom(step: Step, { ref }: Policy, half: HalfOfCheck): Step {
  let next = step
  for (let tried = 0; ;) {
    const policy = next.draft.loaded.policies.find((one) => one.ref.document === ref.document)
    const piece = policy && piecesOf(next.draft, policy, half)[tried]
    if (!policy || !piece) return policy ? split(next, policy, half) : next
    const removed = removePiece(next, policy, piece, half.direction)
    if (removed && keepsChecks(next.draft, removed.draft)) {
      next = removed
      tried = 0
    } else tried++
  }
}

// In a rule that also serves others on these ports, and this peer on others: the peer leaves it, and what is left of it is written anew.
function split(step: Step, policy: Policy, half: HalfOfCheck): Step {
  const own = ownOf(step.draft, policy, half)
  const paths = listAt(step.draft, policy, ['spec', half.direction]).flatMap((rule, i) => {
    const peers = own ? indices(plainItems(rule, own.key), own.peers) : undefined
    const ports = own ? indices(plainItems(rule, 'ports'), own.ports) : undefined
    const isMixed = peers && ports && !peers.isAll && !ports.isAll && ports.own.length > 0
    return own && isMixed ? peers.own.map((at) => ['spec', half.direction, i, own.key, at]) : []
  })
  for (const path of paths) {
    const removed = removePiece(step, policy, path, half.direction)
    const mended = removed && restoreChecks(step.draft, removed)
    if (mended) return mended
  }
  return step
}

function restoreChecks(before: Draft, step: Step): Step | undefined {
  let { draft } = step
  for (const { from, to, ports } of brokenBetween(before, draft)) {
    const again = planAllow(draft, { type: 'allow', from, to, ports })
    if ('refusal' in again) return undefined
    draft = again.draft
  }
  return keepsChecks(before, draft) ? { ...step, draft } : undefined
}

/** Paths of what this edge may have added: rules that are its own, its ports in rules for its peers alone, its peers in rules for its ports. */
function piecesOf(draft: Draft, policy: Policy, half: HalfOfCheck): readonly FieldPath[] {
  const own = ownOf(draft, policy, half)
  const rules = own ? listAt(draft, policy, ['spec', half.direction]) : []
  return rules.flatMap((rule, i) =>
    own && !isDnsRule(draft, rule, half.direction)
      ? piecesOfRule(rule, own).map((steps) => join(['spec', half.direction, i], steps))
      : [],
  )
}

function ownOf(draft: Draft, policy: Policy, { check, direction }: HalfOfCheck): Own | undefined {
  const other = direction === 'ingress' ? check.from : check.to
  const named = peersOf(draft.evaluation, policy.namespace ?? '', other)
  if ('refusal' in named) return undefined
  const ports = writtenPorts(check.ports, podsOf(draft.evaluation, check.to)).map(portText)
  return { peers: named.peers === 'any' ? [] : named.peers, ports, key: PEERS_KEY[direction] }
}

interface Own {
  /** None: everybody; every port. */
  readonly peers: readonly unknown[]
  readonly ports: readonly unknown[]
  readonly key: string
}

function piecesOfRule(rule: Tree, own: Own): readonly FieldPath[] {
  const peers = indices(plainItems(rule, own.key), own.peers)
  const ports = indices(plainItems(rule, 'ports'), own.ports)
  const ownPorts = ports.own.map((at) => ['ports', at])
  if (peers.isAll) return ports.isAll ? [[], ...ownPorts] : ownPorts
  return ports.isAll ? peers.own.map((at) => [own.key, at]) : []
}

// Where a rule's own items stand; `isAll` where it has no others, or says none where none are meant.
function indices(items: readonly unknown[], own: readonly unknown[]): { own: readonly number[]; isAll: boolean } {
  const found = items.flatMap((item, i) => (own.some((one) => isSame(one, item)) ? [i] : []))
  return { own: found, isAll: items.length === 0 ? own.length === 0 : found.length === items.length }
}

function removePiece(step: Step, policy: Policy, path: FieldPath, direction: Direction): Step | undefined {
  const { document } = policy.ref
  const isRule = path.length === 3
  // The list that loses its last item would mean everybody (semantics.md A.4): then the rule goes.
  if (!isRule && listAt(step.draft, policy, path.slice(0, -1)).length === 1) return undefined
  if (isRule && isLastRule(step.draft, policy, direction)) {
    const draft = removeDocument(step.draft, document)
    return draft && { ...step, draft, sentences: [...step.sentences, `Removes the policy ${policy.name}.`] }
  }
  const draft = edit(step.draft, document, (text, tree) => removeAt(text, tree, path))
  return draft && { ...step, draft, sentences: [...step.sentences, takenOut(path, bareName(policy))] }
}

// DNS was added so that the edge's rule doesn't cut it off: it goes with the last other rule.
function isLastRule(draft: Draft, policy: Policy, direction: Direction): boolean {
  const rules = listAt(draft, policy, ['spec', direction])
  return rules.filter((rule) => !isDnsRule(draft, rule, direction)).length <= 1
}

function keepsChecks(before: Draft, after: Draft): boolean {
  return brokenBetween(before, after).length === 0
}

// An end that goes with the text was only assumed from it.
function brokenBetween(before: Draft, after: Draft): readonly Check[] {
  const held = before.loaded.checks.filter(
    (check) => check.expect === 'allowed' && outcomeOf(before, check) === 'holds',
  )
  return held.filter((check) => !['holds', 'missing'].includes(outcomeOf(after, check)))
}

function outcomeOf({ evaluation }: Draft, check: Check): CheckOutcome {
  return judge(check, evaluation).outcome
}

// Text of an edge that was forgotten while this one needed it has nobody left who does.
function removeLeftovers(step: Step, half: HalfOfCheck): Step {
  let next = step
  for (let found = leftover(next, half); found; found = leftover(next, half)) next = found
  return next
}

function leftover(step: Step, half: HalfOfCheck): Step | undefined {
  const { check, direction } = half
  const open = openOf(step.draft, half)
  const evidence = verdictOf(step.draft.evaluation, check.from, check.to)?.[direction].evidence ?? []
  for (const { policy: ref, rule, ports } of evidence) {
    const policy = step.draft.loaded.policies.find((one) => one.ref.document === ref.document)
    if (!policy?.managed || isSwitch(policy) || isNoPorts(intersectPorts(ports, open))) continue
    for (const path of partsOf(step.draft, policy, rule.path)) {
      const removed = removePiece(step, policy, path, direction)
      if (removed && keepsChecks(step.draft, removed.draft) && isLess(removed.draft, policy, half, open)) return removed
    }
  }
  return undefined
}

// The whole of it, else its ports and peers one by one.
function partsOf(draft: Draft, policy: Policy, rule: FieldPath): readonly FieldPath[] {
  const index = rule.at(-1)
  const own = typeof index === 'number' ? listAt(draft, policy, rule.slice(0, -1))[index] : undefined
  if (!own || isDnsRule(draft, own, 'egress')) return []
  const lists = ['ports', 'from', 'to'].map((key) => join(rule, [key]))
  return [rule, ...lists.flatMap((list) => listAt(draft, policy, list).map((_, i) => join(list, [i])))]
}

// Less of this half is open, or the policy is gone and nothing of Drawbridge's keeps it open.
function isLess(after: Draft, { ref }: Policy, half: HalfOfCheck, open: PortSet): boolean {
  const isGone = after.loaded.policies.every((policy) => policy.ref.document !== ref.document)
  return isGone || !coversPorts(openOf(after, half), open)
}

// The other half may be closed already: only this one's own answer counts.
function openOf(draft: Draft, { check, direction }: HalfOfCheck): PortSet {
  const half = verdictOf(draft.evaluation, check.from, check.to)?.[direction]
  return half ? intersectPorts(half.some, askedOf(draft, check)) : NO_PORTS
}

function join(path: FieldPath, steps: FieldPath): FieldPath {
  return [...path, ...steps]
}
