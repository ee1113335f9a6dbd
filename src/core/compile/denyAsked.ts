import { verdictOf } from '#core/evaluate/evaluate.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { intersectPorts, isNoPorts, type PortSet, unitePorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import type { Verdict } from '#core/model/verdict.ts'
import type { Draft } from './draft.ts'
import { podsOf, type Refusal, workloadsOf } from './peers.ts'

/** A connection that is to be closed for these ports, as it stands. */
export interface Closing {
  readonly from: End
  readonly to: End
  readonly ports: PortSet
}

/** The same with what holds now. */
export interface Denied extends Closing {
  readonly verdict: Verdict
}

/** Reads a connection that is to be denied; a refusal where policies have no word about it. */
export function readDenied(draft: Draft, from: End, to: End, texts: readonly string[]): Denied | Refusal {
  const { evaluation } = draft
  const why = endsRefused(draft, from, to)
  if (why !== undefined) return { refusal: why }
  const verdict = verdictOf(evaluation, from, to)
  if (!verdict)
    return { refusal: `${endName(from)} or ${endName(to)} is not there: open its manifest, or put it on the canvas.` }
  const { ports, unresolved } = askedPorts(texts, podsOf(draft.evaluation, to))
  if (unresolved.length > 0)
    return {
      refusal: `${endName(to)} declares no port ${unresolved.join(', ')}: write a number such as TCP/8080, a range TCP/8000-8080, or the name of one of its container ports.`,
    }
  const own = isAlone(draft, from, to) ? SELF : exemption(verdict)
  return own === undefined ? { from, to, ports, verdict } : { refusal: own }
}

// Which of the ports are open, for some of the pods at least, or may be.
function openPorts({ allowed, partial, undetermined }: Verdict, ports: PortSet): PortSet {
  return intersectPorts(unitePorts(unitePorts(allowed, partial), undetermined), ports)
}

/** Is a connection closed for these ports? One whose end has gone is. */
export function isClosed({ evaluation }: Draft, { from, to, ports }: Closing): boolean {
  const verdict = verdictOf(evaluation, from, to)
  return !verdict || isNoPorts(openPorts(verdict, ports))
}

function endsRefused({ evaluation }: Draft, from: End, to: End): string | undefined {
  if (![from, to].some(isInside))
    return 'Network policies speak of pods: one end of the connection must be in the cluster.'
  const missing = [from, to].find((end) => isInside(end) && workloadsOf(evaluation, end).length === 0)
  if (missing) return `${endName(missing)} has no pods: nothing can be said about its connections yet.`
  const named = [from, to].find((end) => 'node' in end || ('host' in end && !/^[\d.]+$|:/.test(end.host)))
  if (!named) return undefined
  const what = 'node' in named ? 'node' : 'host'
  return `A NetworkPolicy can’t name a ${what}: deny the addresses of ${endName(named)} as an IP block.`
}

/** Is it an end in the cluster, whose pods policies may select? */
export function isInside(end: End): boolean {
  return 'namespace' in end || 'anyNamespace' in end
}

const SELF = 'A pod always reaches itself: no policy can forbid it.'

// A workload to itself speaks of its replicas (design.md 8): there must be two.
function isAlone(draft: Draft, from: End, to: End): boolean {
  return endId(from) === endId(to) && podsOf(draft.evaluation, to).reduce((sum, { count }) => sum + count, 0) < 2
}

// Where each half is exempt, no policy is asked at all (semantics.md A.1, A.9, A.10).
function exemption({ ingress, egress }: Verdict): string | undefined {
  const reasons = new Set([ingress.exempt, egress.exempt])
  if (reasons.has('same-pod')) return SELF
  if (reasons.has('own-node'))
    return 'A pod and the node that it runs on always reach each other: no policy can forbid it.'
  if (ingress.exempt === undefined || egress.exempt === undefined) return undefined
  return `No policy applies to either end of this connection: ${reasons.has('host-network') ? 'pods in the network of their node (hostNetwork) can’t be selected' : 'both are exempt'}.`
}

/** Do both say the same connection? */
export function isSameEdge(one: Pick<Closing, 'from' | 'to'>, other: Pick<Closing, 'from' | 'to'>): boolean {
  return endId(one.from) === endId(other.from) && endId(one.to) === endId(other.to)
}
