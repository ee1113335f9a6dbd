import { isolationOf } from '#core/evaluate/evaluate.ts'
import { policyType } from '#core/kinds/networkPolicyText.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, NO_PORTS } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { removeAt } from '#core/yaml/splice.ts'
import { removeDocument } from './documents.ts'
import { isolateAll, type Own } from './denyIsolate.ts'
import { planDefaultDeny } from './defaultDeny.ts'
import { checkedTraffic, type Keeping, type Kept, presentAndChecked } from './denyKeep.ts'
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

/**
 * The switch of a namespace. Where it goes on: with what the checks need, workload by workload; with the present traffic
 * between the loaded workloads; or with nothing.
 */
export function planNamespaceLock(start: Draft, intent: Extract<Intent, { type: 'default-deny' }>): Planned {
  const made = planDefaultDeny(start, intent)
  const { namespace, direction, on, dns } = intent
  if (!on || !('draft' in made)) return made
  const all = workloadsOf(start.evaluation, { namespace }).filter(selectable)
  const free = all.filter(({ id }) => isolationOf(start.evaluation, id, direction) === 'no').map(endOf)
  const title = 'Deny by default'
  const nothing = nothingText(direction, dns)
  const checked = keepAll(start, made, { free, direction, rulesOf: checkedTraffic })
  const kept = free.length > MOST_KEPT ? made : keepAll(start, made, { free, direction, rulesOf: presentAndChecked })
  return [
    checked === made
      ? { ...made, title: `${title}, and allow ${nothing}`, rank: 0 }
      : { ...made, ...checked, title: `${title}, and keep what the checks need`, rank: 0 },
    ...(kept === made ? [] : [{ ...made, ...kept, title: `${title}, and ${PRESENT}`, rank: 1 } as const]),
    ...(checked === made ? [] : [{ ...made, title: `${title}, and allow ${nothing}`, rank: 2 } as const]),
  ]
}

const PRESENT = 'keep the present traffic between loaded workloads'

interface KeptIn {
  readonly free: readonly Own[]
  readonly direction: Direction
  readonly rulesOf: (draft: Draft, keeping: Keeping) => Kept
}

// Only those that something is kept for need a policy: the rest is denied already. DNS is kept for all at once.
function keepAll(start: Draft, made: Step, { free, direction, rulesOf }: KeptIn): Step {
  const from = (_: Draft, keeping: Keeping): Kept => rulesOf(start, keeping)
  const needy = free.filter((own) => rulesOf(start, { own, direction }).rules.length > 0)
  const kept = needy.length === 0 ? made : isolateAll(made, needy, { direction, dns: false, rulesOf: from })
  return 'refusal' in kept ? made : kept
}

function nothingText(direction: Direction, dns: boolean): string {
  return `nothing${dns && direction === 'egress' ? ' but DNS' : ''}`
}

/** A policy for each of more workloads is nothing that anybody reads. */
const MOST_KEPT = 30

function lock(start: Draft, { end, direction, dns }: IsolateIntent): Planned {
  const by = isolating(start, end, direction)
  const isolation = isolationOf(start.evaluation, endId(end), direction)
  if (isolation === 'yes')
    return { refusal: `${endName(end)} is isolated already for ${direction}, by ${namesOf(by)}.` }
  const begun: Step = { draft: start, sentences: [], warnings: [] }
  const title = `Isolate ${endName(end)}`
  const wanted = wantedBy({ end, direction }, ['closes'])
  const nothing: Kept = { rules: [], warnings: [] }
  const own = { own: end, direction }
  const isChecked = checkedTraffic(start, own).rules.length > 0
  const ways = [
    ...(isChecked
      ? [{ title: `${title}, and keep what the checks need`, rulesOf: checkedTraffic, rank: 0 } as const]
      : []),
    { title: `${title}, and ${PRESENT}`, rulesOf: presentAndChecked, rank: 1 } as const,
    // The lock allows nothing: what allows more is another choice, however short it is.
    {
      title: `${title}, and allow ${nothingText(direction, dns)}`,
      rulesOf: () => nothing,
      rank: isChecked ? 2 : 0,
    } as const,
  ]
  const made = ways.map((way) => {
    const step = isolateAll(begun, [end], { direction, dns, rulesOf: way.rulesOf })
    return 'refusal' in step ? step : { ...step, title: way.title, rank: way.rank, wanted }
  })
  const found = made.flatMap((one) => ('refusal' in one ? [] : [one]))
  return found.length > 0 ? found.toSorted((a, b) => a.rank - b.rank) : (made[0] ?? [])
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
