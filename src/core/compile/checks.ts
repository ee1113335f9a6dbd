import { canonicalPort, checkName, isAbout } from '#core/checks/name.ts'
import { checksValue, checkValue } from '#core/kinds/checkText.ts'
import type { Check, NewCheck, WantedCheck } from '#core/model/check.ts'
import { appendItem, removeAt } from '#core/yaml/splice.ts'
import { removeDocument } from './documents.ts'
import { type Draft, edit, inTurn } from './draft.ts'
import type { Refusal } from './peers.ts'
import { addDocument, CHECKS_FILE } from './place.ts'

/** What is expected of a connection, before it has a name. */
export type Expectation = Omit<Check, 'ref' | 'name'>

/** Saves an expectation under a name of its own: into the checks that are there, else into `checks.yaml`. One that is there stays one. */
export function saveCheck(draft: Draft, wanted: Expectation): { readonly draft: Draft; readonly name?: string } {
  const { draft: saved, names } = saveChecks(draft, [wanted])
  const [name] = names
  return name === undefined ? { draft } : { draft: saved, name }
}

/** Saves expectations as `saveCheck`, in one step; the names of those that are new, in their order. */
export function saveChecks(
  draft: Draft,
  wanted: readonly WantedCheck[],
): { readonly draft: Draft; readonly names: readonly string[] } {
  const checks = newChecks(draft.loaded.checks, wanted)
  const names = checks.map(({ name }) => name)
  if (checks.length === 0) return { draft, names }
  const documents = draft.loaded.documents.filter(
    ({ kind, outcome }) => kind === 'ConnectivityChecks' && outcome === 'object',
  )
  for (const { id } of documents.toSorted((a, b) => Number(b.file === CHECKS_FILE) - Number(a.file === CHECKS_FILE))) {
    const added = edit(
      draft,
      id,
      inTurn(checks.map((check) => (text, tree) => appendItem(text, tree, ['checks'], checkValue(check)))),
    )
    if (added) return { draft: added, names }
  }
  return { draft: addDocument(draft, CHECKS_FILE, checksValue('checks', checks)).draft, names }
}

function newChecks(saved: readonly Check[], wanted: readonly WantedCheck[]): readonly NewCheck[] {
  const known: Expectation[] = [...saved]
  const taken = new Set(saved.map(({ name }) => name))
  return wanted.flatMap((one) => {
    if (known.some((check) => check.expect === one.expect && isAbout(check, one))) return []
    const check = { ...one, ports: one.ports.map(canonicalPort), name: freeName(one, taken) }
    known.push(check)
    taken.add(check.name)
    return [check]
  })
}

function freeName({ name = '', ...check }: WantedCheck, taken: ReadonlySet<string>): string {
  if (name === '') return checkName(check, taken)
  for (let n = 1; ; n++) {
    const own = n === 1 ? name : `${name} (${n})`
    if (!taken.has(own)) return own
  }
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
