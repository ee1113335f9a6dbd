import type { Direction } from './rule.ts'
import type { Sentence } from './sentence.ts'
import type { Ref } from './text.ts'

/**
 * Why a rule that comes close does not allow a connection (one term fails), or what stands in its way:
 * `label-value` another value, or another case or spelling of it · `label-absent` a pod label that the pod has not ·
 * `namespace-label` a namespace label that it has not · `own-namespace` no `namespaceSelector`, so only this namespace ·
 * `and-for-or` one item that was meant as two · `or-for-and` two items that were meant as one · `address` outside the
 * block or in its `except` · `service-port` the Service's port, not the pod's · `port` another number · `named-port` a
 * name that the pod does not define · `protocol` UDP for TCP and the like · `policy-types` rules of a direction that the policy does not
 * list · `no-rule` isolated, and nothing comes close · `other-half` this half is open, the other isn't written ·
 * `admin-deny` a cluster-scoped policy decides before.
 */
export type MissKind =
  | 'label-value'
  | 'label-absent'
  | 'namespace-label'
  | 'own-namespace'
  | 'and-for-or'
  | 'or-for-and'
  | 'address'
  | 'service-port'
  | 'port'
  | 'named-port'
  | 'protocol'
  | 'policy-types'
  | 'no-rule'
  | 'other-half'
  | 'admin-deny'

/** What a miss is headed with: those that no rule comes close to are no near ones. */
export function missLead({ kind }: Pick<NearMiss, 'kind'>): 'Nearly' | 'Why not' {
  return kind === 'no-rule' || kind === 'other-half' || kind === 'admin-deny' ? 'Why not' : 'Nearly'
}

/** One reason why a half of a connection is denied, and the place in the text that would have to be different. */
export interface NearMiss {
  readonly kind: MissKind
  readonly direction: Direction
  /** The policy that comes close or decides, `namespace/name`; undefined where none does. */
  readonly policyName?: string | undefined
  /** The rule that comes closest; undefined where there is none. */
  readonly rule?: Ref | undefined
  /** The exact term, peer or port that fails. */
  readonly at?: Ref | undefined
  /** What is wrong, with links and code: `app: Web` is not `app: web`. */
  readonly sentence: Sentence
}
