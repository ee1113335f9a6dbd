import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { RuleText } from '#core/kinds/networkPolicyText.ts'
import { ruleValue } from '#core/kinds/networkPolicyText.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, coversPorts, NO_PORTS, type PortSet } from '#core/model/ports.ts'
import { addEntry, appendItem } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { dnsOf, dnsPods } from './dns.ts'
import { type Draft, edit } from './draft.ts'
import type { Planned, Step } from './outcome.ts'
import { endOf, type Refusal, selectable, subjectOf, workloadsOf } from './peers.ts'
import { isDnsRule, listAt, ownPolicies } from './policyText.ts'
import { writePolicy } from './rules.ts'

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
  const step =
    isolated.length < all.length && !('workload' in end)
      ? each(start, isolated.map(endOf), rules)
      : write(begun(start), end, rules)
  if ('refusal' in step) return step
  const where = assumed ? ['No DNS Service is loaded: pods labelled k8s-app=kube-dns in kube-system are assumed.'] : []
  return {
    ...step,
    title: `Allow DNS for ${endName(end)}`,
    sentences: [...step.sentences, ...where],
    wanted: (effect, from) =>
      effect === 'opens' &&
      'namespace' in from &&
      (endId(from) === endId(end) || (!('workload' in end) && from.namespace === end.namespace))
        ? ALL_PORTS
        : NO_PORTS,
  }
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
function each(start: Draft, ends: readonly Own[], rules: readonly RuleText[]): Step | Refusal {
  let step = begun(start)
  for (const end of ends) {
    if (reachesDns(step.draft, end)) continue
    const next = write(step, end, rules)
    if ('refusal' in next) return next
    step = next
  }
  return step
}

// Into the workload's own policy where it has one; else a policy of its own.
function write(step: Step, end: Own, rules: readonly RuleText[]): Step | Refusal {
  const subject = subjectOf(step.draft.evaluation, end)
  if ('refusal' in subject) return subject
  const warnings = [...new Set([...step.warnings, ...subject.warnings])]
  for (const { ref, name } of 'workload' in end ? ownPolicies(step.draft, { direction: 'egress', subject }) : []) {
    const list = ['spec', 'egress']
    let draft: Draft | undefined = step.draft
    for (const rule of rules.map((one) => ruleValue('egress', one)))
      draft =
        draft &&
        edit(draft, ref.document, (text, tree) =>
          at(tree, list) ? appendItem(text, tree, list, rule) : addEntry(text, tree, ['spec'], ['egress', [rule]]),
        )
    if (draft) return { draft, warnings, sentences: [...step.sentences, `Adds DNS to ${name}.`] }
  }
  const policy = { namespace: end.namespace, podSelector: subject.podSelector, rules: { egress: rules } }
  const stem = 'workload' in end ? ([subject.stem, '-egress'] as const) : (['allow-dns', ''] as const)
  const { draft, name, path } = writePolicy(step.draft, policy, stem)
  return {
    draft,
    warnings,
    sentences: [
      ...step.sentences,
      `Keeps DNS open for ${endName(end)}, by the policy ${end.namespace}/${name} in ${path}.`,
    ],
  }
}
