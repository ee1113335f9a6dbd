import { type PolicyDraft, policyText, type PortText, ruleText, WORDS } from '#core/kinds/writePolicy.ts'
import { treeOf } from '#core/load/load.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { addEntry, appendItem } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { type Copy, withDocument } from './copy.ts'
import { same } from './equal.ts'
import { policyFile, withNewDocument } from './fileFor.ts'
import type { SubjectText } from './peerText.ts'

/** One half of an edge, ready to be written: who is the subject, whom it may talk with, on which ports. */
export interface HalfText {
  readonly direction: Direction
  readonly subject: SubjectText
  readonly peers: readonly object[] | 'any'
  readonly ports: readonly PortText[]
}

/** A changed copy and what was done, for people. */
export interface Step {
  readonly copy: Copy
  readonly sentence: string
}

/**
 * Writes a half into the copy: into Drawbridge's policy of that workload and direction, where a rule with the same ports
 * takes the peer, or one with the same peers the ports; else as a rule of its own, else as a new policy. Two peers and
 * two ports are never multiplied (semantics.md F.1). Never touches what the user wrote.
 */
export function writeHalf(copy: Copy, half: HalfText): Step {
  const policy = ownPolicy(copy, half)
  return (policy && (joinRule(copy, policy, half) ?? addRule(copy, policy, half))) ?? newPolicy(copy, half)
}

/** Writes a new policy into the file where it belongs, under a name that is free in its namespace. */
export function writePolicy(
  copy: Copy,
  policy: PolicyDraft,
): { readonly copy: Copy; readonly name: string; readonly file: string } {
  const name = freeName(copy, policy.namespace, policy.name)
  const file = policyFile(copy, policy.namespace)
  return { copy: withNewDocument(copy, file, policyText({ ...policy, name })), name, file }
}

function ownPolicy(copy: Copy, { direction, subject }: HalfText): Policy | undefined {
  return copy.loaded.policies.find((policy) => {
    if (!policy.managed || policy.stale || policy.namespace !== subject.namespace) return false
    if (policy.directions.length !== 1 || policy.directions[0] !== direction) return false
    // Policies for a whole namespace that are not drawn (the switch, DNS) are no place for rules.
    if (!policy.name.startsWith(`${subject.namespace}/${stemOf(subject.stem)}`)) return false
    const selector = at(treeOf(copy.loaded, policy.ref.document), ['spec', 'podSelector'])
    return selector !== undefined && same(toPlain(selector), subject.podSelector)
  })
}

function joinRule(copy: Copy, policy: Policy, half: HalfText): Step | undefined {
  const { rules, peers: peersKey } = WORDS[half.direction]
  const list = at(treeOf(copy.loaded, policy.ref.document), ['spec', rules])
  if (list?.type !== 'sequence' || half.peers === 'any') return undefined
  for (const [i, rule] of list.items.entries()) {
    const peers = itemsAt(rule, peersKey)
    const ports = itemsAt(rule, 'ports')
    if (peers.length === 0) continue
    if (same(ports, half.ports)) {
      const fresh = half.peers.filter((peer) => !peers.some((own) => same(own, peer)))
      return appended(copy, policy, { path: ['spec', rules, i, peersKey], items: fresh, at: i, what: 'the new peer' })
    }
    if (same(peers, half.peers) && ports.length > 0 && half.ports.length > 0) {
      const fresh = half.ports.filter((port) => !ports.some((own) => same(own, port)))
      return appended(copy, policy, { path: ['spec', rules, i, 'ports'], items: fresh, at: i, what: 'the new port' })
    }
  }
  return undefined
}

interface Addition {
  readonly path: readonly (string | number)[]
  readonly items: readonly object[]
  readonly at: number
  readonly what: string
}

function appended(copy: Copy, policy: Policy, { path, items, at: index, what }: Addition): Step | undefined {
  let result: Copy | undefined = copy
  for (const item of items)
    result = result && withDocument(result, policy.ref.document, (text, tree) => appendItem(text, tree, path, item))
  return result && { copy: result, sentence: `Adds ${what} to rule ${index + 1} of ${policy.name}.` }
}

function addRule(copy: Copy, policy: Policy, half: HalfText): Step | undefined {
  const { rules } = WORDS[half.direction]
  const rule = ruleText(half.direction, half.peers, half.ports)
  const result = withDocument(copy, policy.ref.document, (text, tree) =>
    at(tree, ['spec', rules])
      ? appendItem(text, tree, ['spec', rules], rule)
      : addEntry(text, tree, ['spec'], [rules, [rule]]),
  )
  return result && { copy: result, sentence: `Adds a rule to ${policy.name}.` }
}

function newPolicy(copy: Copy, half: HalfText): Step {
  const { direction, subject } = half
  const written = writePolicy(copy, {
    namespace: subject.namespace,
    name: `${subject.stem}-${direction}`,
    podSelector: subject.podSelector,
    directions: [direction],
    rules: { [direction]: [ruleText(direction, half.peers, half.ports)] },
  })
  return { copy: written.copy, sentence: `Adds the policy ${subject.namespace}/${written.name} to ${written.file}.` }
}

function freeName(copy: Copy, namespace: string, wanted: string): string {
  const stem = stemOf(wanted)
  const taken = new Set(copy.loaded.documents.filter(({ kind }) => kind === 'NetworkPolicy').map(({ name }) => name))
  if (!taken.has(`${namespace}/${stem}`)) return stem
  for (let n = 2; ; n++) if (!taken.has(`${namespace}/${stem}-${n}`)) return `${stem}-${n}`
}

// A name that holds 63 characters stays usable as a label (semantics.md F.5).
function stemOf(text: string): string {
  const safe = text.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
  return safe.slice(0, 58).replace(/[-.]+$/, '')
}

function itemsAt(rule: Tree, key: string): unknown[] {
  const list = at(rule, [key])
  return list?.type === 'sequence' ? list.items.map(toPlain) : []
}
