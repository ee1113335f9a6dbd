import type { Doubt } from '#core/evaluate/doubts.ts'
import type { Pod } from '#core/model/cluster.ts'
import { code, link, say, type Sentence } from '#core/model/sentence.ts'
import type { RuleEvidence } from '#core/model/verdict.ts'
import { ACTION, ruleName } from './rule.ts'

/** Why an answer is open, and what to load so that it is not. */
export function tellDoubt(doubt: Doubt): Sentence {
  switch (doubt.type) {
    case 'unevaluated': {
      const kind = doubt.policy.unevaluated ?? 'policy'
      return say(
        `The ${kind} `,
        link(doubt.policy.name, doubt.policy.ref),
        ' may select these pods, and Drawbridge does not evaluate this kind of policy.',
      )
    }
    case 'namespace':
      return say(
        `A selector asks for labels of the namespace ${doubt.namespace}, which is not loaded: add what `,
        code('kubectl get namespaces -o yaml'),
        ' prints.',
      )
    case 'labels':
      return say(
        `A selector asks for the label ${doubt.keys.join(', ')} of ${podsOf(doubt.pods)}, which they get only when they start: add what `,
        code('kubectl get pods -A -o yaml'),
        ' prints.',
      )
    case 'controller':
      return say(
        'Where the ingress controller runs and how its pods are labelled is not known: set ',
        code('ingressController'),
        ' in a DrawbridgeSettings document.',
      )
    case 'address':
      return say(
        `A rule names IP blocks, and which of them hold ${podsOf(doubt.pods)} is not known: add what `,
        code('kubectl get pods -A -o yaml'),
        ' prints, or set the pod CIDR.',
      )
    case 'node':
      return say(
        `A pod's own node always reaches it, and which node ${podsOf(doubt.pods)} run on is not known: add what `,
        code('kubectl get pods -A -o yaml'),
        ' prints.',
      )
    case 'nodes':
      return say(
        'A rule names nodes, and not all of them are loaded: add what ',
        code('kubectl get nodes -o yaml'),
        ' prints.',
      )
    case 'domains':
      return say(
        `A rule names ${doubt.names.join(', ')}, and which addresses that is is not known here. Ask for the name to see what it gets.`,
      )
    case 'conflict':
      return conflict(doubt.rules)
    case 'name':
      return say(
        `Policies see addresses, not names: which address ${doubt.host} has is not known. Ask for the address instead.`,
      )
  }
}

// Kubernetes leaves open who wins (semantics.md C.2).
function conflict(rules: readonly RuleEvidence[]): Sentence {
  const names = rules.map((rule) => [...ruleName(rule), ` (${ACTION[rule.action]})`])
  const joined = names.flatMap((name, i) => (i === 0 ? name : [i === names.length - 1 ? ' and ' : ', ', ...name]))
  const [first] = rules
  return say(
    ...joined,
    ` contradict each other at the same priority ${first?.priority ?? 0}; Kubernetes does not say who wins.`,
  )
}

function podsOf(pods: readonly Pod[]): string {
  const [first] = pods
  return first?.namespace ? `the pods of ${first.namespace}` : 'the pods'
}
