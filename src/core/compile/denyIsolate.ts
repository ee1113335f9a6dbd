import { isolationOf } from '#core/evaluate/evaluate.ts'
import type { RuleText } from '#core/kinds/networkPolicyText.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Direction } from '#core/model/rule.ts'
import { type Closing } from './denyAsked.ts'
import { closeHalf } from './denyHalf.ts'
import { checkedTraffic, dnsRules, type Keeping, presentTraffic } from './denyKeep.ts'
import type { Draft } from './draft.ts'
import type { Step } from './outcome.ts'
import { endOf, type Refusal, selectable, subjectOf, workloadsOf } from './peers.ts'
import { writePolicy } from './rules.ts'
import { isSame } from './same.ts'

/** An end of the cluster as a policy's subject. */
export type Own = End & { readonly namespace: string }

/** A step with the few words that tell it from others. */
export interface Way {
  readonly step: Step
  readonly title: string
}

/** Ways to close a connection by isolating its end that is not: with everything else kept, with the loaded workloads alone, or with what the checks need. */
export function isolatingWays(start: Step, closing: Closing, direction: Direction): readonly (Way | Refusal)[] {
  const end = direction === 'ingress' ? closing.to : closing.from
  const other = direction === 'ingress' ? closing.from : closing.to
  const owns = freeOf(start.draft, end, direction)
  if (owns.length === 0) return []
  const keep = { other, ports: closing.ports }
  const name = owns.length === 1 && owns[0] ? endName(owns[0]) : endName(end)
  return [
    { title: `Isolate ${name}, and keep all else`, made: keepingAll(start, { owns, closing, direction }) },
    {
      title: `Isolate ${name}, and keep what the loaded workloads do`,
      made: isolateAll(start, owns, { direction, not: keep, rulesOf: presentTraffic }),
    },
    {
      title: `Isolate ${name}, and keep what the checks need`,
      made: isolateAll(start, owns, { direction, not: keep, rulesOf: checkedTraffic }),
    },
  ].map(({ title, made }) => ('refusal' in made ? made : { title, step: made }))
}

/** How an end is isolated: what stays open. */
export interface Isolating extends Omit<Keeping, 'own'> {
  /** Is DNS kept beside it? Undefined: yes. */
  readonly dns?: boolean | undefined
  readonly rulesOf: (
    draft: Draft,
    keeping: Keeping,
  ) => { readonly rules: readonly RuleText[]; readonly warnings: readonly string[] }
}

/** Isolates each of these ends by a policy of Drawbridge's, with rules for what stays. */
export function isolateAll(
  start: Step,
  owns: readonly Own[],
  { rulesOf, dns = true, ...rest }: Isolating,
): Step | Refusal {
  let step = start
  for (const own of owns) {
    // All of them by what holds before: each isolates only itself.
    const keeping = { own, ...rest }
    const { rules, warnings } = rulesOf(start.draft, keeping)
    const besides = dns ? dnsRules(start.draft, keeping).filter((rule) => !isKept(rule, rules)) : []
    const told = { ...step, warnings: [...new Set([...step.warnings, ...warnings])] }
    const next = isolate(told, keeping, [...besides, ...rules])
    if ('refusal' in next) return next
    step = next
  }
  return step
}

// Do the rules allow its peers every port?
function isKept({ peers }: RuleText, rules: readonly RuleText[]): boolean {
  const open = rules.flatMap((rule) => (rule.ports.length === 0 && rule.peers !== 'any' ? rule.peers : []))
  return peers !== 'any' && peers.every((peer) => open.some((one) => isSame(one, peer)))
}

interface All {
  readonly owns: readonly Own[]
  readonly closing: Closing
  readonly direction: Direction
}

// A rule for everybody, narrowed as any other would be.
function keepingAll(start: Step, { owns, closing, direction }: All): Step | Refusal {
  let step = start
  for (const own of owns) {
    const next = isolate(step, { own, direction }, [{ peers: 'any', ports: [] }])
    if ('refusal' in next) return next
    step = next
  }
  return closeHalf(step, closing, direction)
}

function isolate(step: Step, { own, direction }: Keeping, rules: readonly RuleText[]): Step | Refusal {
  const subject = subjectOf(step.draft.evaluation, own)
  if ('refusal' in subject) return subject
  const { namespace } = own
  const policy = { namespace, podSelector: subject.podSelector, rules: { [direction]: rules } }
  const { draft, name, path } = writePolicy(step.draft, policy, [subject.stem, `-${direction}`])
  const what = rules.length === 0 ? 'it allows nothing' : 'it allows what is kept'
  return {
    draft,
    sentences: [
      ...step.sentences,
      `Isolates ${endName(own)} for ${direction}, by the policy ${namespace}/${name} in ${path}: ${what}.`,
    ],
    warnings: [...new Set([...step.warnings, ...subject.warnings])],
  }
}

// The ends at which nothing isolates yet: a namespace as a whole where that holds for all of it, else workload by workload.
function freeOf({ evaluation }: Draft, end: End, direction: Direction): readonly Own[] {
  const all = workloadsOf(evaluation, end).filter(selectable)
  const free = all.filter(({ id }) => isolationOf(evaluation, id, direction) !== 'yes')
  const isWhole = 'namespace' in end && !('workload' in end) && free.length === all.length && free.length > 0
  return isWhole ? [end] : free.map(endOf)
}
