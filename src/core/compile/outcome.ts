import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { coversIps, ipBlock, type IpSet, isNoIps, NO_IPS, uniteIps } from '#core/model/cidr.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Help } from '#core/model/intent.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Draft } from './draft.ts'
import { blocksOf, type Refusal } from './peers.ts'

/** A draft with what was done to get there, one sentence each, and what the user must know. */
export interface Step {
  readonly draft: Draft
  readonly sentences: readonly string[]
  readonly warnings: readonly string[]
}

/** A kind of side effect. */
export type Effect = 'opens' | 'closes' | 'other'

/** What a planner comes up with, before it is verified. */
export interface Outcome extends Step {
  /** Tells this way from others, in a few words (`Plan.title`); undefined: the first sentence does. */
  readonly title?: string | undefined
  /** The connection that must be open (or closed) afterwards, where the intent is about one. */
  readonly goal?: Goal | undefined
  /** The ports of a connection for which this effect is what was asked for. */
  readonly wanted: (effect: Effect, from: End, to: End) => PortSet
  /** True where the user must see it first, whatever it changes. */
  readonly preview?: boolean | undefined
  /** True where it isn't laid out as the style asks: ways that are come first, whatever their lines. */
  readonly offStyle?: boolean | undefined
  /** Of ways that do as little unasked: 0 for what was surely meant, then 1, then 2; undefined as 0. What is equal is weighed by lines. */
  readonly rank?: 0 | 1 | 2 | undefined
  /** True for what comes first whatever it does besides: what a drawing means while there is little else. */
  readonly isMeant?: boolean | undefined
  /** What would make it better, to be planned on its own: a label that tells two workloads apart. */
  readonly help?: readonly Help[] | undefined
}

/** What must be true of a connection when a plan is done. */
export interface Goal {
  readonly from: End
  readonly to: End
  readonly ports: PortSet
  /** Every port open for every pod pair, or none for any (as checks are judged: design.md 7); undefined: allowed. */
  readonly expect?: 'allowed' | 'denied' | undefined
}

/** An outcome, several ways to get there (each is verified; the best is offered first), or why there is none. */
export type Planned = Outcome | readonly Outcome[] | Refusal

/** One step after another: the draft of the second, and what both say. */
export function joined(step: Step, { draft, sentences, warnings }: Step): Step {
  return { draft, sentences: [...step.sentences, ...sentences], warnings: [...step.warnings, ...warnings] }
}

/** Is everything at `end` also at `whole`? */
export function isWithin(evaluation: Evaluation, end: End, whole: End): boolean {
  if ('anywhere' in whole || endId(end) === endId(whole)) return true
  if ('anyNamespace' in whole) return 'namespace' in end
  if ('namespace' in whole) return !('workload' in whole) && 'namespace' in end && end.namespace === whole.namespace
  const own = ipsOf(evaluation, end)
  return !isNoIps(own) && coversIps(ipsOf(evaluation, whole), own)
}

function ipsOf(evaluation: Evaluation, end: End): IpSet {
  return blocksOf(evaluation, end)
    .map(({ cidr, except }) => ipBlock(cidr, except ?? []))
    .reduce(uniteIps, NO_IPS)
}
