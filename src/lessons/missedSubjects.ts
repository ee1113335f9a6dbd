import { type Evaluation, isolationOf } from '#core/evaluate/evaluate.ts'
import type { Pod } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { matches } from '#core/model/labels.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Sentence } from '#core/model/sentence.ts'

/** More than these are no help. */
const MOST = 2

/**
 * Policies that do not isolate a workload but may be meant to: they select it for the other direction only, or are of
 * its namespace and select others. Nothing for an end that is isolated, or that is no workload. (semantics.md A.1, A.3)
 */
export function missedSubjects(evaluation: Evaluation, end: End, direction: Direction): readonly Sentence[] {
  if (!('workload' in end) || isolationOf(evaluation, endId(end), direction) !== 'no') return []
  const pod = evaluation.workloads.get(endId(end))?.pods[0]
  if (!pod || pod.hostNetwork) return []
  const own = evaluation.policies.filter(({ namespace }) => namespace === pod.namespace)
  return own.flatMap((policy) => missOf(policy, pod, direction, endName(end))).slice(0, MOST)
}

function missOf(policy: Policy, pod: Pod, direction: Direction, name: string): readonly Sentence[] {
  const link = { text: policy.name, ref: policy.ref }
  const wanted = direction === 'egress' ? 'Egress' : 'Ingress'
  const counts = policy.directions.includes(direction)
  if (matches(policy.subject.pods, pod.labels) === 'yes')
    return counts
      ? []
      : [
          [
            link,
            { text: ` selects ${name}, but its ` },
            code('policyTypes'),
            { text: ' are without ' },
            code(wanted),
            { text: '.' },
          ],
        ]
  if (!counts) return []
  const terms = policy.subject.pods.map(({ key, values }) =>
    values.length === 0 ? key : `${key}: ${values.join(', ')}`,
  )
  const labels = Object.entries(pod.labels.labels).map(([key, value]) => `${key}: ${value}`)
  return [
    [
      link,
      { text: ` does not select ${name}: it asks for ` },
      code(terms.join(', ')),
      { text: ', and the pod has ' },
      code(labels.join(', ') || 'no labels'),
      { text: '.' },
    ],
  ]
}

function code(text: string) {
  return { text, code: true }
}
