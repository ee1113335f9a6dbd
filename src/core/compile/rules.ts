import { PEERS_KEY, policyValue, type PolicyText, portText } from '#core/kinds/networkPolicyText.ts'
import type { Policy } from '#core/model/rule.ts'
import { amend } from './amend.ts'
import { handWritten } from './candidates.ts'
import type { Draft } from './draft.ts'
import type { HalfText, Written } from './halfText.ts'
import { nameParts } from './names.ts'
import { isDnsRule, listAt, ownPolicies, plainItems, policyAt } from './policyText.ts'
import { addDocument, freeName, policyFile } from './place.ts'
import { isSame } from './same.ts'
import { share, sharedPolicies } from './sharedSubject.ts'

export type { HalfText, Written } from './halfText.ts'

/** One way to write a half; `write` gives undefined where the text can't be edited there. */
export interface Way {
  readonly write: (draft: Draft) => Written | undefined
  readonly warnings: readonly string[]
  /** True where it isn't laid out as the style asks. */
  readonly offStyle: boolean
  /** True where the policy is new. */
  readonly isNew: boolean
}

/**
 * Writes a half into Drawbridge's own policies, as the style of the draft lays them out: into the policy of that workload
 * and direction (or edge), else into a new one. Peers and ports of two connections are never multiplied (semantics.md
 * F.1.4). What the user wrote stays untouched.
 */
export function writeHalf(draft: Draft, half: HalfText): Written {
  for (const { write } of ownWays(draft, half)) {
    const written = write(draft)
    if (written) return written
  }
  return addPolicy(draft, half)
}

/**
 * The ways to write a half that are worth a try, `most` at most: Drawbridge's own policies and those written by hand that
 * select just its pods, a new one (unless `isNamed` is false: no label selects them), then those that have more against them.
 */
export function waysOf(
  draft: Draft,
  half: HalfText,
  { isNamed, most }: { readonly isNamed: boolean; readonly most: number },
): readonly Way[] {
  const hand = handWritten(draft, half)
  const asWay = ({ policy, warnings }: (typeof hand)[number]): Way => ({
    ...amending(policy, half),
    warnings,
    offStyle: draft.style === 'per-edge',
  })
  const isGood = ({ warnings, others }: (typeof hand)[number]): boolean => warnings.length === 0 && others === 0
  const fresh: Way = {
    write: (now) => addPolicy(now, half),
    warnings: half.subject.warnings,
    offStyle: false,
    isNew: true,
  }
  const good = [...ownWays(draft, half), ...hand.filter(isGood).map(asWay)].slice(0, Math.max(1, most - 1))
  const poor = hand.filter((one) => !isGood(one)).map(asWay)
  return [...good, ...(isNamed ? [fresh] : []), ...poor].slice(0, Math.max(most, 2))
}

/** Writes a new policy to where it belongs, under a free name made of stem and suffix. */
export function writePolicy(
  draft: Draft,
  policy: Omit<PolicyText, 'name'>,
  [stem, suffix]: readonly [string, string],
): { readonly draft: Draft; readonly name: string; readonly path: string } {
  const name = freeName(draft, policy.namespace, stem, suffix)
  return { name, ...addDocument(draft, policyFile(draft, policy.namespace), policyValue({ ...policy, name })) }
}

// A policy that says the same for others may take these pods, where the style is for few policies.
function ownWays(draft: Draft, half: HalfText): readonly Way[] {
  const own = ownPolicies(draft, half).filter((policy) => draft.style !== 'per-edge' || isOfEdge(draft, policy, half))
  const isShareable = draft.style === 'per-namespace' && 'workload' in half.subject.end
  const shared = isShareable ? sharedPolicies(draft, half) : []
  return [
    ...shared.map((policy) => writing(policy, (now, found) => share(now, found, half))),
    ...own.map((policy) => ({ ...amending(policy, half), warnings: half.subject.warnings })),
  ]
}

function amending(policy: Policy, half: HalfText): Way {
  return writing(policy, (now, found) => amend(now, found, half))
}

function writing({ ref }: Policy, write: (draft: Draft, policy: Policy) => Written | undefined): Way {
  const into = (draft: Draft): Written | undefined => {
    const policy = policyAt(draft, ref.document)
    return policy && write(draft, policy)
  }
  return { write: into, warnings: [], offStyle: false, isNew: false }
}

// All that it allows, besides DNS, is for the peers of this edge.
function isOfEdge(draft: Draft, policy: Policy, { direction, peers }: HalfText): boolean {
  const rules = listAt(draft, policy, ['spec', direction]).filter((rule) => !isDnsRule(draft, rule, direction))
  return rules.every((rule) => isSame(plainItems(rule, PEERS_KEY[direction]), peers === 'any' ? [] : peers))
}

function addPolicy(draft: Draft, half: HalfText): Written {
  const { direction, subject, besides, peers, ports } = half
  const rules = { [direction]: [...besides, { peers, ports: ports.map(portText) }] }
  const { namespace } = subject.end
  const policy = { namespace, podSelector: subject.podSelector, rules }
  const { draft: next, name, path } = writePolicy(draft, policy, nameParts(draft.style, half))
  return { draft: next, sentence: `Adds the policy ${namespace}/${name} to ${path}.`, name, isNew: true }
}
