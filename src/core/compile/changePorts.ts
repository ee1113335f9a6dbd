import { type End, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { formatPorts, isNoPorts, NO_PORTS, type PortSet, subtractPorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import { planAllow } from './allow.ts'
import { waysToClose, wantedClosed } from './deny.ts'
import { type Denied, isClosed, readDenied } from './denyAsked.ts'
import { expectPorts } from './denyChecks.ts'
import type { Way } from './denyIsolate.ts'
import type { Draft } from './draft.ts'
import { isWithin, type Outcome, type Planned, type Step } from './outcome.ts'
import { podsOf, type Refusal } from './peers.ts'
import { replacePorts } from './changePortsInPlace.ts'

type ChangeIntent = Extract<Intent, { type: 'change-ports' }>

/** What a change of ports opens, and what it closes. */
interface Change {
  readonly intent: ChangeIntent
  readonly next: PortSet
  readonly gone: Denied
}

/** Gives an edge other ports: opens what is new, closes what only the old ones had; its check stays one check. */
export function planChangePorts(start: Draft, intent: ChangeIntent): Planned {
  const { from, to, ports, next } = intent
  const asked = readDenied(start, from, to, ports)
  if ('refusal' in asked) return asked
  const wanted = askedPorts(next, podsOf(start.evaluation, to))
  if (wanted.unresolved.length > 0)
    return {
      refusal: `${endName(to)} declares no port ${wanted.unresolved.join(', ')}: write a number such as TCP/8080, a range TCP/8000-8080, or the name of one of its container ports.`,
    }
  const saved = expectPorts(start, intent, [ports, next])
  const change: Change = {
    intent,
    next: wanted.ports,
    gone: { ...asked, ports: subtractPorts(asked.ports, wanted.ports) },
  }
  const found = [...inPlace(saved, change), ...closeThenOpen(saved, change), ...openThenClose(saved, change)]
  const ways = found.filter((way) => 'step' in way)
  const refusal = found.find((way) => 'refusal' in way)
  if (ways.length === 0) return refusal ?? { refusal: `${endName(from)} → ${endName(to)} can’t be changed here.` }
  return ways.map((way) => outcomeOf(start, change, way))
}

type Found = readonly (Way | Refusal)[]

function outcomeOf(start: Draft, { intent: { from, to }, next, gone }: Change, { title, step }: Way): Outcome {
  const closed = wantedClosed(start, step.draft, gone)
  const isOwn = (end: End, whole: End): boolean => isWithin(step.draft.evaluation, end, whole)
  return {
    ...step,
    title,
    goal: { from, to, ports: next },
    wanted: (effect, one, other) => {
      if (effect === 'opens') return isOwn(one, from) && isOwn(other, to) ? next : NO_PORTS
      return closed(effect, one, other)
    },
  }
}

// The number changes where it stands.
function inPlace(saved: Step, { intent, gone }: Change): Found {
  const step = replacePorts(saved, intent)
  return step && isClosed(step.draft, gone) ? [{ title: 'Change the port where it stands', step }] : []
}

function closeThenOpen(saved: Step, change: Change): Found {
  const closed = close(saved, change.gone)
  return closed.flatMap((way) => {
    if ('refusal' in way) return [way]
    const step = open(way.step, change.intent)
    return 'refusal' in step ? [step] : kept({ ...way, step }, change)
  })
}

function openThenClose(saved: Step, change: Change): Found {
  const opened = open(saved, change.intent)
  if ('refusal' in opened) return [opened]
  return close(opened, change.gone).flatMap((way) => ('refusal' in way ? [way] : kept(way, change)))
}

function kept(way: Way, { gone }: Change): Found {
  if (isClosed(way.step.draft, gone)) return [way]
  return [
    { refusal: `${endName(gone.from)} → ${endName(gone.to)} would still be open for ${formatPorts(gone.ports)}.` },
  ]
}

// As it stands by now: what is closed already needs nothing.
function close(step: Step, gone: Denied): Found {
  const verdict = verdictOf(step.draft.evaluation, gone.from, gone.to)
  if (!verdict || isNoPorts(gone.ports) || isClosed(step.draft, gone)) return [{ title: 'Open the new ports', step }]
  const ways = waysToClose(step, { ...gone, verdict })
  return 'refusal' in ways ? [ways] : ways
}

function open(step: Step, { from, to, next }: ChangeIntent): Step | Refusal {
  const made = planAllow(step.draft, { type: 'allow', from, to, ports: next })
  if ('refusal' in made) return made
  const outcomes: readonly Outcome[] = 'draft' in made ? [made] : made
  const [first] = outcomes
  if (!first) return step
  // What is open already is no news here.
  const isNews = first.draft.changes !== step.draft.changes
  return {
    draft: first.draft,
    sentences: [...step.sentences, ...(isNews ? first.sentences : [])],
    warnings: [...new Set([...step.warnings, ...first.warnings])],
  }
}
