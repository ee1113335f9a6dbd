import type { Ref } from './text.ts'
import { not, type Truth } from './truth.ts'

/** Labels of an object. Objects made by this house have no prototype, so `__proto__` is a key like any other. */
export type Labels = Readonly<Record<string, string>>

/** The label that the API server keeps on every namespace, equal to its name (semantics.md A.7). */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name'

/** Labels whose values are known, and keys whose values are not (`'all'`: any other key may exist, e.g. a namespace that is not loaded). */
export interface KnownLabels {
  readonly labels: Labels
  readonly unknown: readonly string[] | 'all'
}

/** One term of a selector; `matchLabels {k: v}` is `k In [v]` (semantics.md A.6). `values` is empty for Exists and DoesNotExist. */
export interface Requirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
  readonly ref: Ref
}

/** All requirements must hold; none at all matches everything. */
export type Selector = readonly Requirement[]

/** Does one requirement hold for these labels? `unknown` where its key's value is not known. (semantics.md A.6) */
export function holds(requirement: Requirement, on: KnownLabels): Truth {
  const value = Object.hasOwn(on.labels, requirement.key) ? on.labels[requirement.key] : undefined
  if (value === undefined && isUnknown(requirement.key, on.unknown)) return 'unknown'
  switch (requirement.operator) {
    case 'Exists':
      return value === undefined ? 'no' : 'yes'
    case 'DoesNotExist':
      return value === undefined ? 'yes' : 'no'
    case 'In':
      return isIn(value, requirement.values)
    case 'NotIn':
      return not(isIn(value, requirement.values))
  }
}

/** Does the selector match these labels? An empty selector matches everything. (semantics.md A.6) */
export function matches(selector: Selector, on: KnownLabels): Truth {
  let truth: Truth = 'yes'
  for (const requirement of selector) {
    const one = holds(requirement, on)
    if (one === 'no') return 'no'
    if (one === 'unknown') truth = one
  }
  return truth
}

function isIn(value: string | undefined, values: readonly string[]): Truth {
  return value !== undefined && values.includes(value) ? 'yes' : 'no'
}

function isUnknown(key: string, unknown: KnownLabels['unknown']): boolean {
  return unknown === 'all' || unknown.includes(key)
}
