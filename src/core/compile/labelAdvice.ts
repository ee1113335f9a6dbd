import type { Workload } from '#core/model/cluster.ts'
import type { Help } from '#core/model/intent.ts'
import { selectablePods } from './selectors.ts'

const KEYS = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/component', 'app.kubernetes.io/instance']

/** A label that would tell a workload's pods from all others of its namespace: under a key that none of them has yet. */
export function labelFor(workload: Workload, neighbours: readonly Workload[]): readonly [key: string, value: string] {
  const own = selectablePods(workload)
  const isFree = (key: string): boolean => own.every(({ labels: { labels } }) => !Object.hasOwn(labels, key))
  const key = KEYS.find(isFree) ?? 'policy'
  const name = labelValue(workload.name)
  const isTaken = neighbours.some(
    (other) => other !== workload && selectablePods(other).some(({ labels: { labels } }) => labels[key] === name),
  )
  return [key, isTaken ? labelValue(`${workload.name}-${workload.kind.toLowerCase()}`) : name]
}

/** The plan that adds such a label, beside a plan or a refusal. */
export function labelHelp(workload: Workload, [key, value]: readonly [string, string]): Help {
  const { namespace, kind, name } = workload
  return {
    label: `Add the label ${key}: ${value} to ${namespace}/${name}`,
    intent: { type: 'add-labels', end: { namespace, workload: `${kind}/${name}` }, labels: { [key]: value } },
  }
}

// At most 63 characters that begin and end with a letter or digit (semantics.md B.1).
function labelValue(name: string): string {
  const text = name.replaceAll(/[^\w.-]+/g, '-').slice(0, 63)
  return text.replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '') || 'pods'
}
