import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import { endId, endName } from '#core/model/end.ts'
import { coversPorts, NO_PORTS } from '#core/model/ports.ts'
import type { Direction } from '#core/model/rule.ts'
import { presentAndChecked } from './denyKeep.ts'
import { isolateAll } from './denyIsolate.ts'
import type { Draft } from './draft.ts'
import type { Asked } from './halves.ts'
import type { Outcome, Step } from './outcome.ts'
import { endOf, workloadsOf } from './peers.ts'

/** A connection that is open because nobody looks, with the ways to isolate an end of it for it alone. */
export interface Open {
  readonly start: Draft
  readonly asked: Asked
  /** The draft with its check. */
  readonly saved: Step
  readonly isolating: readonly Outcome[]
  readonly direction: Direction
}

/**
 * What can be meant by allowing what is open: to isolate an end for this alone, or with the present traffic kept, or to
 * save the check and nothing else. The first is surely meant where it cuts off nothing that is there already.
 */
export function openWays(open: Open): readonly Outcome[] {
  const { asked, saved, isolating, direction } = open
  const only = isolating.map((one) => ({ ...one, rank: 0, isMeant: !cutsOff(open, one.draft) }) as const)
  return [...only, ...keeping(saved, asked, direction), saveOnly(saved, asked)]
}

function keeping(saved: Step, asked: Asked, direction: Direction): readonly Outcome[] {
  const { from, to } = asked.intent
  const own = direction === 'ingress' ? to : from
  if (!('workload' in own) || !('namespace' in own)) return []
  const begun: Step = { ...saved, sentences: [] }
  const step = isolateAll(begun, [own], { direction, rulesOf: presentAndChecked })
  if ('refusal' in step) return []
  const title = `Isolate ${endName(own)}, and keep the present traffic between loaded workloads`
  return [outcomeOf(asked, { ...step, sentences: [...step.sentences, ...saved.sentences] }, { title, rank: 1 })]
}

function saveOnly(saved: Step, asked: Asked): Outcome {
  const { from, to } = asked.intent
  const nothing = saved.sentences.length === 0 ? ' Its check is there, too: nothing has to change.' : ''
  const told = `${endName(from)} → ${endName(to)} is open already, since nothing isolates either end: it stays so.${nothing}`
  return outcomeOf(
    asked,
    { ...saved, sentences: [told, ...saved.sentences] },
    { title: 'Save the check only', rank: 2 },
  )
}

function outcomeOf(
  { intent: { from, to }, ports }: Asked,
  step: Step,
  words: Pick<Outcome, 'title' | 'rank'>,
): Outcome {
  return { ...step, ...words, goal: { from, to, ports }, wanted: () => NO_PORTS }
}

// A workload that is only sketched has no traffic yet that could be cut off; the world outside is told of in any case.
function cutsOff({ start, asked, direction }: Open, { evaluation: after }: Draft): boolean {
  const before = start.evaluation
  const { from, to } = asked.intent
  const [own, other] = direction === 'ingress' ? [to, from] : [from, to]
  const real = before.cluster.workloads.filter(isReal)
  const asking = new Set(workloadsOf(before, other).map(({ id }) => id))
  const rest = real.filter(({ id }) => !asking.has(id)).map(endOf)
  const owns = workloadsOf(before, own).filter(isReal).map(endOf)
  return owns.some((one) =>
    rest.some((peer) => {
      if (endId(one) === endId(peer)) return false
      const [source, target] = direction === 'ingress' ? [peer, one] : [one, peer]
      const open = verdictOf(before, source, target)?.allowed
      return open !== undefined && !coversPorts(verdictOf(after, source, target)?.allowed ?? NO_PORTS, open)
    }),
  )
}

function isReal({ sketch, assumed, pods }: Workload): boolean {
  return !sketch && !assumed && pods.some(({ finished }) => !finished)
}
