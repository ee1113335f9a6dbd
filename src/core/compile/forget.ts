import { verdictOf } from '#core/evaluate/evaluate.ts'
import { locate } from '#core/load/load.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, NO_PORTS, unitePorts } from '#core/model/ports.ts'
import type { Ref } from '#core/model/text.ts'
import { isAbout, removeCheck } from './checks.ts'
import { type Draft, textOf } from './draft.ts'
import { isWithin, type Planned, type Step } from './outcome.ts'
import { isSame } from './same.ts'
import { askedOf, unwrite } from './unwrite.ts'

/**
 * Forgets a drawn edge (design.md 6): its check goes, and the text in Drawbridge's own policies that no other check
 * needs. A last peer takes its rule with it, a last rule its policy: a `from` is never left empty.
 */
export function planForget(start: Draft, ref: Ref): Planned {
  const check = start.loaded.checks.find((one) => one.ref.document === ref.document && isSame(one.ref.path, ref.path))
  if (!check) return { refusal: 'This is no saved check: what allows or denies it stands in the policies.' }
  const draft = removeCheck(start, check)
  if ('refusal' in draft) return draft
  let step: Step = { draft, sentences: [`Removes the check “${check.name}”.`], warnings: [] }
  // Another check that says the same needs the same text.
  const isNeeded = draft.loaded.checks.some((one) => one.expect === 'allowed' && isAbout(one, check))
  if (check.expect === 'allowed' && !isNeeded) step = unwrite(step, check)
  const asked = askedOf(start, check)
  return {
    ...step,
    sentences: [...step.sentences, ...whatRemains(step.draft, check)],
    wanted: (effect, from, to) => {
      const isOwn = isWithin(start.evaluation, from, check.from) && isWithin(start.evaluation, to, check.to)
      return effect === 'closes' && isOwn ? asked : NO_PORTS
    },
  }
}

function whatRemains(draft: Draft, check: Check): readonly string[] {
  const { from, to, expect } = check
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict || expect !== 'allowed') return []
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), askedOf(draft, check))
  if (isNoPorts(open)) return []
  const edge = `${endName(from)} → ${endName(to)}`
  const rules = [...verdict.ingress.evidence, ...verdict.egress.evidence]
  const by = rules.find(({ ports }) => !isNoPorts(intersectPorts(ports, open)))
  if (!by) return [`${edge} stays open: no policy isolates ${'namespace' in to ? endName(to) : endName(from)}.`]
  return [`${edge} is still allowed by ${by.policyName}${lineOf(draft, by.rule)}.`]
}

function lineOf(draft: Draft, ref: Ref): string {
  const place = locate(draft.loaded, ref)
  const text = place && textOf(draft, place.file)
  return place && text !== undefined
    ? `, line ${text.slice(0, place.range.from).split('\n').length} of ${place.file}`
    : ''
}
