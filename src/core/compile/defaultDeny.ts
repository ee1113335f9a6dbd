import { policyType } from '#core/kinds/networkPolicyText.ts'
import { isolationOf } from '#core/evaluate/evaluate.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import type { End } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, NO_PORTS } from '#core/model/ports.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { addEntry, appendItem, removeAt } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { dnsOf } from './dns.ts'
import { removeDocument } from './documents.ts'
import { type Draft, edit } from './draft.ts'
import type { Effect, Outcome, Planned, Step } from './outcome.ts'
import { selectable } from './peers.ts'
import { listAt } from './policyText.ts'
import { writePolicy } from './rules.ts'

type SwitchIntent = Extract<Intent, { type: 'default-deny' }>

/** The switch of a namespace: isolates all its pods in a direction, or takes that away again (design.md 8). */
export function planDefaultDeny(start: Draft, intent: SwitchIntent): Planned {
  return intent.on ? switchOn(start, intent) : switchOff(start, intent)
}

function switchOn(start: Draft, { namespace, direction, dns }: SwitchIntent): Outcome {
  let step: Step = { draft: start, sentences: [], warnings: [] }
  const there = denying(start, namespace).find(({ directions }) => directions.includes(direction))
  step = there ? told(step, `${there.name} denies all ${direction} already.`) : deny(step, namespace, direction)
  if (dns && direction === 'egress') step = allowDns(step, namespace)
  const effects: readonly Effect[] = dns && direction === 'egress' ? ['closes', 'opens'] : ['closes']
  return { ...step, wanted: wantedBy(namespace, direction, effects) }
}

function deny(step: Step, namespace: string, direction: Direction): Step {
  for (const own of denying(step.draft, namespace).filter(({ managed }) => managed)) {
    const draft = edit(step.draft, own.ref.document, (text, tree) =>
      appendItem(text, tree, ['spec', 'policyTypes'], policyType(direction)),
    )
    if (draft) return told({ ...step, draft }, `Adds ${policyType(direction)} to ${own.name}.`)
  }
  const policy = { namespace, podSelector: {}, rules: { [direction]: [] } }
  const isTaken = step.draft.loaded.documents.some(({ name }) => name === `${namespace}/default-deny`)
  const { draft, name, path } = writePolicy(step.draft, policy, ['default-deny', isTaken ? `-${direction}` : ''])
  return told(
    { ...step, draft },
    `Adds the policy ${namespace}/${name} to ${path}: all pods of ${namespace}, and no rule that allows any ${direction}.`,
  )
}

function allowDns(step: Step, namespace: string): Step {
  const known = dnsPolicies(step.draft, namespace)[0]
  if (known) return told(step, `${known.name} keeps DNS open.`)
  const { rules, assumed } = dnsOf(step.draft.evaluation)
  const policy = { namespace, podSelector: {}, rules: { egress: rules } }
  const { draft, name } = writePolicy(step.draft, policy, ['allow-dns', ''])
  const where = assumed ? ' No DNS Service is loaded: pods labelled k8s-app=kube-dns in kube-system are assumed.' : ''
  return told(
    { ...step, draft },
    `Keeps DNS open for all pods of ${namespace}, by the policy ${namespace}/${name}.${where}`,
  )
}

function switchOff(start: Draft, { namespace, direction }: SwitchIntent): Planned {
  const targets = [
    ...emptyIn(start, namespace, direction),
    ...(direction === 'egress' ? dnsPolicies(start, namespace) : []),
  ]
  let step: Step = { draft: start, sentences: [], warnings: [] }
  for (const { ref } of targets) {
    const policy = step.draft.loaded.policies.find((one) => one.ref.document === ref.document)
    const next = policy && withoutDirection(step, policy, direction)
    if (!next)
      return {
        refusal: `The text of ${policy?.name ?? 'a policy'} can’t be edited here (it uses an alias): please take ${policyType(direction)} out of it by hand.`,
      }
    step = next
  }
  const isolated = stillIsolated(step.draft, namespace, direction)
  if (targets.length === 0)
    return {
      refusal: `No policy denies all ${direction} of ${namespace}.${isolated === undefined ? '' : ` ${isolated}`}`,
    }
  return {
    ...(isolated === undefined ? step : told(step, isolated)),
    wanted: wantedBy(namespace, direction, ['opens']),
    preview: true,
  }
}

