import { PEERS_KEY, portText } from '#core/kinds/networkPolicyText.ts'
import { judge } from '#core/checks/judge.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { locate } from '#core/load/load.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, NO_PORTS, unitePorts } from '#core/model/ports.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { type FieldPath, formatPath, type Ref } from '#core/model/text.ts'
import { removeAt } from '#core/yaml/splice.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { planAllow } from './allow.ts'
import { isAbout, removeCheck } from './checks.ts'
import { dnsOf } from './dns.ts'
import { removeDocument } from './documents.ts'
import { type Draft, edit, textOf } from './draft.ts'
import { isWithin, type Planned, type Step } from './outcome.ts'
import { endOf, peersOf, subjectOf, workloadsOf } from './peers.ts'
import { listAt, ownPolicies, plainItems } from './rules.ts'
import { isSame } from './same.ts'

/**
 * Forgets a drawn edge (design.md 6): its check goes, and the text in Drawbridge's own policies that no other check
 * needs. A last peer takes its rule with it, a last rule its policy: a `from` is never left empty.
 */
export function planForget(start: Draft, ref: Ref): Planned {
  const check = start.loaded.checks.find((one) => one.ref.document === ref.document && isSame(one.ref.path, ref.path))
  if (!check) return { refusal: 'This is no saved check: what allows or denies it stands in the policies.' }
  const draft = removeCheck(start, check)
  if ('refusal' in draft) return draft
  let step: Step = { draft, sentences: [`Removes the check “${check.name}”.`], warnings: [] }
  // Another check that says the same needs the same text.
  const isNeeded = draft.loaded.checks.some((one) => one.expect === 'allowed' && isAbout(one, check))
  if (check.expect === 'allowed' && !isNeeded)
    for (const direction of ['ingress', 'egress'] as const) step = removeHalf(step, check, direction)
  const asked = askedOf(start, check)
  return {
    ...step,
    sentences: [...step.sentences, ...whatRemains(step.draft, check)],
    wanted: (effect, from, to) => {
      const isOwn = isWithin(start.evaluation, from, check.from) && isWithin(start.evaluation, to, check.to)
      return effect === 'closes' && isOwn ? asked : NO_PORTS
    },
  }
}

function askedOf({ evaluation }: Draft, { to, ports }: Check) {
  return askedPorts(
    ports,
    workloadsOf(evaluation, to).flatMap(({ pods }) => pods),
  ).ports
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
    own ? piecesOfRule(rule, own).map((steps) => join(['spec', half.direction, i], steps)) : [],
  )
}

function ownOf(draft: Draft, policy: Policy, { check, direction }: HalfOfCheck): Own | undefined {
  const other = direction === 'ingress' ? check.from : check.to
  const named = peersOf(draft.evaluation, policy.namespace ?? '', other)
  if ('refusal' in named) return undefined
  const ports = check.ports.flatMap((text) => parsePortSpec(text) ?? []).map(portText)
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
  return draft && { ...step, draft, sentences: [...step.sentences, `Takes ${formatPath(path)} out of ${policy.name}.`] }
}

// DNS was added so that this rule doesn't cut it off: alone it would only isolate.
function isLastRule(draft: Draft, policy: Policy, direction: Direction): boolean {
  const dns = dnsOf(draft.evaluation).rules
  const rules = listAt(draft, policy, ['spec', direction])
  const others = rules.filter((rule) => {
    const [peers, ports] = [plainItems(rule, PEERS_KEY[direction]), plainItems(rule, 'ports')]
    return !dns.some((own) => isSame(own.peers, peers) && isSame(own.ports, ports))
  })
  return others.length <= 1
}

function keepsChecks(before: Draft, after: Draft): boolean {
  return brokenBetween(before, after).length === 0
}

function brokenBetween(before: Draft, after: Draft): readonly Check[] {
  const held = before.loaded.checks.filter((check) => check.expect === 'allowed' && holds(before, check))
  return held.filter((check) => !holds(after, check))
}

function holds({ evaluation }: Draft, check: Check): boolean {
  return judge(check, evaluation).outcome === 'holds'
}

function whatRemains(draft: Draft, check: Check): readonly string[] {
  const { from, to, expect } = check
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict || expect !== 'allowed') return []
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), askedOf(draft, check))
  if (isNoPorts(open)) return []
  const edge = `${endName(from)} → ${endName(to)}`
  const rules = [...verdict.ingress.evidence, ...verdict.egress.evidence]
  const by = rules.find(({ ports }) => !isNoPorts(intersectPorts(ports, open)))
  if (!by) return [`${edge} stays open: no policy isolates ${'namespace' in to ? endName(to) : endName(from)}.`]
  return [`${edge} is still allowed by ${by.policyName}${lineOf(draft, by.rule)}.`]
}

function lineOf(draft: Draft, ref: Ref): string {
  const place = locate(draft.loaded, ref)
  const text = place && textOf(draft, place.file)
  return place && text !== undefined
    ? `, line ${text.slice(0, place.range.from).split('\n').length} of ${place.file}`
    : ''
}

function join(path: FieldPath, steps: FieldPath): FieldPath {
  return [...path, ...steps]
}
