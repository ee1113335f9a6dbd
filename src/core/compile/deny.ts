import { namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { differences } from '#core/compare/compare.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import {
  ALL_PORTS,
  formatPorts,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { type Closing, type Denied, isClosed, isInside, readDenied } from './denyAsked.ts'
import { expectDenied } from './denyChecks.ts'
import { closeHalf } from './denyHalf.ts'
import { isolatingWays, type Way } from './denyIsolate.ts'
import type { Draft } from './draft.ts'
import { specsOf } from './narrowPorts.ts'
import { isWithin, type Outcome, type Planned, type Step } from './outcome.ts'
import { podsOf, peersOf, type Refusal, subjectOf } from './peers.ts'
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
  const outcome = outcomeOf(start, asked)
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
  const refused = found.filter((way) => 'refusal' in way)
  const refusal = [...new Set(refused.map((one) => one.refusal))].join(' ')
  return {
    refusal: refusal === '' ? nothingOpens(start.draft, asked) : refusal,
    help: refused.flatMap(({ help = [] }) => help),
  }
}

function nothingOpens(draft: Draft, { from, to }: Denied): string {
  const isHost = [from, to].some((end) => podsOf(draft.evaluation, end).some(({ hostNetwork }) => hostNetwork))
  const why = isHost
    ? ': some of the pods run in the network of their nodes (hostNetwork), where no policy restricts them'
    : ''
  return `Nothing that can be changed here opens ${endName(from)} → ${endName(to)}${why}.`
}

/**
 * The ports for which closing something was asked for: what is within both ends; and of a wider end outside, where only
 * these addresses are taken from it.
 */
export function wantedClosed(before: Draft, after: Draft, { from, to, ports }: Closing): Outcome['wanted'] {
  const isPart = (end: End, whole: End): boolean => isWithin(after.evaluation, end, whole)
  return (effect, one, other) => {
    if (effect !== 'closes') return NO_PORTS
    if (isPart(one, from) && isPart(other, to)) return ports
    if (isPart(other, to) && isWider(one, from))
      return takenFrom([before, after], { from: one, to: other, ports }, from)
    if (isPart(one, from) && isWider(other, to)) return takenFrom([before, after], { from: one, to: other, ports }, to)
    return NO_PORTS
  }
}

function isWider(whole: End, part: End): boolean {
  return 'anywhere' in whole || (('cidr' in whole || 'internet' in whole) && ('cidr' in part || 'host' in part))
}

// "Anywhere" is taken to be as open as the internet: a list of peers never names all there is.
function takenFrom([before, after]: readonly [Draft, Draft], { from, to, ports }: Closing, part: End): PortSet {
  const isAll = 'anywhere' in from || 'anywhere' in to
  if (isAll && 'internet' in part) return ports
  const rest = isAll ? ALL_PORTS : ports
  const [source, destination] = [from, to].map((end) => (isWider(end, part) ? restOf(end, part) : end))
  const shown = [...namedBlocks(before.evaluation), ...namedBlocks(after.evaluation), asBlock(part)]
  const [old, now] = [before, after].map(
    ({ evaluation }) => source && destination && verdictOf(evaluation, source, destination, shown),
  )
  // Where nothing is left, nothing was lost.
  return !old || !now || isAsOpen(old, now, rest) ? rest : NO_PORTS
}

function restOf(whole: End, part: End): End {
  const own = asBlock(part)
  if (!('cidr' in whole)) return { internet: true }
  return 'cidr' in own ? { cidr: whole.cidr, except: [...(whole.except ?? []), own.cidr] } : whole
}

function asBlock(end: End): End {
  return 'host' in end ? { cidr: `${end.host}/${end.host.includes(':') ? 128 : 32}` } : end
}

function isAsOpen(old: Verdict, now: Verdict, ports: PortSet): boolean {
  const some = intersectPorts(unitePorts(old.allowed, old.partial), ports)
  return isOpen(now.allowed, intersectPorts(old.allowed, ports)) && isOpen(unitePorts(now.allowed, now.partial), some)
}

function outcomeOf(start: Draft, asked: Denied): (way: Way) => Outcome {
  const { from, to, ports } = asked
  return ({ title, step }) => ({
    ...step,
    title,
    // An end that only its rule spoke of goes with it.
    goal: verdictOf(step.draft.evaluation, from, to) ? { from, to, ports, expect: 'denied' } : undefined,
    wanted: wantedClosed(start, step.draft, asked),
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
  const wanted = wantedClosed(start.draft, closed.draft, asked)
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
