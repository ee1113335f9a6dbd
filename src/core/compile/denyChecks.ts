import { isAbout } from '#core/checks/name.ts'
import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import { coversPorts, type PortSet } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { addEntry, appendItem, removeAt, setValue } from '#core/yaml/splice.ts'
import { type Expectation, freeCheckName, removeCheck, saveCheck } from './checks.ts'
import { type Closing, isSameEdge } from './denyAsked.ts'
import { type Draft, edit, type Splice } from './draft.ts'
import { inTurn } from './narrowRule.ts'
import type { Step } from './outcome.ts'
import { podsOf, type Refusal } from './peers.ts'

/**
 * Saves that a connection must be denied; what `allowed` checks say of these ports goes. One that says nothing else is
 * turned around at its place.
 */
export function expectDenied(start: Draft, closing: Closing, ports: readonly string[]): Step | Refusal {
  return expectThat(start, closing, { from: closing.from, to: closing.to, ports, expect: 'denied' })
}

/** Saves that a connection must be allowed, as `expectDenied`; what said the opposite is among the warnings. */
export function expectAllowed(start: Draft, opening: Closing, ports: readonly string[]): Step | Refusal {
  const wanted: Expectation = { from: opening.from, to: opening.to, ports, expect: 'allowed' }
  const denied = opposite(start, opening, wanted)
  const step = expectThat(start, opening, wanted)
  if (!denied || 'refusal' in step) return step
  return { ...step, warnings: [...step.warnings, `The check “${denied.name}” says the opposite: it changes, too.`] }
}

function expectThat(start: Draft, closing: Closing, wanted: Expectation): Step | Refusal {
  let step: Step = { draft: start, sentences: [], warnings: [] }
  for (let found = opposite(start, closing, wanted); found; found = opposite(step.draft, closing, wanted)) {
    const next = turn(step, found, { closing, wanted }) ?? withdraw(step, found, closing)
    if ('refusal' in next) return next
    step = next
  }
  const { draft, name } = saveCheck(step.draft, wanted)
  return name === undefined ? { ...step, draft } : told({ ...step, draft }, `Saves the check “${name}”.`)
}

/** Writes other ports into a check; a check that is not there is saved. */
export function expectPorts(
  start: Draft,
  edge: { readonly from: End; readonly to: End },
  [ports, next]: readonly [readonly string[], readonly string[]],
): Step {
  const step: Step = { draft: start, sentences: [], warnings: [] }
  const known = start.loaded.checks.find((check) => check.expect === 'allowed' && isAbout(check, { ...edge, ports }))
  const draft = known && rewrite(start, known, next)
  if (draft) return told({ ...step, draft }, `Changes the ports of the check “${known.name}”.`)
  const saved = saveCheck(start, { ...edge, ports: next, expect: 'allowed' })
  return saved.name === undefined ? step : told({ ...step, draft: saved.draft }, `Saves the check “${saved.name}”.`)
}

// A check of the same edge that wants the contrary for one of these ports.
function opposite(draft: Draft, closing: Closing, { expect }: Expectation): Check | undefined {
  return draft.loaded.checks.find(
    (check) => check.expect !== expect && isSameEdge(check, closing) && contested(draft, check, closing).length > 0,
  )
}

// Of a check about every port nothing can be taken, unless all of it changes.
function contested(draft: Draft, { ports, to }: Check, closing: Closing): readonly number[] {
  if (ports.length === 0) return coversPorts(closing.ports, meaning(draft, [], to)) ? [-1] : []
  return ports.flatMap((port, i) => (coversPorts(closing.ports, meaning(draft, [port], to)) ? [i] : []))
}

function meaning(draft: Draft, ports: readonly string[], to: End): PortSet {
  return askedPorts(ports, podsOf(draft.evaluation, to)).ports
}

interface Wish {
  readonly closing: Closing
  readonly wanted: Expectation
}

// Undefined where it says more, or the denial is saved already.
function turn({ draft, ...step }: Step, check: Check, { closing, wanted }: Wish): Step | undefined {
  const isKnown = draft.loaded.checks.some((one) => one.expect === wanted.expect && isAbout(one, wanted))
  const isWhole = contested(draft, check, closing).length >= check.ports.length
  if (isKnown || !isWhole || (check.ports.length === 0) !== (wanted.ports.length === 0)) return undefined
  const name = freeCheckName(draft, wanted)
  const put = (key: string, value: unknown): Splice => {
    return (text, tree) => setValue(text, tree, [...check.ref.path, key], value)
  }
  const ports = isAbout(check, wanted) ? [] : [put('ports', wanted.ports)]
  const turned = edit(draft, check.ref.document, inTurn([put('name', name), put('expect', wanted.expect), ...ports]))
  return turned && told({ ...step, draft: turned }, `Turns the check “${check.name}” into “${name}”.`)
}

function withdraw(step: Step, check: Check, closing: Closing): Step | Refusal {
  const gone = contested(step.draft, check, closing)
  if (gone.length >= check.ports.length) {
    const draft = removeCheck(step.draft, check)
    return 'refusal' in draft ? draft : told({ ...step, draft }, `Removes the check “${check.name}”.`)
  }
  let draft: Draft | undefined = step.draft
  for (const index of gone.toReversed())
    draft =
      draft &&
      edit(draft, check.ref.document, (text, tree) => removeAt(text, tree, [...check.ref.path, 'ports', index]))
  if (!draft) return { refusal: `The check “${check.name}” can’t be edited in its text here: please do it by hand.` }
  return told({ ...step, draft }, `Takes the ports out of the check “${check.name}”.`)
}

// Port by port, in the style that is there; a name that Drawbridge gave tells the new ones.
function rewrite(draft: Draft, check: Check, next: readonly string[]): Draft | undefined {
  const others = draft.loaded.checks.filter((one) => one !== check)
  const alone = { ...draft, loaded: { ...draft.loaded, checks: others } }
  const name = freeCheckName(alone, { ...check, ports: next })
  const isOurs = freeCheckName(alone, check) === check.name
  const renamed: Splice = (text, tree) => setValue(text, tree, [...check.ref.path, 'name'], name)
  return edit(draft, check.ref.document, inTurn([...putPorts(check, next), ...(isOurs ? [renamed] : [])]))
}

function putPorts({ ref, ports }: Check, next: readonly string[]): readonly Splice[] {
  const path = [...ref.path, 'ports']
  if (next.length === 0) return ports.length === 0 ? [] : [(text, tree) => removeAt(text, tree, path)]
  if (ports.length === 0) return [(text, tree) => addEntry(text, tree, ref.path, ['ports', next])]
  const gone = ports.flatMap((port, i) => (next.includes(port) ? [] : [i]))
  const come = next.filter((port) => !ports.includes(port))
  const put = gone.slice(0, come.length).map(
    (at, i): Splice =>
      (text, tree) =>
        setValue(text, tree, [...path, at], come[i]),
  )
  const added = come.slice(gone.length).map(
    (port): Splice =>
      (text, tree) =>
        appendItem(text, tree, path, port),
  )
  const removed = gone
    .slice(come.length)
    .toReversed()
    .map(
      (at): Splice =>
        (text, tree) =>
          removeAt(text, tree, [...path, at]),
    )
  return [...put, ...added, ...removed]
}

function told(step: Step, sentence: string): Step {
  return { ...step, sentences: [...step.sentences, sentence] }
}
