import { canonicalPort, checkName, isAbout } from '#core/checks/name.ts'
import { checksValue, checkValue } from '#core/kinds/checkText.ts'
import type { Check } from '#core/model/check.ts'
import { appendItem, removeAt } from '#core/yaml/splice.ts'
import { removeDocument } from './documents.ts'
import { type Draft, edit } from './draft.ts'
import type { Refusal } from './peers.ts'
import { addDocument, CHECKS_FILE } from './place.ts'

/** What is expected of a connection, before it has a name. */
export type Expectation = Omit<Check, 'ref' | 'name'>

/** Saves an expectation under a name of its own: into the checks that are there, else into `checks.yaml`. One that is there stays one. */
export function saveCheck(draft: Draft, wanted: Expectation): { readonly draft: Draft; readonly name?: string } {
  const isKnown = draft.loaded.checks.some((check) => check.expect === wanted.expect && isAbout(check, wanted))
  if (isKnown) return { draft }
  const ports = wanted.ports.map(canonicalPort)
  const check = { ...wanted, ports, name: freeCheckName(draft, wanted) }
  const documents = draft.loaded.documents.filter(
    ({ kind, outcome }) => kind === 'ConnectivityChecks' && outcome === 'object',
  )
  for (const { id } of documents.toSorted((a, b) => Number(b.file === CHECKS_FILE) - Number(a.file === CHECKS_FILE))) {
    const added = edit(draft, id, (text, tree) => appendItem(text, tree, ['checks'], checkValue(check)))
    if (added) return { draft: added, name: check.name }
  }
  return { draft: addDocument(draft, CHECKS_FILE, checksValue('checks', [check])).draft, name: check.name }
}

/** Takes a check out; the last one takes its document with it. */
export function removeCheck(draft: Draft, { ref }: Check): Draft | Refusal {
  const siblings = draft.loaded.checks.filter((check) => check.ref.document === ref.document)
  const next =
    siblings.length > 1
      ? edit(draft, ref.document, (text, tree) => removeAt(text, tree, ref.path))
      : removeDocument(draft, ref.document)
  return (
    next ?? {
      refusal: 'The check can’t be taken out of its text here (it is used by an alias): please edit it by hand.',
    }
  )
}

/** A name that no other check has: `web may reach db on TCP 5432`, `web must not reach db on TCP 5432`. */
export function freeCheckName({ loaded }: Draft, wanted: Expectation): string {
  return checkName(wanted, new Set(loaded.checks.map(({ name }) => name)))
}
