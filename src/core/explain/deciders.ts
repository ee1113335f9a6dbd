import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Decider, ExplainedHalf } from '#core/model/picture.ts'
import { intersectPorts, isNoPorts, type PortSet } from '#core/model/ports.ts'
import type { Ref } from '#core/model/text.ts'
import type { Half, RuleEvidence, Status, Verdict } from '#core/model/verdict.ts'

/** An answer of which the places in the text are asked. */
export interface Decided {
  readonly evaluation: Evaluation
  readonly verdict: Verdict
  readonly ports: PortSet
  readonly halves: readonly ExplainedHalf[]
}

const ORDER: readonly Status[] = ['denied', 'partial', 'undetermined', 'allowed']

/**
 * The places in the text that decide, each with its own effect: what blocks first (a rule that denies, the term of a near
 * miss, the subject of a policy that isolates), then the rules that allow. Each place once.
 */
export function decidersOf(decided: Decided): readonly Decider[] {
  const halves = decided.halves.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
  const all = halves.map((told) => inHalf(decided, told))
  const [closing, opening] = [all.flatMap(({ closes }) => closes), all.flatMap(({ opens }) => opens)]
  const found = new Map<string, Decider>()
  for (const one of [...closing, ...opening]) if (!found.has(keyOf(one.ref))) found.set(keyOf(one.ref), one)
  return [...found.values()]
}

function inHalf(
  { evaluation, verdict, ports }: Decided,
  { direction, status, misses }: ExplainedHalf,
): { readonly closes: readonly Decider[]; readonly opens: readonly Decider[] } {
  const half = verdict[direction]
  const opens = rulesOf(half, 'allow', ports).map((ref): Decider => ({ ref, effect: 'opens' }))
  if (status === 'allowed') return { closes: [], opens }
  // A document as a whole says nothing: of what isolates, the pods that it selects are marked.
  const near = misses.flatMap(({ at, kind }) => (at && at.path.length > 0 && kind !== 'admin-deny' ? [at] : []))
  const closes = [...rulesOf(half, 'deny', ports), ...near, ...isolating(evaluation, half)]
  return { closes: closes.map((ref) => ({ ref, effect: 'closes' })), opens }
}

function rulesOf({ evidence }: Half, action: RuleEvidence['action'], asked: PortSet): readonly Ref[] {
  const own = evidence.filter((one) => one.action === action && !isNoPorts(intersectPorts(one.ports, asked)))
  return own.map(({ rule }) => rule)
}

function isolating({ policies }: Evaluation, { isolatedBy }: Half): readonly Ref[] {
  const selecting = new Set(isolatedBy.filter(({ unknown }) => !unknown).map(({ policy }) => policy))
  return policies.filter(({ ref }) => selecting.has(ref)).map(({ subject }) => subject.ref)
}

function keyOf({ document, path }: Ref): string {
  return `${document}\n${path.join('/')}`
}
