import type { Cluster } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { equalPorts } from '#core/model/ports.ts'
import type { Deviation } from '#core/model/profile.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { applyProfile } from '#core/profiles/apply.ts'
import type { FactKey } from '#core/profiles/profile.ts'
import { agreed, agreedVerdict } from './agreement.ts'
import { type Answer, type Asker, askerOf, type Stand } from './answers.ts'
import { type Evaluation, evaluate, namedBlocks, verdictOf } from './evaluate.ts'
import type { Member } from './evaluation.ts'
import { selectsClass } from './matching.ts'
import { populationOf } from './population.ts'

/** What the CNI of the settings really does, beside what the API says (semantics.md D). For the reference both are one. */
export interface Profiled {
  /** Under the CNI, with what is not known about it taken as the API says. */
  readonly evaluation: Evaluation
  /** What the API says; policies here are as written. */
  readonly reference: Evaluation
  /** The other ways in which the CNI may be, where that matters to these policies. */
  readonly variants: readonly { readonly key: string; readonly evaluation: Evaluation }[]
  readonly deviations: readonly Deviation[]
}

/** Every way in which the CNI may be, each once; the first is the one that is taken where one has to be. */
export function waysOf({ evaluation, variants }: Pick<Profiled, 'evaluation' | 'variants'>) {
  const others = new Set(variants.map((variant) => variant.evaluation))
  others.delete(evaluation)
  return [evaluation, ...others] as const satisfies readonly Evaluation[]
}

/** A verdict under a CNI. */
export interface ProfiledVerdict {
  /** What the CNI does; what depends on facts that are not known is undetermined. */
  readonly verdict: Verdict
  readonly reference: Verdict
  /** Do the two allow, deny or leave open different ports? */
  readonly differs: boolean
  /** Why; none where they don't differ. */
  readonly deviations: readonly Deviation[]
}

/** The cluster under the CNI of the settings, and by the API. What `before` has worked out, and an edit doesn't touch, is taken over. */
export function evaluateWithProfile(
  cluster: Cluster,
  policies: readonly Policy[],
  settings: Settings,
  before?: Profiled,
): Profiled {
  const reference = evaluate(cluster, policies, settings, before?.reference)
  const applied = applyProfile(policies, settings, cluster)
  const under = (own: Pick<Evaluation, 'policies' | 'settings'>, old: Evaluation | undefined): Evaluation => {
    if (own.policies === policies && own.settings === settings) return reference
    // Where it looks at the same things as the API does, it goes on from there.
    return evaluate(cluster, own.policies, own.settings, old?.settings.profile === settings.profile ? old : reference)
  }
  const variants = applied.variants.map((own) => {
    const old = before?.variants.find(({ key }) => key === own.key)
    return { key: own.key, evaluation: under(own, old?.evaluation) }
  })
  return { evaluation: under(applied, before?.evaluation), reference, variants, deviations: applied.deviations }
}

/** May `from` open connections to `to` under the CNI, and why is that not what the API says? As `verdictOf`, shown blocks and all. */
export function verdictUnder(
  profiled: Profiled,
  from: End,
  to: End,
  shown: readonly End[] = namedBlocks(profiled.reference),
): ProfiledVerdict | undefined {
  const reference = verdictOf(profiled.reference, from, to, shown)
  if (!reference) return undefined
  if (isPlain(profiled)) return { verdict: reference, reference, differs: false, deviations: [] }
  const verdicts = waysOf(profiled).map((way) =>
    way === profiled.reference ? reference : (verdictOf(way, from, to, shown) ?? reference),
  )
  const verdict = agreedVerdict(verdicts)
  const differs = !isSameAnswer(verdict, reference)
  return { verdict, reference, differs, deviations: differs ? deviationsBetween(profiled, [from, to], shown) : [] }
}

// As the API says, whatever is asked: many ask, and at once.
function isPlain({ evaluation, reference, variants }: Profiled): boolean {
  return evaluation === reference && variants.length === 0
}

/** Answers without evidence about many connections at once, for a fraction of the cost; `differs` as in a verdict. */
export interface ProfiledAsker {
  readonly at: (end: End) => readonly Stand[] | undefined
  readonly answer: (
    from: readonly Stand[],
    to: readonly Stand[],
  ) => { readonly answer: Answer; readonly reference: Answer; readonly differs: boolean }
}

/** Somebody to ask about both, and about every way that the CNI may be. The internet is without the `shown` blocks. */
export function profiledAskerOf(profiled: Profiled, shown: readonly End[]): ProfiledAsker {
  const { reference } = profiled
  const first = askerOf(reference, shown)
  const askers: readonly Asker[] = [
    first,
    ...waysOf(profiled).map((way) => (way === reference ? first : askerOf(way, shown, reference))),
  ]
  return {
    at(end) {
      const stands = askers.flatMap((asker) => asker.at(end) ?? [])
      return stands.length === askers.length ? stands : undefined
    },
    answer(from, to) {
      const said = askers.flatMap((asker, i) => {
        const [source, destination] = [from[i], to[i]]
        return source && destination ? [asker.answer(source, destination)] : []
      })
      const [own, ...others] = said
      if (!own) throw new Error('Stands of no asker: only those that `at` gives can be asked about.')
      const answer = agreed(others)
      return { answer, reference: own, differs: answer !== own && !isSameAnswer(answer, own) }
    },
  }
}

function isSameAnswer(a: Answer, b: Answer): boolean {
  return (['allowed', 'partial', 'undetermined'] as const).every((key) => equalPorts(a[key], b[key]))
}

// Those of policies that select an end, in the direction in which they can be felt there.
function deviationsBetween(
  profiled: Profiled,
  [from, to]: readonly [End, End],
  shown: readonly End[],
): readonly Deviation[] {
  const { reference } = profiled
  const members = (end: End): readonly Member[] => populationOf(reference, end, shown)?.members ?? []
  const found = new Set([
    ...members(from).flatMap((member) => deviationsAt(profiled, member, 'egress')),
    ...members(to).flatMap((member) => deviationsAt(profiled, member, 'ingress')),
  ])
  const hasNode = [...members(from), ...members(to)].some(isNode)
  return profiled.deviations.filter((deviation) => found.has(deviation) && (hasNode || !OF_NODES.has(deviation.fact)))
}

const OF_NODES: ReadonlySet<string> = new Set<FactKey>(['ownNode', 'toOwnNode'])

function isNode({ class: own, node }: Member): boolean {
  return node !== undefined || (own.type === 'pods' && own.hostNetwork)
}

// By class and direction, as many connections ask.
const AT = new WeakMap<Profiled, Map<string, readonly Deviation[]>>()

function deviationsAt(profiled: Profiled, { class: own }: Member, direction: Direction): readonly Deviation[] {
  if (own.type === 'addresses') return []
  const { reference, deviations } = profiled
  const known = AT.get(profiled) ?? new Map<string, readonly Deviation[]>()
  AT.set(profiled, known)
  const key = `${own.id} ${direction}`
  const isSelected = (policy: Policy): boolean => selectsClass(reference, policy.subject, own) !== 'no'
  const selecting = new Set(known.has(key) ? [] : reference.policies.filter(isSelected).map(({ ref }) => ref))
  const found =
    known.get(key) ??
    deviations.filter(({ policy, directions }) => directions.includes(direction) && selecting.has(policy))
  known.set(key, found)
  return found
}
