import { judgeUnder } from '#core/checks/under.ts'
import { askedOf } from '#core/explain/asked.ts'
import { namelessRules } from '#core/explain/nameless.ts'
import type { Check } from '#core/model/check.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Edge, Layer } from '#core/model/picture.ts'
import { ALL_PORTS, intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { Ref } from '#core/model/text.ts'
import type { Half, Status, Verdict } from '#core/model/verdict.ts'
import { differsAround, nameWith } from './differs.ts'
import { labelOf, nameOf, partsOfPorts, type Part } from './edgeTexts.ts'
import { ask, portOf, sortSpecs } from './portTexts.ts'
import { judgePair, podsOf, type Scene, workloadsOf } from './scene.ts'

/** A connection to be drawn: who, whom, and which ports as checks write them (sorted; none: all). */
export interface Connection {
  readonly from: End
  readonly to: End
  readonly specs: readonly string[]
}

/** What stands behind an edge in the text. */
export interface Ties {
  readonly layers: readonly Layer[]
  readonly checks: readonly Check[]
  /** Rules that name the connection. */
  readonly rules: readonly Ref[]
}

/** The id of a connection's edge: the same in every layer, and for a check and a rule that ask the same. */
export function edgeId({ from, to, specs }: Connection): string {
  return `${endId(from)}→${endId(to)} ${specs.length === 0 ? 'all ports' : specs.join(' ')}`
}

/** The connection with its ports in the order that ids and texts use. */
export function connect(from: End, to: End, specs: readonly string[]): Connection {
  return { from, to, specs: sortSpecs(specs) }
}

/** What a connection gets; `undetermined` where an end is missing or no pod has the named port that a check asks for. */
export function drawEdge(scene: Scene, connection: Connection, ties: Ties): Edge {
  const { from, to, specs } = connection
  const asked = ask(specs, podsOf(scene, to))
  const judged = judgePair(scene, from, to)
  const verdict = judged?.verdict
  const differs = judged && differsAround(judged, asked.ports)
  const status = verdict ? statusAsked(scene, connection, { verdict, ports: asked.ports }) : 'undetermined'
  const parts = verdict && MIXED.has(status) ? partsOf(scene, to, verdict, specs) : []
  const rules = uniqueRefs([...ties.rules, ...(verdict ? deciding(verdict, asked.ports) : [])])
  return {
    id: edgeId(connection),
    layers: ties.layers,
    from,
    to,
    asked: specs,
    ports: asked.text,
    status,
    label: labelOf(asked.text, parts),
    name: nameWith(nameOf(from, to, asked.text, { status, parts }), differs),
    blockedAt: verdict && status === 'denied' ? blockedAt(verdict, asked.ports) : 'none',
    checks: ties.checks.map((check) => drawCheck(scene, check)),
    rules,
    stale: isStale(scene, connection, rules),
    ...(differs && { differs }),
  }
}

// A name that no pod defines matches nothing (semantics.md A.9): a rule that allows it opens nothing.
function statusAsked(
  { evaluation }: Scene,
  { from, to, specs }: Connection,
  { verdict, ports }: { readonly verdict: Verdict; readonly ports: PortSet },
): Status {
  if (!isNoPorts(ports)) return statusOf(verdict, ports)
  return namelessRules(evaluation, from, to, askedOf(evaluation, to, specs)).length > 0 ? 'denied' : 'undetermined'
}

function drawCheck(scene: Scene, check: Check): Edge['checks'][number] {
  const { ref, name, expect } = check
  return { ref, name, expect, outcome: judgeUnder(scene.profiled, check) }
}

// What may hold different answers for different ports.
const MIXED: ReadonlySet<Status> = new Set(['partial', 'undetermined'])

function partsOf(scene: Scene, to: End, verdict: Verdict, specs: readonly string[]): readonly Part[] {
  if (specs.length < 2) return partsOfPorts(verdict, ask(specs, podsOf(scene, to)).ports)
  const mixed = new Set(specs.map((spec) => spec.split('/')[0])).size > 1
  const parts = specs.map((spec) => {
    const asked = ask([spec], podsOf(scene, to))
    return { text: mixed ? asked.text : portOf(spec), status: statusOf(verdict, asked.ports) }
  })
  return new Set(parts.map(({ status }) => status)).size > 1 ? parts : []
}

function blockedAt(verdict: Verdict, ports: PortSet): Edge['blockedAt'] {
  // Where nothing is asked, the half that a policy closes is what could open.
  const asked = isNoPorts(ports) ? ALL_PORTS : ports
  const source = blocks(verdict.egress, asked)
  const destination = blocks(verdict.ingress, asked)
  if (source === destination) return 'both'
  return source ? 'source' : 'destination'
}

function blocks(half: Half, ports: PortSet): boolean {
  return isNoPorts(intersectPorts(ports, half.some)) && isNoPorts(intersectPorts(ports, half.undetermined))
}

// Evidence for other ports than those that are asked decides nothing here.
function deciding(verdict: Verdict, ports: PortSet): readonly Ref[] {
  const evidence = [...verdict.egress.evidence, ...verdict.ingress.evidence]
  return evidence
    .filter(
      (one) => !isNoPorts(intersectPorts(ports, one.ports)) || !isNoPorts(intersectPorts(ports, one.unknownPorts)),
    )
    .map((one) => one.rule)
}

function uniqueRefs(refs: readonly Ref[]): readonly Ref[] {
  if (refs.length < 2) return refs
  return [...new Map(refs.map((ref) => [`${ref.document}\n${ref.path.join('/')}`, ref])).values()]
}

function isStale(scene: Scene, { from, to }: Connection, rules: readonly Ref[]): boolean {
  if (scene.stale.size === 0) return false
  const ends = [...workloadsOf(scene, from), ...workloadsOf(scene, to)]
  return ends.some((workload) => workload.stale) || rules.some((rule) => scene.stale.has(rule.document))
}
