import { verdictOf } from '#core/evaluate/evaluate.ts'
import { differences } from '#core/compare/compare.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { formatPorts, intersectPorts, isNoPorts, NO_PORTS, type PortSet, subtractPorts } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import { type Closing, type Denied, isClosed, isInside, readDenied } from './denyAsked.ts'
import { expectDenied } from './denyChecks.ts'
import { closeHalf } from './denyHalf.ts'
import { isolatingWays, type Way } from './denyIsolate.ts'
import type { Draft } from './draft.ts'
import { specsOf } from './narrowPorts.ts'
import { isWithin, type Outcome, type Planned, type Step } from './outcome.ts'
import { peersOf, type Refusal, subjectOf } from './peers.ts'
import { writeHalf } from './rules.ts'

/** With more to open again, a policy of its own for each is no help to anybody. */
const MOST_KEPT = 12

/**
 * Makes a connection denied (design.md 6): its rules narrowed at the destination or at the source, or the destination
 * isolated with what is to stay. Each way shows what else it closes, and is always seen first.
 */
export function planDeny(start: Draft, { from, to, ports }: Extract<Intent, { type: 'deny' }>): Planned {
  const asked = readDenied(start, from, to, ports)
  if ('refusal' in asked) return asked
  const saved = expectDenied(start, asked, ports)
  if ('refusal' in saved) return saved
  const outcome = outcomeOf(asked)
  if (isClosed(start, asked)) return outcome({ title: 'Only the check', step: alreadyDenied(saved, asked) })
  const ways = waysToClose({ ...saved, sentences: [] }, asked)
  if ('refusal' in ways) return ways
  return ways.map(({ title, step }) =>
    outcome({ title, step: { ...step, sentences: [...step.sentences, ...saved.sentences] } }),
  )
}

/** All ways to close it, the checks left alone; a refusal where there is none. */
export function waysToClose(start: Step, asked: Denied): readonly Way[] | Refusal {
  const found = (['ingress', 'egress'] as const).flatMap((direction) => waysAt(start, asked, direction))
  const ways = found.filter((way) => 'step' in way)
  if (ways.length > 0) return ways
  const refusals = [...new Set(found.flatMap((way) => ('refusal' in way ? [way.refusal] : [])))]
  return {
    refusal:
      refusals.join(' ') || `Nothing that can be changed here opens ${endName(asked.from)} → ${endName(asked.to)}.`,
  }
}

/** The ports of a closed connection for which closing it was asked for: what is within both its ends. */
export function wantedClosed(start: Draft, { from, to, ports }: Closing): Outcome['wanted'] {
  return (effect, one, other) =>
    effect === 'closes' && isWithin(start.evaluation, one, from) && isWithin(start.evaluation, other, to)
      ? ports
      : NO_PORTS
}

function outcomeOf(asked: Denied): (way: Way) => Outcome {
  const { from, to, ports } = asked
  return ({ title, step }) => ({
    ...step,
    title,
    // An end that only its rule spoke of goes with it.
    goal: verdictOf(step.draft.evaluation, from, to) ? { from, to, ports, expect: 'denied' } : undefined,
    wanted: wantedClosed(step.draft, asked),
    preview: true,
  })
}

function alreadyDenied(saved: Step, { from, to, ports }: Denied): Step {
  const what = `${endName(from)} → ${endName(to)} is denied already for ${formatPorts(ports)}.`
  const rest =
    saved.sentences.length > 0 ? 'Only the check changes.' : 'Its check is there, too: nothing has to change.'
  return { ...saved, sentences: [`${what} ${rest}`, ...saved.sentences] }
}

function waysAt(start: Step, asked: Denied, direction: Direction): readonly (Way | Refusal)[] {
  const half = asked.verdict[direction]
  if (half.exempt !== undefined) return []
  const own = direction === 'ingress' ? asked.to : asked.from
  const closed = closeHalf(start, asked, direction)
  if ('refusal' in closed) return [closed]
  if (half.isolated === 'yes') {
    const title = `Close it at ${endName(own)} (${direction})`
    return [{ title, step: closed }, ...keepingOthers(start, closed, { asked, direction })]
  }
  // Isolating the source as well would be one more thing that nobody asked for.
  const isLast = direction === 'ingress' || !isInside(asked.to) || asked.verdict.ingress.exempt !== undefined
  return isLast || isAdminOpen(asked) ? isolatingWays(closed, asked, direction) : []
}

function isAdminOpen({ verdict, ports }: Denied): boolean {
  return verdict.ingress.evidence.some(
    ({ tier, action, ports: own }) => tier === 'admin' && action === 'allow' && !isNoPorts(intersectPorts(own, ports)),
  )
}

interface Narrowed {
  readonly asked: Denied
  readonly direction: Direction
}

// A rule that serves other pods, too, was narrowed for them as well: what they lost is written for them alone.
function keepingOthers(start: Step, closed: Step, { asked, direction }: Narrowed): readonly Way[] {
  const wanted = wantedClosed(closed.draft, asked)
  const lost = differences(start.draft.evaluation, closed.draft.evaluation, [asked.from, asked.to]).flatMap(
    ({ from, to, closed: ports }) => {
      const left = subtractPorts(ports, wanted('closes', from, to))
      return isNoPorts(left) || 'anywhere' in from || 'anywhere' in to ? [] : [{ from, to, ports: left }]
    },
  )
  if (lost.length === 0 || lost.length > MOST_KEPT) return []
  const step = lost.reduce<Step>((now, one) => openAgain(now, one, direction), closed)
  const own = direction === 'ingress' ? asked.to : asked.from
  return step === closed ? [] : [{ title: `Close it at ${endName(own)} (${direction}), and keep the others`, step }]
}

function openAgain(step: Step, { from, to, ports }: Closing, direction: Direction): Step {
  const { evaluation } = step.draft
  const [own, other]: readonly [End, End] = direction === 'ingress' ? [to, from] : [from, to]
  const verdict = verdictOf(evaluation, from, to)
  if (!('namespace' in own) || !verdict || isOpen(verdict[direction].allowed, ports)) return step
  const subject = subjectOf(evaluation, own)
  const named = peersOf(evaluation, own.namespace, other)
  if ('refusal' in subject || 'refusal' in named) return step
  const half = { direction, subject, peers: named.peers, ports: specsOf(ports), besides: [] }
  const { draft, sentence } = writeHalf(step.draft, half)
  return { ...step, draft, sentences: [...step.sentences, sentence] }
}

function isOpen(allowed: PortSet, ports: PortSet): boolean {
  return isNoPorts(subtractPorts(ports, allowed))
}
