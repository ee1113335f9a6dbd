import { likeness } from '#core/explain/likeness.ts'
import type { LabelTerm, Placed } from '#core/explain/nearMissTerms.ts'
import { NAMESPACE_NAME_LABEL, type Requirement } from '#core/model/labels.ts'
import type { FieldPath, TextEdit } from '#core/model/text.ts'
import { appendItem, removeAt, renameKey, setValue } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import type { Draft, Splice } from './draft.ts'
import { type Mend, ruleText, splice } from './repairStep.ts'

/** Makes a label term hold: its value or key changed where it stands; one that nothing of the pod answers to goes, unless it is the only one. */
export function mendLabel(draft: Draft, placed: Placed, term: LabelTerm): Mend | undefined {
  const { requirement } = term
  const wanted = wantedOf(term)
  const isEntry = requirement.ref.path.at(-2) === 'matchLabels'
  const change = isEntry ? entryChange(term, wanted) : expressionChange(term, wanted)
  const next = splice(draft, placed, change.splice)
  if (!next) return undefined
  const where = term.of === 'subject' ? `the podSelector of ${placed.policy.name}` : ruleText(placed)
  return { draft: next, title: change.title, sentence: `${change.title.replace(/^(\w+)/, '$1s')} in ${where}.` }
}

interface Label {
  readonly key: string
  readonly value: string
}

interface Change {
  readonly splice: Splice
  readonly title: string
}

// What the pod or namespace has to answer with; undefined where there is nothing.
function wantedOf({ requirement: { key }, actual, meant, of, owner }: LabelTerm): Label | undefined {
  if (meant) return meant
  if (actual !== undefined) return { key, value: actual }
  return of === 'namespace' ? { key: NAMESPACE_NAME_LABEL, value: owner } : undefined
}

function entryChange({ requirement }: LabelTerm, wanted: Label | undefined): Change {
  const { path } = requirement.ref
  const old = textOf({ key: requirement.key, value: requirement.values[0] ?? '' })
  if (!wanted) return { splice: removing(path), title: `Take ${old} out` }
  const title = `Change ${old} to ${textOf(wanted)}`
  if (wanted.key === requirement.key) return { splice: (text, tree) => setValue(text, tree, path, wanted.value), title }
  return { splice: (text, tree) => renamed(text, tree, { path, wanted }), title }
}

function expressionChange({ requirement, actual }: LabelTerm, wanted: Label | undefined): Change {
  const { key, operator, values, ref } = requirement
  const old = `${key} ${operator}${values.length > 0 ? ` ${values.join(', ')}` : ''}`
  if (operator === 'In' && wanted) return inChange(requirement, wanted, old)
  const index = actual === undefined ? -1 : values.indexOf(actual)
  if (operator === 'NotIn' && values.length > 1 && index >= 0)
    return {
      splice: (text, tree) => removeAt(text, tree, [...ref.path, 'values', index]),
      title: `Take ${actual} out of ${old}`,
    }
  return { splice: removing(ref.path), title: `Take ${old} out` }
}

// A slip among the values is put right, others stay.
function inChange({ key, operator, values, ref }: Requirement, wanted: Label, old: string): Change {
  if (wanted.key !== key) {
    const next = { key: wanted.key, operator, values: [wanted.value] }
    return { splice: (text, tree) => setValue(text, tree, ref.path, next), title: `Change ${old} to ${textOf(wanted)}` }
  }
  const list = [...ref.path, 'values']
  const slip = values.findIndex((value) => ['same', 'near'].includes(likeness(value, wanted.value)))
  if (slip < 0)
    return {
      splice: (text, tree) => appendItem(text, tree, list, wanted.value),
      title: `Add ${wanted.value} to the values of ${key}`,
    }
  const title = `Change ${textOf({ key, value: values[slip] ?? '' })} to ${textOf(wanted)}`
  return { splice: (text, tree) => setValue(text, tree, [...list, slip], wanted.value), title }
}

function textOf({ key, value }: Label): string {
  return `${key}: ${value === '' ? '""' : value}`
}

// A selector without a term selects everybody: that is never what was meant.
function removing(path: FieldPath): Splice {
  return (text, tree) => (termsIn(at(tree, path.slice(0, -2))) > 1 ? removeAt(text, tree, path) : undefined)
}

function termsIn(selector: Tree | undefined): number {
  const [labels, expressions] = ['matchLabels', 'matchExpressions'].map((key) => at(selector, [key]))
  return (
    (labels?.type === 'mapping' ? labels.entries.length : 0) +
    (expressions?.type === 'sequence' ? expressions.items.length : 0)
  )
}

function renamed(
  text: string,
  tree: Tree,
  { path, wanted }: { readonly path: FieldPath; readonly wanted: Label },
): readonly TextEdit[] | undefined {
  const edits = setValue(text, tree, path, wanted.value)
  const names = renameKey(text, tree, path, wanted.key)
  return edits && names && [...names, ...edits]
}
