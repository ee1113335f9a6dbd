import { isolationOf } from '#core/evaluate/evaluate.ts'
import { policyType } from '#core/kinds/networkPolicyText.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, NO_PORTS } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { removeDocument } from './documents.ts'
import { isolateAll } from './denyIsolate.ts'
import { planDefaultDeny } from './defaultDeny.ts'
import { type Keeping, type Kept, presentTraffic } from './denyKeep.ts'
import { type Draft, edit } from './draft.ts'
import type { Effect, Outcome, Planned, Step } from './outcome.ts'
import { endOf, type Refusal, selectable, workloadsOf } from './peers.ts'
import { putList } from './narrowPorts.ts'
import { listAt } from './policyText.ts'

type IsolateIntent = Extract<Intent, { type: 'isolate' }>

/** The lock of one workload: isolates it in a direction without allowing anything new, or takes that away again (design.md 8). */
export function planIsolate(start: Draft, intent: IsolateIntent): Planned {
  if (!start.evaluation.workloads.has(endId(intent.end)))
    return { refusal: `${endName(intent.end)} is not there: open its manifest, or put it on the canvas.` }
  return intent.on ? lock(start, intent) : unlock(start, intent)
}

/** The switch of a namespace, and where it goes on: the same with the present traffic kept, workload by workload. */
export function planNamespaceLock(start: Draft, intent: Extract<Intent, { type: 'default-deny' }>): Planned {
  const made = planDefaultDeny(start, intent)
  const { namespace, direction, on } = intent
  if (!on || !('draft' in made) || !keepsTraffic(intent)) return made
  const all = workloadsOf(start.evaluation, { namespace }).filter(selectable)
  const free = all.filter(({ id }) => isolationOf(start.evaluation, id, direction) === 'no')
  if (free.length === 0 || free.length > MOST_KEPT) return made
  const rulesOf = (_: Draft, keeping: Keeping): Kept => presentTraffic(start, keeping)
  const kept = isolateAll(made, free.map(endOf), { direction, dns: false, rulesOf })
  if ('refusal' in kept) return made
  const title = `Deny by default, and keep the present ${direction} of ${namespace}`
  return [made, { ...kept, title, wanted: made.wanted, offStyle: true }]
}

// Who doesn't even want DNS kept doesn't want the rest.
function keepsTraffic({ direction, dns }: Pick<IsolateIntent, 'direction' | 'dns'>): boolean {
  return direction === 'ingress' || dns
}

/** A policy for each of more workloads is nothing that anybody reads. */
const MOST_KEPT = 30

function lock(start: Draft, { end, direction, dns }: IsolateIntent): Planned {
  const by = isolating(start, end, direction)
  const isolation = isolationOf(start.evaluation, endId(end), direction)
  if (isolation === 'yes')
    return { refusal: `${endName(end)} is isolated already for ${direction}, by ${namesOf(by)}.` }
  const begun: Step = { draft: start, sentences: [], warnings: [] }
  const nothing = { rules: [], warnings: [] }
  const bare = isolateAll(begun, [end], { direction, dns, rulesOf: () => nothing })
  if ('refusal' in bare) return bare
  const kept = isolateAll(begun, [end], { direction, dns, rulesOf: presentTraffic })
  const title = `Isolate ${endName(end)}`
  const wanted = wantedBy({ end, direction }, ['closes'])
  const least = `${title}, and allow nothing${dns && direction === 'egress' ? ' but DNS' : ''}`
  // The lock allows nothing: what allows more is another choice, however short it is.
  const more = { title: `${title}, and keep the present traffic`, wanted, offStyle: true }
  const isOffered = keepsTraffic({ direction, dns }) && !('refusal' in kept)
  return [{ ...bare, title: least, wanted }, ...(isOffered ? [{ ...kept, ...more }] : [])]
}

