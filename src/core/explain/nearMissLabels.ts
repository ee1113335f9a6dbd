import {
  holds,
  type KnownLabels,
  type Labels,
  NAMESPACE_NAME_LABEL,
  type Requirement,
  type Selector,
} from '#core/model/labels.ts'
import { type Likeness, likeness } from './likeness.ts'
import type { LabelTerm, Weighed } from './nearMissTerms.ts'

/** Whose labels are compared. */
export interface Owner {
  readonly of: LabelTerm['of']
  readonly name: string
  readonly labels: KnownLabels
  /** All its labels, where `labels` are only those that selectors read. */
  readonly all: Labels
}

/** The terms of a selector that surely fail for these labels. */
export function failingLabels(selector: Selector, owner: Owner): readonly Weighed[] {
  return selector.filter((one) => holds(one, owner.labels) === 'no').map((one) => weigh(one, owner))
}

const WEIGHTS: Readonly<Record<Likeness, number>> = { same: 0, near: 1, part: 3, other: 6 }
/** Keys that people take for the namespace's name (semantics.md A.7). */
const NAME_KEYS = new Set(['name', 'namespace', 'metadata.name', 'kubernetes.io/name', 'app', 'ns'])

function weigh(requirement: Requirement, owner: Owner): Weighed {
  const { key, operator, values } = requirement
  const actual = valueOf(owner.labels.labels, key)
  const term: LabelTerm = { type: 'label', of: owner.of, requirement, actual, owner: owner.name }
  if (operator !== 'In') return { term, weight: 5 }
  const meant = owner.of === 'namespace' ? namespaceName(requirement, owner) : undefined
  if (meant) return { term: { ...term, meant }, weight: 1 }
  if (actual !== undefined) return { term, weight: Math.min(...values.map((own) => WEIGHTS[likeness(own, actual)]), 6) }
  const alike = Object.entries(owner.all).find(([, value]) => values.includes(value))
  return alike
    ? { term: { ...term, meant: { key: alike[0], value: alike[1] } }, weight: 2 }
    : { term, weight: owner.of === 'namespace' ? 5 : 7 }
}

// Namespaces carry their name under one key only, which the API server keeps (semantics.md A.7).
function namespaceName({ key, values }: Requirement, { name }: Owner): LabelTerm['meant'] {
  const isNear = values.some((value) => value === name || ['same', 'near'].includes(likeness(value, name)))
  const isName = key === NAMESPACE_NAME_LABEL || NAME_KEYS.has(key)
  const isMeant = values.includes(name) || (isName && isNear)
  return isMeant ? { key: NAMESPACE_NAME_LABEL, value: name } : undefined
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}
