import { judge } from '#core/checks/judge.ts'
import { type Evaluation, verdictOf } from '#core/evaluate/evaluate.ts'
import { portTexts, WORDS } from '#core/kinds/writePolicy.ts'
import { treeOf } from '#core/load/load.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import { intersectPorts, isNoPorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { formatPath, type FieldPath, type Ref } from '#core/model/text.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { withoutCheck } from './saveCheck.ts'
import { evaluateCopy, type Outcome, type PlanContext, podsAt } from './planContext.ts'
import { type Copy, withDocument, withoutDocument } from './copy.ts'
import { peerFor } from './peerText.ts'
import { same } from './equal.ts'

/**
 * Forgets a drawn edge (design.md 6): its check goes, and of Drawbridge's own policies the text that no other check
 * needs. A last peer takes its rule with it, a last rule its policy; never is a `from` left empty.
 */
export function planForget(context: PlanContext, ref: Ref): Outcome {
  const check = context.loaded.checks.find((one) => isAt(one.ref, ref))
  if (!check) return { refusal: 'This connection is no saved check: its rules are in the policies.' }
  const cleared = withoutCheck(context, check)
  const halves = (['ingress', 'egress'] as const).map((direction) => ({ direction, check }))
  const steps = halves.reduce<Removal>((done, half) => removeHalf(context, done, half), {
    copy: cleared,
    sentences: [],
  })
  const sentences = [`Removes the check "${check.name}".`, ...steps.sentences, ...remaining(context, steps.copy, check)]
  return { copy: steps.copy, sentences, warnings: [] }
}

interface Removal {
  readonly copy: Copy
  readonly sentences: readonly string[]
}

interface HalfOfCheck {
  readonly direction: Direction
  readonly check: Check
}

function removeHalf(context: PlanContext, before: Removal, half: HalfOfCheck): Removal {
  const held = before.copy.loaded.checks.filter((one) => judge(one, context.evaluation).outcome === 'holds')
  for (const policy of before.copy.loaded.policies) {
    if (!policy.managed || policy.stale || !policy.directions.includes(half.direction)) continue
    const path = findPeer(context, before.copy, policy, half)
    const next = path && withoutPeer(before.copy, policy, path)
    if (!next) continue
    const after = evaluateCopy(next.copy)
    if (held.every((one) => judge(one, after).outcome === 'holds'))
      return { copy: next.copy, sentences: [...before.sentences, next.sentence] }
  }
  return before
}

/** The path of the peer that this edge's drawing wrote: the very same peer in a rule with the very same ports, or of the whole rule where it has no peers. */
function findPeer(
  context: PlanContext,
  copy: Copy,
  policy: Policy,
  { direction, check }: HalfOfCheck,
): FieldPath | undefined {
  const { rules, peers: key } = WORDS[direction]
  const [own, other] = direction === 'ingress' ? [check.to, check.from] : [check.from, check.to]
  if (!('namespace' in own) || own.namespace !== policy.namespace) return undefined
  const peer = peerFor(context.evaluation, own.namespace, other)
  if (typeof peer === 'string' || !isSelected(context.evaluation, policy, check, direction)) return undefined
  const list = at(treeOf(copy.loaded, policy.ref.document), ['spec', rules])
  const ports = portTexts(check.ports)
  for (const [i, rule] of (list?.type === 'sequence' ? list.items : []).entries()) {
    if (!same(plainItems(rule, 'ports'), ports)) continue
    const peers = plainItems(rule, key)
    if (peer.peers === 'any' ? peers.length === 0 : same(peers, peer.peers)) return ['spec', rules, i]
    const [only] = peer.peers === 'any' ? [] : peer.peers
    const index = peers.findIndex((one) => same(one, only))
    if (index >= 0 && peer.peers.length === 1) return ['spec', rules, i, key, index]
  }
  return undefined
}

function isSelected(evaluation: Evaluation, policy: Policy, { from, to }: Check, direction: Direction): boolean {
  const half = verdictOf(evaluation, from, to)?.[direction]
  return half?.isolatedBy.some((one) => one.policy.document === policy.ref.document) ?? false
}

function withoutPeer(copy: Copy, policy: Policy, path: FieldPath): { copy: Copy; sentence: string } | undefined {
  const isRule = path.length === 3
  const rulesPath = path.slice(0, 2)
  const tree = treeOf(copy.loaded, policy.ref.document)
  const isLastRule = isRule && itemsOf(at(tree, rulesPath)) === 1 && policy.rules.length === 1
  if (isLastRule)
    return { copy: withoutDocument(copy, policy.ref.document), sentence: `Removes the policy ${policy.name}.` }
  const next = withDocument(copy, policy.ref.document, (text, own) => removeAt(text, own, path))
  return next && { copy: next, sentence: `Takes ${formatPath(path)} out of ${policy.name}.` }
}

// What the user wrote by hand stays, and the user hears that it still allows the connection.
function remaining(context: PlanContext, copy: Copy, { from, to, ports }: Check): string[] {
  const after = evaluateCopy(copy)
  const verdict = verdictOf(after, from, to)
  const asked = askedPorts(ports, podsAt(context.evaluation, to)).ports
  if (!verdict || isNoPorts(intersectPorts(verdict.allowed, asked))) return []
  const by = [...verdict.ingress.evidence, ...verdict.egress.evidence][0]
  const edge = `${endName(from)} → ${endName(to)}`
  if (!by) return [`${edge} stays open: no policy restricts it.`]
  return [`${edge} is still allowed by ${by.policyName}${lineOf(copy, by.rule)}.`]
}

function lineOf({ loaded }: Copy, ref: Ref): string {
  const document = loaded.documents.find(({ id }) => id === ref.document)
  const text = loaded.trees.get(ref.document)?.text
  if (!document || text === undefined) return ''
  const inside = text.slice(0, ref.range.from).split('\n').length - 1
  return `, line ${document.line + inside}`
}

function plainItems(rule: Tree, key: string): unknown[] {
  const list = at(rule, [key])
  return list?.type === 'sequence' ? list.items.map(toPlain) : []
}

function itemsOf(tree: Tree | undefined): number {
  return tree?.type === 'sequence' ? tree.items.length : 0
}

function isAt(a: Ref, b: Ref): boolean {
  return a.document === b.document && formatPath(a.path) === formatPath(b.path)
}
