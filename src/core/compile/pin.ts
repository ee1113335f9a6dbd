import { checkName } from '#core/checks/name.ts'
import type { Check, NewCheck, WantedCheck } from '#core/model/check.ts'
import type { Intent } from '#core/model/intent.ts'
import { NO_PORTS } from '#core/model/ports.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Ref } from '#core/model/text.ts'
import { addEntry, removeAt, setScalar, setValue } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { saveChecks } from './checks.ts'
import { type Draft, edit, inTurn, type Splice } from './draft.ts'
import type { Outcome, Planned } from './outcome.ts'
import type { Refusal } from './peers.ts'
import { isSame } from './same.ts'

/** Saves expectations as checks, whatever the policies say to them: a broken one is what it is for. */
export function planPin(start: Draft, wanted: readonly WantedCheck[]): Planned {
  const nonsense = wanted.flatMap(({ ports }) => ports).find((text) => !parsePortSpec(text))
  if (nonsense !== undefined) return notAPort(nonsense)
  const { draft, names } = saveChecks(start, wanted)
  return outcomeOf(draft, [tellSaved(names), tellKnown(wanted.length - names.length)].join(' ').trim())
}

/** Says a saved check anew; of its text only what is different changes. */
export function planEditCheck(start: Draft, intent: Extract<Intent, { type: 'edit-check' }>): Planned {
  const check = savedCheck(start, intent.check)
  if (!check) return { refusal: 'This check is gone from the text: please look again.' }
  if (check.only && intent.next.expect !== check.expect)
    return { refusal: `The check “${check.name}” says who alone may come: change it in the text.` }
  const next = renamed(start, check, intent.next)
  const refusal = wrongWith(start, check, next)
  if (refusal) return refusal
  const draft = edit(start, check.ref.document, inTurn(splicesOf(check, next)))
  if (!draft) return { refusal: 'The check can’t be changed here (an alias uses its text): please edit it by hand.' }
  return outcomeOf(draft, `Changes the check “${next.name}”.`)
}

// Undefined where it is gone.
function savedCheck({ loaded }: Draft, ref: Ref): Check | undefined {
  return loaded.checks.find((one) => one.ref.document === ref.document && isSame(one.ref.path, ref.path))
}

type Said = Pick<NewCheck, 'name' | 'ports' | 'expect'>

// `web may reach db` that is turned around must not go on saying so.
function renamed({ loaded }: Draft, check: Check, next: Said): Said {
  const name = next.name.trim()
  const isMade = name === check.name && checkName(check, new Set()) === name
  const taken = new Set(loaded.checks.flatMap((one) => (one === check ? [] : [one.name])))
  return isMade ? { ...next, name: checkName({ ...check, ...next }, taken) } : { ...next, name }
}

function wrongWith({ loaded }: Draft, check: Check, { name, ports }: Said): Refusal | undefined {
  if (name === '') return { refusal: 'A check needs a name.' }
  if (loaded.checks.some((one) => one !== check && one.name === name))
    return { refusal: `Another check is called “${name}”.` }
  const nonsense = ports.find((text) => !parsePortSpec(text))
  return nonsense === undefined ? undefined : notAPort(nonsense)
}

function notAPort(text: string): Refusal {
  return { refusal: `“${text}” is not a port. Write TCP/5432, TCP/8000-8080, TCP/http or UDP/53.` }
}

function splicesOf(check: Check, { name, ports, expect }: Said): readonly Splice[] {
  const { path } = check.ref
  return [
    ...(name === check.name ? [] : [set([...path, 'name'], name)]),
    ...(isSame(ports, check.ports) ? [] : [portsSplice(path, ports)]),
    ...(expect === check.expect || check.only ? [] : [set([...path, 'expect'], expect)]),
  ]
}

function set(path: Ref['path'], value: string): Splice {
  return (text, tree) => setScalar(text, tree, path, value)
}

function portsSplice(path: Ref['path'], ports: readonly string[]): Splice {
  const own = [...path, 'ports']
  return (text, tree) => {
    if (ports.length === 0) return at(tree, own) ? removeAt(text, tree, own) : []
    return at(tree, own) ? setValue(text, tree, own, ports) : addEntry(text, tree, path, ['ports', ports])
  }
}

function tellSaved(names: readonly string[]): string {
  if (names.length === 0) return ''
  return names.length === 1 ? `Saves the check “${names.join('')}”.` : `Saves ${names.length} checks.`
}

function tellKnown(count: number): string {
  if (count === 0) return ''
  return count === 1 ? 'A check says this already.' : `${count} of them are there already.`
}

function outcomeOf(draft: Draft, sentence: string): Outcome {
  return { draft, sentences: [sentence], warnings: [], wanted: () => NO_PORTS }
}
