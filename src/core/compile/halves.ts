import { isolationOf, verdictOf } from '#core/evaluate/evaluate.ts'
import type { Pod, Workload } from '#core/model/cluster.ts'
import { type End, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import type { Help, Intent } from '#core/model/intent.ts'
import { coversPorts, type PortSet } from '#core/model/ports.ts'
import { askedPorts, type PortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, Verdict } from '#core/model/verdict.ts'
import { dnsOf } from './dns.ts'
import type { Draft } from './draft.ts'
import type { HalfText } from './halfText.ts'
import type { Step } from './outcome.ts'
import { endOf, peersOf, type Refusal, selectable, subjectOf, workloadsOf } from './peers.ts'
import { type Way, waysOf, writeHalf } from './rules.ts'

/** A connection that is asked for, as it stands. */
export interface Asked {
  readonly intent: Extract<Intent, { type: 'allow' }>
  readonly specs: readonly PortSpec[]
  readonly ports: PortSet
  /** The pods at the destination: what port names mean. */
  readonly pods: readonly Pod[]
  readonly verdict: Verdict
}

/** Halves written so far, with the names of the policies that took them. */
export interface Drawn extends Step {
  readonly amended: readonly string[]
  readonly added: readonly string[]
  readonly offStyle: boolean
  readonly help: readonly Help[]
}

type Own = End & { readonly namespace: string }

/** A half that has to be written, with the pods whose policies take it: each of `ends` gets its own. */
interface Side {
  readonly direction: Direction
  readonly ends: readonly Own[]
  /** True where nothing isolates either end: the edge is open because nobody looks. */
  readonly isolates: boolean
  readonly both: boolean
}

/** Which policies may take a half: Drawbridge's own alone, or those that were written by hand, too. */
export type Scope = 'own' | 'all'

/** The halves that block a connection; where nothing isolates either end, the one that is to be isolated. */
export function sidesOf(draft: Draft, asked: Asked): readonly Side[] {
  const { verdict, intent, ports } = asked
  const isolated = isolatedAnew(asked)
  const isolates = isolated !== undefined
  const needed = [verdict.ingress, verdict.egress].filter(
    (half) => half.direction === isolated || isBlocking(half, ports),
  )
  const { from, to } = intent
  const both = needed.length === 2 && 'namespace' in from && 'namespace' in to && from.namespace === to.namespace
  return needed.map(({ direction }) => {
    const end = direction === 'ingress' ? to : from
    return { direction, ends: subjectsOf(draft, { end, direction, isolates }), isolates, both }
  })
}

/** The ways to write one half after `start`, best first, `most` at most; why there is none. */
export function stepsOf(
  start: Drawn,
  asked: Asked,
  side: Side,
  { most, scope }: { readonly most: number; readonly scope: Scope },
): readonly Drawn[] | Refusal {
  const [only, ...more] = side.ends
  if (!only) return [start]
  if (more.length === 0) return alternatives(start, readyHalf(start, asked, side, only), { most, scope })
  const plainly = throughAll(start, asked, side, (ways) => ways, scope)
  if ('refusal' in plainly || most === 1 || scope === 'own') return 'refusal' in plainly ? plainly : [plainly]
  const anew = throughAll(start, asked, side, (ways) => ways.filter(({ isNew }) => isNew), scope)
  return 'refusal' in anew ? [plainly] : [plainly, anew]
}

// Where nothing isolates either end, the drawing means "this one, and no other".
function isolatedAnew({ intent, verdict, ports }: Asked): Direction | undefined {
  if (!isFree(verdict.ingress) || !isFree(verdict.egress) || statusOf(verdict, ports) !== 'allowed') return undefined
  if ('namespace' in intent.to) return 'ingress'
  return 'namespace' in intent.from ? 'egress' : undefined
}

function isFree({ isolated, exempt }: Half): boolean {
  return isolated === 'no' && (exempt === undefined || exempt === 'outside' || exempt === 'unplaced')
}

function isBlocking({ exempt, allowed }: Half, ports: PortSet): boolean {
  return exempt === undefined && !coversPorts(allowed, ports)
}

interface Subjects {
  readonly end: End
  readonly direction: Direction
  readonly isolates: boolean
}

// A namespace gets one policy where that isolates nobody who wasn't; else each of its isolated workloads gets its own.
function subjectsOf({ evaluation }: Draft, { end, direction, isolates }: Subjects): readonly Own[] {
  if (!('namespace' in end) && !('anyNamespace' in end)) return []
  if ('workload' in end || ('namespace' in end && isolates)) return [end]
  const homes = groupBy(workloadsOf(evaluation, end).filter(selectable), ({ namespace }) => namespace)
  const isIsolated = ({ id }: Workload): boolean => isolationOf(evaluation, id, direction) !== 'no'
  return [...homes].flatMap(([namespace, workloads]): readonly Own[] => {
    const isolated = workloads.filter(isIsolated)
    return isolated.length === workloads.length ? [{ namespace }] : isolated.map(endOf)
  })
}

/** A half as it is to be written, and what goes with it; `isNamed` is false where no label selects its pods. */
interface Ready {
  readonly half: HalfText
  readonly isNamed: boolean
  readonly unnamed: Refusal | undefined
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly warnings: readonly string[]
  readonly help: readonly Help[]
}

// Undefined where what was written before covers it already.
function readyHalf({ draft }: Drawn, asked: Asked, side: Side, own: Own): Ready | Refusal | undefined {
  const { evaluation } = draft
  const { direction, isolates, both } = side
  const other = direction === 'ingress' ? asked.intent.from : asked.intent.to
  const verdict = direction === 'ingress' ? verdictOf(evaluation, other, own) : verdictOf(evaluation, own, other)
  const now = verdict?.[direction]
  if (!isolates && now && coversPorts(now.allowed, asked.ports)) return undefined
  const named = peersOf(evaluation, own.namespace, other)
  if ('refusal' in named) return named
  const subject = subjectOf(evaluation, own)
  const isNamed = !('refusal' in subject)
  const isAnew = isolates || now?.isolated === 'no'
  const dns = isAnew && direction === 'egress' ? dnsOf(evaluation) : undefined
  const ports = isolates ? asked.specs : asked.specs.filter((spec) => !now || !isCovered(spec, now, asked.pods))
  return {
    half: {
      direction,
      subject: isNamed ? subject : { end: own, podSelector: {}, stem: '', warnings: [] },
      peers: named.peers,
      ports,
      besides: dns?.rules ?? [],
      other,
      pods: asked.pods,
      both,
    },
    isNamed,
    unnamed: isNamed ? undefined : subject,
    before: isAnew ? [isolating(direction, own, other)] : [],
    after: dns ? ['Keeps DNS open.'] : [],
    warnings: named.warnings,
    help: [...(isNamed ? (subject.help ?? []) : []), ...(named.help ?? [])],
  }
}

function isCovered(spec: PortSpec, half: Half, pods: readonly Pod[]): boolean {
  return coversPorts(half.allowed, askedPorts([spec], pods).ports)
}

function isolating(direction: Direction, own: Own, other: End): string {
  if (direction === 'egress')
    return `Nothing isolates ${endName(own)} yet: it may reach everything that no cluster-scoped policy denies. This allows it ${endName(other)}, and denies it everything else.`
  return `Nothing isolates ${endName(own)} yet: it is open to everybody. This allows ${endName(other)}, and denies everybody else.`
}

interface Limits {
  readonly most: number
  readonly scope: Scope
}

function alternatives(
  start: Drawn,
  ready: Ready | Refusal | undefined,
  { most, scope }: Limits,
): readonly Drawn[] | Refusal {
  if (!ready) return [start]
  if ('refusal' in ready) return ready
  const steps: Drawn[] = []
  for (const way of waysFor(start.draft, ready, { most, scope })) {
    const next = steps.length < most ? take(start, ready, way) : undefined
    if (next) steps.push(next)
  }
  return steps.length > 0 ? steps : (ready.unnamed ?? { refusal: NO_PLACE })
}

const NO_PLACE = 'The text of the policies can’t be edited here (it uses aliases): please add the rule by hand.'

function waysFor(draft: Draft, { half, isNamed }: Ready, { most, scope }: Limits): readonly Way[] {
  if (scope === 'all') return waysOf(draft, half, { isNamed, most })
  if (!isNamed) return []
  const write = (now: Draft): ReturnType<Way['write']> => writeHalf(now, half)
  return [{ write, warnings: half.subject.warnings, offStyle: false, isNew: false }]
}

function throughAll(
  start: Drawn,
  asked: Asked,
  side: Side,
  choose: (ways: readonly Way[]) => readonly Way[],
  scope: Scope,
): Drawn | Refusal {
  let step = start
  for (const own of side.ends) {
    const ready = readyHalf(step, asked, side, own)
    if (!ready) continue
    if ('refusal' in ready) return ready
    let next: Drawn | undefined
    for (const way of choose(waysFor(step.draft, ready, { most: 2, scope }))) next ??= take(step, ready, way)
    if (!next) return ready.unnamed ?? { refusal: NO_PLACE }
    step = next
  }
  return step
}

function take(step: Drawn, ready: Ready, way: Way): Drawn | undefined {
  const written = way.write(step.draft)
  if (!written) return undefined
  const { draft, sentence, name, isNew } = written
  const isSaid = (one: string): boolean => step.sentences.includes(one)
  return {
    draft,
    sentences: [...step.sentences, ...[...ready.before, sentence, ...ready.after].filter((one) => !isSaid(one))],
    warnings: [...new Set([...step.warnings, ...way.warnings, ...ready.warnings])],
    amended: isNew ? step.amended : [...new Set([...step.amended, name])],
    added: isNew ? [...step.added, name] : step.added,
    offStyle: step.offStyle || way.offStyle,
    help: [...step.help, ...ready.help],
  }
}
