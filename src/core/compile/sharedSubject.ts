import { PEERS_KEY, portText } from '#core/kinds/networkPolicyText.ts'
import { selectedBy } from '#core/evaluate/peers.ts'
import type { Workload } from '#core/model/cluster.ts'
import { endId } from '#core/model/end.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { setValue } from '#core/yaml/splice.ts'
import { type Draft, edit } from './draft.ts'
import type { HalfText, Written } from './halfText.ts'
import { bareName, drawnPolicies, isDnsRule, listAt, plainItems } from './policyText.ts'
import { isSame } from './same.ts'
import { selectTogether } from './together.ts'

/** What a policy says: peers and ports as they are written; no peers at all are everybody. */
interface Said {
  readonly direction: Direction
  readonly peers: readonly unknown[]
  readonly ports: readonly unknown[]
}

/** The policies of Drawbridge's that say just this, and nothing else but DNS, for other workloads: one more may join them. */
export function sharedPolicies(draft: Draft, half: HalfText): readonly Policy[] {
  const { direction, subject, besides } = half
  const peers = half.peers === 'any' ? [] : half.peers
  const ports = half.ports.map(portText)
  return drawnPolicies(draft, subject.end.namespace, direction).filter((policy) => {
    const hasDns = listAt(draft, policy, ['spec', direction]).some((rule) => isDnsRule(draft, rule, direction))
    return hasDns === besides.length > 0 && saysOnly(draft, policy, { direction, peers, ports })
  })
}

/** Does a policy say, besides DNS, exactly this, in one rule? */
export function saysOnly(draft: Draft, policy: Policy, { direction, peers, ports }: Said): boolean {
  const rules = listAt(draft, policy, ['spec', direction]).filter((rule) => !isDnsRule(draft, rule, direction))
  const [only, ...more] = rules
  if (!only || more.length > 0) return false
  return isSame(plainItems(only, PEERS_KEY[direction]), peers) && isSame(plainItems(only, 'ports'), ports)
}

/** Lets a policy that says just this select the half's workload, too; undefined where no label tells them all from the rest. */
export function share(draft: Draft, policy: Policy, { subject }: HalfText): Written | undefined {
  const own = draft.evaluation.workloads.get(endId(subject.end))
  const members = membersOf(draft, policy)
  if (!own || members.length === 0 || members.includes(own)) return undefined
  const next = select(draft, policy, [...members, own])
  const name = bareName(policy)
  return next && { draft: next, sentence: `Adds ${own.name} to the pods of ${name}.`, name, isNew: false }
}

/** Takes a workload out of the pods that a shared policy selects; undefined where it selects no other, or no label tells the others apart. */
export function unshare(draft: Draft, policy: Policy, id: string): Draft | undefined {
  const members = membersOf(draft, policy)
  const rest = members.filter((member) => member.id !== id)
  return rest.length === 0 || rest.length === members.length ? undefined : select(draft, policy, rest)
}

function membersOf({ evaluation }: Draft, policy: Policy): readonly Workload[] {
  return selectedBy(evaluation, policy).flatMap((id) => evaluation.workloads.get(id) ?? [])
}

function select(draft: Draft, policy: Policy, members: readonly Workload[]): Draft | undefined {
  const selector = selectTogether(draft.evaluation.cluster, members)
  const path = ['spec', 'podSelector']
  return selector && edit(draft, policy.ref.document, (text, tree) => setValue(text, tree, path, selector))
}
