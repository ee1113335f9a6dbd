import type { Doubt } from '#core/evaluate/doubts.ts'
import type { Pod } from '#core/model/cluster.ts'
import type { Sentence } from '#core/model/picture.ts'
import { code, link, say } from './sentence.ts'

/** Why an answer is open, and what to load so that it is not. */
export function tellDoubt(doubt: Doubt): Sentence {
  switch (doubt.type) {
    case 'unevaluated': {
      const kind = doubt.policy.unevaluated ?? 'policy of another tier'
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
    case 'name':
      return say(
        `Policies see addresses, not names: which address ${doubt.host} has is not known. Ask for the address instead.`,
      )
  }
}

function podsOf(pods: readonly Pod[]): string {
  const [first] = pods
  return first ? `the pods of ${first.namespace}` : 'the pods'
}