function withoutDirection(step: Step, policy: Policy, direction: Direction): Step | undefined {
  const { name, ref, directions } = policy
  if (directions.length === 1) {
    const draft = removeDocument(step.draft, ref.document)
    return draft && told({ ...step, draft }, `Removes the policy ${name}.`)
  }
  const path = ['spec', 'policyTypes']
  const types = listAt(step.draft, policy, path)
  const index = types.findIndex((item) => item.type === 'scalar' && item.value === policyType(direction))
  const other = policyType(direction === 'ingress' ? 'egress' : 'ingress')
  // Without policyTypes the server adds what the rules imply, so the one that stays must be spelled out (semantics.md A.3).
  const draft = edit(step.draft, ref.document, (text, tree) => {
    if (index >= 0) return removeAt(text, tree, [...path, index])
    return at(tree, path)
      ? appendItem(text, tree, path, other)
      : addEntry(text, tree, ['spec'], ['policyTypes', [other]])
  })
  return draft && told({ ...step, draft }, `Takes ${policyType(direction)} out of ${name}.`)
}

// Policies for all pods of the namespace that allow nothing at all.
function denying({ loaded }: Draft, namespace: string): readonly Policy[] {
  return forAllPods(loaded.policies, namespace).filter(({ rules }) => rules.length === 0)
}

// Those that allow nothing in this direction, whatever they do in the other.
function emptyIn({ loaded }: Draft, namespace: string, direction: Direction): readonly Policy[] {
  return forAllPods(loaded.policies, namespace).filter(
    ({ rules, directions }) => directions.includes(direction) && rules.every((rule) => rule.direction !== direction),
  )
}

function dnsPolicies({ loaded }: Draft, namespace: string): readonly Policy[] {
  const isDns = ({ name, managed }: Policy): boolean =>
    managed && new RegExp(`^${namespace}/allow-dns(-\\d+)?$`).test(name)
  return forAllPods(loaded.policies, namespace).filter((policy) => isDns(policy) && policy.rules.length > 0)
}

function forAllPods(policies: readonly Policy[], namespace: string): readonly Policy[] {
  return policies.filter((policy) => {
    const isPlain = policy.tier === 'networkPolicy' && policy.unevaluated === undefined && !policy.stale
    return isPlain && policy.namespace === namespace && policy.subject.pods.length === 0
  })
}

function stillIsolated({ evaluation }: Draft, namespace: string, direction: Direction): string | undefined {
  const left = evaluation.cluster.workloads.filter((one) => one.namespace === namespace && selectable(one))
  const isolated = left.filter(({ id }) => isolationOf(evaluation, id, direction) !== 'no')
  if (isolated.length === 0) return undefined
  const names = isolated.map(({ name }) => name)
  const ids = new Set(isolated.map(({ id }) => id))
  const policies = evaluation.policies.filter(
    (one) => one.directions.includes(direction) && selectedBy(evaluation, one).some((id) => ids.has(id)),
  )
  return `Still isolated for ${direction}: ${names.join(', ')}, by ${policies.map(({ name }) => name).join(', ') || 'other policies'}.`
}

function wantedBy(namespace: string, direction: Direction, effects: readonly Effect[]): Outcome['wanted'] {
  const isOwn = (end: End): boolean => 'namespace' in end && end.namespace === namespace
  return (effect, from, to) =>
    effects.includes(effect) && isOwn(direction === 'ingress' ? to : from) ? ALL_PORTS : NO_PORTS
}

function told(step: Step, sentence: string): Step {
  return { ...step, sentences: [...step.sentences, sentence] }
}
