import { NAMESPACE_NAME_LABEL, type Requirement, type Selector } from '#core/model/labels.ts'
import type { Ref } from '#core/model/text.ts'
import { refTo, textAt } from './fields.ts'
import type { SourceDocument } from './kind.ts'
import type { Selected } from './unevaluated.ts'

const KEY = String.raw`([\w./-]+)`
const VALUE = `(?:'([^']*)'|"([^"]*)")`
const TERMS: readonly { readonly form: RegExp; readonly operator: Requirement['operator'] }[] = [
  { form: new RegExp(`^${KEY}\\s*==\\s*${VALUE}$`), operator: 'In' },
  { form: new RegExp(`^${KEY}\\s*!=\\s*${VALUE}$`), operator: 'NotIn' },
  { form: new RegExp(`^${KEY}\\s+in\\s*\\{(.*)\\}$`), operator: 'In' },
  { form: new RegExp(`^${KEY}\\s+not\\s+in\\s*\\{(.*)\\}$`), operator: 'NotIn' },
  { form: new RegExp(`^has\\(\\s*${KEY}\\s*\\)$`), operator: 'Exists' },
  { form: new RegExp(`^!\\s*has\\(\\s*${KEY}\\s*\\)$`), operator: 'DoesNotExist' },
]

/** The pods of a Calico policy: by `selector` and `namespaceSelector`; a service account selector only narrows them further. */
export function calicoSubjects(document: SourceDocument): readonly Selected[] {
  const ref = refTo(document, ['spec', 'selector'])
  return [
    {
      pods: parse(textAt(document.tree, 'spec', 'selector') ?? '', ref),
      namespaces: parse(textAt(document.tree, 'spec', 'namespaceSelector') ?? '', ref)?.map(byName),
    },
  ]
}

// Terms joined by && only: anything else can't be read, and then all pods are meant.
function parse(text: string, ref: Ref): Selector | undefined {
  const terms = text.split('&&').map((term) => term.trim())
  const read = terms.filter((term) => term !== '' && term !== 'all()').map((term) => parseTerm(term, ref))
  return read.includes(undefined) ? undefined : read.filter((term) => term !== undefined)
}

function parseTerm(text: string, ref: Ref): Requirement | undefined {
  for (const { form, operator } of TERMS) {
    const [, key, ...rest] = form.exec(text) ?? []
    if (key === undefined) continue
    // Calico's own labels (orchestrator, service account) are on no pod that is loaded here.
    if (key.startsWith('projectcalico.org/') && key !== 'projectcalico.org/name') return undefined
    const list = rest.filter((value) => value !== undefined).join('')
    const values = text.includes('{') ? [...list.matchAll(/['"]([^'"]*)['"]/g)].map((match) => match[1] ?? '') : [list]
    return { key, operator, values: operator === 'In' || operator === 'NotIn' ? values : [], ref }
  }
  return undefined
}

function byName(requirement: Requirement): Requirement {
  return requirement.key === 'projectcalico.org/name' ? { ...requirement, key: NAMESPACE_NAME_LABEL } : requirement
}