// Only what isolates it alone can go without a word about others; with its rules, since without isolation all is open.
function unlock(start: Draft, { end, direction }: IsolateIntent): Planned {
  const by = isolating(start, end, direction)
  if (by.length === 0) return { refusal: `No policy isolates ${endName(end)} for ${direction}: it is open.` }
  const foreign = by.filter((policy) => why(start, policy, end) !== undefined)
  if (foreign.length > 0)
    return {
      refusal: `${endName(end)} stays isolated for ${direction}: ${foreign.map((policy) => `${policy.name} ${why(start, policy, end) ?? ''}`).join('; ')}. Take it out there.`,
    }
  let step: Step = { draft: start, sentences: [], warnings: [] }
  for (const { ref } of by) {
    const policy = step.draft.loaded.policies.find((one) => one.ref.document === ref.document)
    const next = policy && without(step, policy, direction)
    if (!next || 'refusal' in next) return next ?? { refusal: 'The policy is not there any more.' }
    step = next
  }
  return { ...step, title: `Open ${endName(end)}`, wanted: wantedBy({ end, direction }, ['opens']), preview: true }
}

interface Side {
  readonly end: End
  readonly direction: Direction
}

function why(draft: Draft, policy: Policy, end: End): string | undefined {
  if (policy.tier !== 'networkPolicy' || policy.unevaluated !== undefined) return 'is no NetworkPolicy'
  if (policy.stale) return 'has an error in its text'
  const others = selectedBy(draft.evaluation, policy).filter((id) => id !== endId(end))
  if (policy.subject.pods.length === 0) return `isolates all pods of ${policy.namespace ?? ''}`
  // Drawbridge's own is the lock of this workload, also where its labels take in a twin: the plan lists what that opens.
  if (others.length > 0 && !policy.managed)
    return `isolates ${others.map((id) => id.replace(/\/[^/]+\//, '/')).join(', ')}, too`
  return undefined
}

function without(step: Step, policy: Policy, direction: Direction): Step | Refusal {
  const { name, ref, directions } = policy
  const stuck = {
    refusal: `The text of ${name} can’t be edited here (it uses an alias or an anchor): please take ${policyType(direction)} out of it by hand.`,
  }
  const path = ['spec', 'policyTypes']
  const count = listAt(step.draft, policy, ['spec', direction]).length
  const rules =
    count === 0 ? '' : `, whose ${count === 1 ? 'rule' : `${count} rules`} for ${direction} mean nothing then`
  if (directions.length === 1) {
    const draft = removeDocument(step.draft, ref.document)
    return draft ? told({ ...step, draft }, `Removes the policy ${name}${rules}.`) : stuck
  }
  const types = listAt(step.draft, policy, path)
  const index = types.findIndex((item) => item.type === 'scalar' && item.value === policyType(direction))
  const others = directions.filter((one) => one !== direction).map(policyType)
  // Without policyTypes the server adds what the rules imply, so the one that stays must be spelled out (semantics.md A.3).
  const draft = edit(step.draft, ref.document, (text, tree) =>
    index >= 0 ? removeAt(text, tree, [...path, index]) : putList(['spec'], 'policyTypes', others)(text, tree),
  )
  return draft ? told({ ...step, draft }, `Takes ${policyType(direction)} out of ${name}${rules}.`) : stuck
}

function isolating({ evaluation }: Draft, end: End, direction: Direction): readonly Policy[] {
  return evaluation.policies.filter(
    (policy) =>
      policy.directions.includes(direction) &&
      policy.tier === 'networkPolicy' &&
      selectedBy(evaluation, policy).includes(endId(end)),
  )
}

function wantedBy({ end, direction }: Side, effects: readonly Effect[]): Outcome['wanted'] {
  return (effect, from, to) =>
    effects.includes(effect) && endId(direction === 'ingress' ? to : from) === endId(end) ? ALL_PORTS : NO_PORTS
}

function namesOf(policies: readonly Policy[]): string {
  return policies.map(({ name }) => name).join(', ') || 'a policy that is not evaluated here'
}

function told(step: Step, sentence: string): Step {
  return { ...step, sentences: [...step.sentences, sentence] }
}
