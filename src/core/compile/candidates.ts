import { selectedBy } from '#core/evaluate/peers.ts'
import { treeOf } from '#core/load/load.ts'
import { MANAGED_LABEL } from '#core/kinds/networkPolicy.ts'
import type { Policy } from '#core/model/rule.ts'
import { at } from '#core/yaml/tree.ts'
import { type Amendment, amendmentFor } from './amend.ts'
import type { Draft } from './draft.ts'
import type { HalfText } from './halfText.ts'
import { isAlive, isSwitch } from './policyText.ts'
import { selectable, workloadsOf } from './peers.ts'
import { policyCounts } from './place.ts'

/** A policy written by hand that could take a half, and what is against it. */
export interface Candidate {
  readonly policy: Policy
  readonly amendment: Amendment
  /** How many other workloads it selects. */
  readonly others: number
  readonly warnings: readonly string[]
}

const COST: Readonly<Record<Amendment, number>> = { peer: 0, port: 0, rule: 1 }

/**
 * The policies that others wrote, that isolate all of the half's pods already, and whose text is read as it is applied,
 * best first: those that select nobody else, those that a port or a peer is enough for, those in the file with most
 * policies of the namespace. Switches of the namespace and what other tools generate are none; what Helm releases is last.
 */
export function handWritten(draft: Draft, half: HalfText): readonly Candidate[] {
  const { end } = half.subject
  const wanted = workloadsOf(draft.evaluation, end)
    .filter(selectable)
    .map(({ id }) => id)
  const counts = policyCounts(draft, end.namespace)
  const found = draft.loaded.policies.flatMap((policy) => candidateFor(draft, policy, half, wanted) ?? [])
  const fileOf = ({ policy }: Candidate): number =>
    counts.get(draft.loaded.trees.get(policy.ref.document)?.file ?? '') ?? 0
  return found.toSorted(
    (a, b) =>
      a.warnings.length - b.warnings.length ||
      a.others - b.others ||
      COST[a.amendment] - COST[b.amendment] ||
      fileOf(b) - fileOf(a),
  )
}

function candidateFor(draft: Draft, policy: Policy, half: HalfText, wanted: readonly string[]): Candidate | undefined {
  const { namespace, directions, managed } = policy
  if (managed || !isAlive(policy) || namespace !== half.subject.end.namespace || isSwitch(policy)) return undefined
  const keeper = keeperOf(draft, policy)
  if (!directions.includes(half.direction) || (keeper !== undefined && keeper !== 'Helm')) return undefined
  const selected = new Set(selectedBy(draft.evaluation, policy))
  if (wanted.length === 0 || !wanted.every((id) => selected.has(id))) return undefined
  const others = [...selected].filter((id) => !wanted.includes(id)).map(nameOfId)
  const warnings = [...ofHelm(policy, keeper), ...ofOthers(policy, half, others)]
  return { policy, amendment: amendmentFor(draft, policy, half), others: others.length, warnings }
}

function nameOfId(id: string): string {
  const [namespace = '', , name = ''] = id.split('/')
  return `${namespace}/${name}`
}

function keeperOf({ loaded }: Draft, { ref }: Policy): string | undefined {
  const label = at(treeOf(loaded, ref.document), ['metadata', 'labels', MANAGED_LABEL.key])
  return label?.type === 'scalar' && typeof label.value === 'string' ? label.value : undefined
}

function ofHelm({ name }: Policy, keeper: string | undefined): readonly string[] {
  if (keeper === undefined) return []
  return [
    `${name} is managed by Helm: the next release overwrites what is changed here. Change its chart or values, too.`,
  ]
}

// The other half may hide what the rule does to others now; to pods that come later nothing shows it at all.
function ofOthers(
  { name, subject }: Policy,
  { subject: { end } }: HalfText,
  others: readonly string[],
): readonly string[] {
  if (!('workload' in end)) return []
  if (others.length > 0) {
    const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
    return [`${name} selects ${others.slice(0, 3).join(', ')}${more}, too: what is added there is for them as well.`]
  }
  return subject.pods.length > 0
    ? []
    : [`${name} selects all pods of ${end.namespace}: those that come later get this, too.`]
}
