import type { Requirement } from '#core/model/labels.ts'
import type { LabelTerm } from './nearMissTerms.ts'
import { code, type Piece } from '#core/model/sentence.ts'

/** What a label term asks for and what is there instead, to follow the name of a rule. */
export function tellLabel(term: LabelTerm): readonly Piece[] {
  const { requirement, actual, of } = term
  const has = hasOf(term)
  const where =
    of === 'subject' ? 'is of a policy for pods with ' : of === 'namespace' ? 'asks for namespaces with ' : 'asks for '
  switch (requirement.operator) {
    case 'In':
      return [where, wanted(requirement), '; ', ...has, ...hint(term)]
    case 'NotIn':
      return [where, asked(requirement.key, requirement), ' other than ', code(written(actual ?? '')), '; ', ...has]
    case 'Exists':
      return [where, 'any ', asked(requirement.key, requirement), '; ', ...has]
    case 'DoesNotExist':
      return [where, 'no ', asked(requirement.key, requirement), '; ', ...has]
  }
}

// `app: web` as it stands in a manifest.
function label(key: string, value: string): string {
  return `${key}: ${written(value)}`
}

function written(value: string): string {
  return value === '' ? '""' : value
}

// The name of a namespace is under another key than people think (semantics.md A.7).
function hint({ of, meant }: LabelTerm): readonly Piece[] {
  return of === 'namespace' && meant ? [' (did you mean ', code(label(meant.key, meant.value)), '?)'] : []
}

function hasOf({ requirement: { key }, actual, meant, of, owner }: LabelTerm): readonly Piece[] {
  const who = of === 'namespace' ? `the namespace ${owner}` : owner
  if (actual !== undefined) return [`${who} has `, code(label(key, actual))]
  const alike = meant && of !== 'namespace' ? [', but ', code(label(meant.key, meant.value))] : []
  return [`${who} has no label `, code(key), ...alike]
}

function wanted(requirement: Requirement): Piece {
  return asked(`${requirement.key}: ${requirement.values.map(written).join(' or ')}`, requirement)
}

function asked(text: string, { ref }: Requirement): Piece {
  return { text, ref, code: true }
}
