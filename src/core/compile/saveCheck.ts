import { type CheckDraft, checkItem, checksText } from '#core/kinds/writeCheck.ts'
import type { Check } from '#core/model/check.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { appendItem, removeAt } from '#core/yaml/splice.ts'
import { type Copy, withDocument, withoutDocument } from './copy.ts'
import { CHECKS_FILE, withNewDocument } from './fileFor.ts'
import { same } from './equal.ts'

/** Saves the expectation that a drawn edge is; the same one twice stays one, and a contrary one gives way. */
export function withCheck(copy: Copy, wanted: Omit<CheckDraft, 'name'>): Copy {
  const twin = copy.loaded.checks.find((check) => isAbout(check, wanted))
  if (twin?.expect === wanted.expect) return copy
  const cleared = twin ? withoutCheck(copy, twin) : copy
  const check = { ...wanted, name: freeName(cleared, `${nameOf(wanted.from)} may reach ${nameOf(wanted.to)}`) }
  const document = cleared.loaded.documents.find(
    ({ kind, outcome }) => kind === 'ConnectivityChecks' && outcome === 'object',
  )
  const added =
    document && withDocument(cleared, document.id, (text, tree) => appendItem(text, tree, ['checks'], checkItem(check)))
  return added ?? withNewDocument(cleared, CHECKS_FILE, checksText(check))
}

/** Takes a check out; the last one takes its document with it. */
export function withoutCheck(copy: Copy, check: Check): Copy {
  const siblings = copy.loaded.checks.filter(({ ref }) => ref.document === check.ref.document)
  if (siblings.length <= 1) return withoutDocument(copy, check.ref.document)
  return withDocument(copy, check.ref.document, (text, tree) => removeAt(text, tree, check.ref.path)) ?? copy
}

function isAbout(check: Check, wanted: Omit<CheckDraft, 'name'>): boolean {
  return (
    endId(check.from) === endId(wanted.from) && endId(check.to) === endId(wanted.to) && same(check.ports, wanted.ports)
  )
}

function nameOf(end: End): string {
  return endName(end).replace(/^.*\//, 'cidr' in end ? '$&' : '')
}

function freeName({ loaded }: Copy, stem: string): string {
  const taken = new Set(loaded.checks.map(({ name }) => name))
  if (!taken.has(stem)) return stem
  for (let n = 2; ; n++) if (!taken.has(`${stem} ${n}`)) return `${stem} ${n}`
}
