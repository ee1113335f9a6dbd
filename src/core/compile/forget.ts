import { isAbout } from '#core/checks/name.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Check } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'
import type { Help } from '#core/model/intent.ts'
import { intersectPorts, isNoPorts, NO_PORTS, unitePorts } from '#core/model/ports.ts'
import type { Ref } from '#core/model/text.ts'
import { askedOf } from './asked.ts'
import { removeCheck } from './checks.ts'
import type { Draft } from './draft.ts'
import { lineOf } from './failure.ts'
import { isWithin, type Planned, type Step } from './outcome.ts'
import { isSame } from './same.ts'
import { unwrite } from './unwrite.ts'

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
  const remaining = whatRemains(step.draft, check)
  return {
    ...step,
    title: 'Forget the edge',
    sentences: [...step.sentences, ...remaining.sentences],
    help: remaining.help,
    wanted: (effect, from, to) => {
      const isOwn = isWithin(start.evaluation, from, check.from) && isWithin(start.evaluation, to, check.to)
      return effect === 'closes' && isOwn ? asked : NO_PORTS
    },
  }
}

interface Remaining {
  readonly sentences: readonly string[]
  readonly help: readonly Help[]
}

const NOTHING: Remaining = { sentences: [], help: [] }

// Text that was written by hand stays: denying is another thing than forgetting, and it says so (design.md 9).
function whatRemains(draft: Draft, check: Check): Remaining {
  const { from, to, ports, expect } = check
  const verdict = verdictOf(draft.evaluation, from, to)
  if (!verdict || expect !== 'allowed') return NOTHING
  const open = intersectPorts(unitePorts(verdict.allowed, verdict.partial), askedOf(draft, check))
  if (isNoPorts(open)) return NOTHING
  const edge = `${endName(from)} → ${endName(to)}`
  const help: readonly Help[] = [{ label: `Deny ${edge}`, intent: { type: 'deny', from, to, ports } }]
  const rules = [...verdict.ingress.evidence, ...verdict.egress.evidence]
  const by = rules.find((rule) => rule.action === 'allow' && !isNoPorts(intersectPorts(rule.ports, open)))
  const isolated = 'namespace' in to ? to : from
  if (!by) return { sentences: [`${edge} stays open: no policy isolates ${endName(isolated)}.`], help }
  const line = lineOf(draft, by.rule)
  const place = line === undefined ? '' : ` ${line}`
  return { sentences: [`${edge} is still allowed by ${by.policyName}${place}: deny it instead?`], help }
}
