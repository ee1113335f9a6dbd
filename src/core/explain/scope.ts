import { namedBlocks } from '#core/evaluate/evaluate.ts'
import type { ClassHalf, Evaluation, Member } from '#core/evaluate/evaluation.ts'
import { halfOf } from '#core/evaluate/half.ts'
import { pairsOf } from '#core/evaluate/pairs.ts'
import { populationOf } from '#core/evaluate/population.ts'
import { type End, endName } from '#core/model/end.ts'
import type { Direction } from '#core/model/rule.ts'

/** One half for each pair of an end that is several workloads or addresses: not all of them need have the same reasons. */
export interface Scope {
  readonly evaluation: Evaluation
  /** Whose side it is, and who is at the other end. */
  readonly subject: End
  readonly peer: End
  readonly meetings: readonly Meeting[]
}

interface Meeting {
  readonly subject: Member
  readonly peer: Member
  readonly half: ClassHalf
}

/** For people: at which pods of the subject something holds (` at shop/db`, '' for all of them), and toward whom. */
export interface Where {
  readonly at: string
  readonly peer: string
}

/** So many workloads are named at a time. */
const MOST_NAMES = 4

/** Who meets whom in a half. Nobody where the ends are one of several, and nobody knows which. */
export function scopeOf(evaluation: Evaluation, from: End, to: End, direction: Direction): Scope {
  const shown = namedBlocks(evaluation)
  const [source, destination] = [populationOf(evaluation, from, shown), populationOf(evaluation, to, shown)]
  const [subject, peer] = direction === 'egress' ? [from, to] : [to, from]
  if (!source || !destination || source.oneOf || destination.oneOf) return { evaluation, subject, peer, meetings: [] }
  const meetings = pairsOf(source, destination).map((pair) => {
    const [own, other] = direction === 'egress' ? [pair.from, pair.to] : [pair.to, pair.from]
    return { subject: own, peer: other, half: halfOf(evaluation, { direction, subject: own.class, peer: other.class }) }
  })
  return { evaluation, subject, peer, meetings }
}

/** Names the pods for which it holds, where it doesn't for all of them. */
export function whereOf(scope: Scope, holds: (half: ClassHalf) => boolean): Where {
  const all = { at: '', peer: endName(scope.peer) }
  const held = scope.meetings.filter(({ half }) => holds(half))
  if (held.length === 0 || held.length === scope.meetings.length) return all
  const subjects = chosen(scope, held, 'subject')
  const peers = chosen(scope, held, 'peer')
  // Some of these with some of those, but not each with each: no list of names would be true.
  if (held.length < subjects.count * peers.count)
    return { at: subjects.isSome ? ` at ${someOf(scope.subject)}` : '', peer: someOf(scope.peer) }
  return { at: subjects.isSome ? ` at ${subjects.text}` : '', peer: peers.isSome ? peers.text : all.peer }
}

/** Is there something that holds for some pairs only? */
export function isMixed({ meetings }: Scope, holds: (half: ClassHalf) => boolean): boolean {
  return meetings.some(({ half }) => holds(half)) && !meetings.every(({ half }) => holds(half))
}

interface Chosen {
  readonly count: number
  readonly isSome: boolean
  readonly text: string
}

function chosen(scope: Scope, held: readonly Meeting[], side: 'subject' | 'peer'): Chosen {
  const own = new Set(held.map((meeting) => meeting[side]))
  const others = new Set(scope.meetings.map((meeting) => meeting[side]).filter((member) => !own.has(member)))
  const isSome = others.size > 0
  return { count: own.size, isSome, text: isSome ? namesOf(scope, side, { own, others }) : '' }
}

function namesOf(
  { evaluation, subject, peer }: Scope,
  side: 'subject' | 'peer',
  { own, others }: { readonly own: ReadonlySet<Member>; readonly others: ReadonlySet<Member> },
): string {
  const end = side === 'subject' ? subject : peer
  const name = (member: Member): string => memberName(evaluation, end, member)
  const outside = new Set([...others].map(name))
  const names = [...new Set([...own].map(name))].map((one) => (outside.has(one) ? someOf(end, one) : one))
  const rest = names.length - MOST_NAMES
  const shown = rest > 1 ? [...names.slice(0, MOST_NAMES), `${rest} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

function someOf(end: End, name = endName(end)): string {
  if ('anyNamespace' in end) return 'some pods'
  const whole = 'namespace' in end && !('workload' in end) && name === endName(end)
  const isPods = 'namespace' in end || 'ingressController' in end
  return `${isPods ? 'some pods' : 'a part'} of ${whole ? end.namespace : name}`
}

/** Of all pods of a namespace, the workload that it is about; else the end as it is named. */
export function memberName({ cluster }: Evaluation, end: End, { pods }: Member): string {
  const [pod] = pods
  if (!pod || 'workload' in end || 'ingressController' in end) return endName(end)
  const workload = cluster.workloads.find((one) => one.namespace === pod.namespace && one.pods.includes(pod))
  return workload?.assumed === true ? `a pod of ${pod.namespace}` : `${pod.namespace}/${workload?.name ?? pod.name}`
}
