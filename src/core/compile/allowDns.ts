import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { RuleText } from '#core/kinds/networkPolicyText.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, coversPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import { dnsOf, dnsPods } from './dns.ts'
import type { Draft } from './draft.ts'
import type { HalfText } from './halfText.ts'
import type { Planned, Step } from './outcome.ts'
import { endOf, type Refusal, selectable, type Subject, subjectOf, workloadsOf } from './peers.ts'
import { isDnsRule, listAt } from './policyText.ts'
import { waysOf, writePolicy } from './rules.ts'

type Own = Extract<Intent, { type: 'allow-dns' }>['end']

/** Keeps name resolution open for a workload or all of a namespace: UDP and TCP to the DNS pods (semantics.md A.13). */
export function planAllowDns(start: Draft, { end }: Extract<Intent, { type: 'allow-dns' }>): Planned {
  const all = workloadsOf(start.evaluation, end).filter(selectable)
  if (all.length === 0) return { refusal: `${endName(end)} has no pods that a policy could select: nothing to do.` }
  const isolated = all.filter(({ id }) => isolationOf(start.evaluation, id, 'egress') !== 'no')
  if (isolated.length === 0)
    return { refusal: `Nothing to do: no policy restricts what ${endName(end)} sends, so DNS is open.` }
  if (isolated.every((one) => reachesDns(start, endOf(one))))
    return { refusal: `Nothing to do: ${endName(end)} reaches DNS already.` }
  const { rules, assumed } = dnsOf(start.evaluation)
  const where = assumed ? ['No DNS Service is loaded: pods labelled k8s-app=kube-dns in kube-system are assumed.'] : []
  const made =
    isolated.length < all.length && !('workload' in end)
      ? each(start, isolated.map(endOf), rules)
      : writings(begun(start), end, rules)
  if ('refusal' in made) return made
  return made.map(({ step, title }) => ({
    ...step,
    title,
    sentences: [...step.sentences, ...where],
    wanted: (effect, from) =>
      effect === 'opens' &&
      'namespace' in from &&
      (endId(from) === endId(end) || (!('workload' in end) && from.namespace === end.namespace))
        ? ALL_PORTS
        : NO_PORTS,
  }))
}

/** One way to keep DNS open, with what tells it from others. */
interface Writing {
  readonly step: Step
  readonly title: string
}

// Where DNS pods are loaded, the answer tells; else whether a rule says it.
function reachesDns(draft: Draft, own: End): boolean {
  const { ids, ports } = dnsPods(draft.evaluation)
  const served = [...ids].filter((id) => id !== endId(own)).flatMap((id) => draft.evaluation.workloads.get(id) ?? [])
  if (served.length === 0) return 'workload' in own && hasRule(draft, own)
  return served.every((dns) => isOpen(draft, own, { to: endOf(dns), ports }))
}

function isOpen(
  { evaluation }: Draft,
  from: End,
  { to, ports }: { readonly to: End; readonly ports: PortSet },
): boolean {
  const verdict = verdictOf(evaluation, from, to)
  return verdict !== undefined && coversPorts(verdict.egress.allowed, ports)
}

function hasRule(draft: Draft, own: End): boolean {
  const verdict = verdictOf(draft.evaluation, own, own)
  const isolating = verdict?.egress.isolatedBy.map(({ policy }) => policy.document) ?? []
  return draft.loaded.policies
    .filter(({ ref }) => isolating.includes(ref.document))
    .some((policy) => listAt(draft, policy, ['spec', 'egress']).some((rule) => isDnsRule(draft, rule, 'egress')))
}

function begun(draft: Draft): Step {
  return { draft, sentences: [], warnings: [] }
}

// Isolating those that are not would close what nobody spoke of.
function each(start: Draft, ends: readonly Own[], rules: readonly RuleText[]): readonly Writing[] | Refusal {
  let step = begun(start)
  for (const end of ends) {
    if (reachesDns(step.draft, end)) continue
    const next = writings(step, end, rules)
    if ('refusal' in next) return next
    step = next[0]?.step ?? step
  }
  return [{ step, title: `Allow DNS for ${ends.map(endName).join(', ')}` }]
}

/** So many ways are worth evaluating. */
const MOST_WAYS = 3

// Into a policy that is there already, whoever wrote it, or a new one; a namespace has a switch for it.
function writings(step: Step, end: Own, rules: readonly RuleText[]): readonly Writing[] | Refusal {
  const subject = subjectOf(step.draft.evaluation, end)
  if ('refusal' in subject) return subject
  if (!('workload' in end)) return [writeSwitch(step, end, rules)]
  const [first, ...more] = rules.map((rule) => halfOf(subject, rule))
  if (!first) return []
  return waysOf(step.draft, first, { isNamed: true, most: MOST_WAYS }).flatMap((way): readonly Writing[] => {
    const written = way.write(step.draft)
    const draft = written && more.reduce((now, half) => addTo(now, half, written.name), written.draft)
    if (!written || !draft) return []
    const { name, isNew } = written
    const full = `${end.namespace}/${name}`
    const told = isNew ? `Keeps DNS open for ${endName(end)}. ${written.sentence}` : `Adds DNS to ${full}.`
    const warnings = [...new Set([...step.warnings, ...way.warnings])]
    const title = isNew ? `Allow DNS by a new policy, ${name}` : `Allow DNS in ${name}`
    return [{ title, step: { draft, warnings, sentences: [...step.sentences, told] } }]
  })
}

function halfOf(subject: Subject, { peers, ports }: RuleText): HalfText {
  const specs = ports.flatMap(({ protocol, port }) => parsePortSpec(`${protocol}/${port}`) ?? [])
  return { direction: 'egress', subject, peers, ports: specs, besides: [] }
}

// Node-local DNS has a rule of its own: it goes where the first one went.
function addTo(draft: Draft, half: HalfText, name: string): Draft {
  const ways = waysOf(draft, half, { isNamed: true, most: MOST_WAYS }).map(({ write }) => write(draft))
  return ways.find((one) => one?.name === name)?.draft ?? draft
}

function writeSwitch(step: Step, end: Own, rules: readonly RuleText[]): Writing {
  const policy = { namespace: end.namespace, podSelector: {}, rules: { egress: rules } }
  const { draft, name, path } = writePolicy(step.draft, policy, ['allow-dns', ''])
  const told = `Keeps DNS open for ${endName(end)}, by the policy ${end.namespace}/${name} in ${path}.`
  return { title: `Allow DNS for ${endName(end)}`, step: { ...step, draft, sentences: [...step.sentences, told] } }
}
