import type { PolicyText, RuleText, SelectorText } from '#core/kinds/networkPolicyText.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Own } from './edges.ts'
import { nameUnder } from './place.ts'

/** A policy that is to be written, without its name: that is made of `stem` and `suffix`. */
export interface Laid {
  readonly namespace: string
  readonly stem: string
  readonly suffix: string
  readonly podSelector: SelectorText
  readonly direction: Direction
  readonly rules: readonly RuleText[]
  /** What it is about; several where workloads share it. */
  readonly subjects: readonly Own[]
}

/** Laid-out policies with names that are free among themselves and by `isTaken` (`namespace/name`), in the order of names. */
export function nameAll(policies: readonly Unnamed[], isTaken: (name: string) => boolean): readonly PolicyText[] {
  const given = new Set<string>()
  return policies.map(({ stem, suffix, ...policy }) => {
    const name = nameUnder(stem, suffix, (one) => {
      const full = `${policy.namespace}/${one}`
      return given.has(full) || isTaken(full)
    })
    given.add(`${policy.namespace}/${name}`)
    return { ...policy, name }
  })
}

/** A policy without its name yet. */
export interface Unnamed extends Omit<PolicyText, 'name'> {
  readonly stem: string
  readonly suffix: string
}

/** A laid-out policy as it is written. */
export function policyOf({ namespace, stem, suffix, podSelector, direction, rules }: Laid): Unnamed {
  return { namespace, stem, suffix, podSelector, rules: { [direction]: rules } }
}
