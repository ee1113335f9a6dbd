import { holdOn } from '#core/checks/judge.ts'
import { resultsUnder } from '#core/checks/under.ts'
import type { CheckResult } from '#core/model/check.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Edge, NamespaceCard, Picture, WorkloadCard } from '#core/model/picture.ts'
import type { Rule } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import { drawNamespace, drawWorkload } from './cards.ts'
import { drawEdge } from './edge.ts'
import { shownProfile } from './differs.ts'
import { waysIn } from './exposures.ts'
import { foldEdges } from './fold.ts'
import { groupBy } from '#core/model/group.ts'
import { type Asking, mergeAskings, sameAsking } from './merge.ts'
import { nameRule, type Naming } from './named.ts'
import { sameData, settle, settleList } from './same.ts'
import type { Scene } from './scene.ts'
import { shownProblems } from './problems.ts'
import { isTouched, type Touched, touchedBetween } from './touched.ts'

/** A picture with what it was drawn from, so that the next one can take over what an edit didn't touch. */
export interface Drawing {
  readonly scene: Scene
  readonly picture: Picture
  readonly namings: ReadonlyMap<Rule, Naming>
  /** Every edge before folding. */
  readonly drawn: ReadonlyMap<string, Drawn>
}

interface Drawn {
  readonly asking: Asking
  readonly edge: Edge
}

/** Yields now and then how far it is; the caller may stop it at any of these. */
export type DrawingSteps = Generator<{ readonly done: number; readonly total: number }, Drawing, void>

/** Draws a revision. Parts that say the same as in the drawing before are the very same objects. */
export function* drawSteps(scene: Scene, before?: Drawing): DrawingSteps {
  const touched = touchedBetween(before?.scene, scene)
  const workloads = drawWorkloads(scene, touched, before)
  const namespaces = drawNamespaces(scene, workloads, before)
  letHoldOn(scene, touched, before)
  const namings = yield* nameRules(scene, touched, before)
  const askings = mergeAskings(scene.loaded.checks, [...namings.values()], waysIn(scene))
  const drawn = yield* drawEdges(scene, askings, { touched, before })
  const all = [...drawn.values()].map(({ edge }) => edge)
  const edges = settleList(before?.picture.edges ?? [], foldEdges(all, workloads.length), (edge) => edge.id)
  const leftOut = [...namings.values()].reduce((sum, naming) => sum + naming.leftOut, 0)
  const profile = settle(before?.picture.profile, shownProfile(scene.loaded.settings))
  const picture: Picture = {
    revision: scene.revision,
    namespaces,
    workloads,
    outside: settleList(before?.picture.outside ?? [], outsideOf(all), endId),
    edges,
    documents: settleList(before?.picture.documents ?? [], scene.loaded.documents, (document) => document.id),
    problems: settleProblems(scene, before),
    checks: judgeChecks(scene, touched, before),
    counts: settle(before?.picture.counts, scene.loaded.counts),
    folded: foldedText(all.length, edges.length, leftOut),
    ...(profile && { profile }),
  }
  return { scene, picture, namings, drawn }
}

function drawWorkloads(scene: Scene, touched: Touched, before: Drawing | undefined): readonly WorkloadCard[] {
  const known = new Map(before?.picture.workloads.map((card) => [card.id, card]))
  const cards = scene.loaded.cluster.workloads.map((workload) => {
    const card = known.get(workload.id)
    if (card && !touched.everything && !touched.workloads.has(workload.id)) return card
    return settle(card, drawWorkload(scene, workload))
  })
  return settleList(before?.picture.workloads ?? [], cards, (card) => card.id)
}

function drawNamespaces(
  scene: Scene,
  workloads: readonly WorkloadCard[],
  before: Drawing | undefined,
): readonly NamespaceCard[] {
  const members = groupBy(workloads, (card) => card.namespace)
  const cards = scene.loaded.cluster.namespaces.map((one) => drawNamespace(scene, one, members.get(one.name) ?? []))
  return settleList(before?.picture.namespaces ?? [], cards, (card) => card.name)
}

function* nameRules(
  scene: Scene,
  touched: Touched,
  before: Drawing | undefined,
): Generator<{ done: number; total: number }, ReadonlyMap<Rule, Naming>, void> {
  const namings = new Map<Rule, Naming>()
  const { policies } = scene.loaded
  for (const [done, policy] of policies.entries()) {
    for (const rule of policy.rules) {
      const known = touched.sameCluster ? before?.namings.get(rule) : undefined
      namings.set(rule, known ?? nameRule(scene, policy, rule))
    }
    if (done % 16 === 15) yield { done, total: policies.length }
  }
  return namings
}

function* drawEdges(
  scene: Scene,
  askings: ReadonlyMap<string, Asking>,
  { touched, before }: { touched: Touched; before: Drawing | undefined },
): Generator<{ done: number; total: number }, ReadonlyMap<string, Drawn>, void> {
  const drawn = new Map<string, Drawn>()
  for (const [id, asking] of askings) {
    const known = before?.drawn.get(id)
    const { from, to } = asking.connection
    // Who else may reach it is asked of everybody.
    const isOfAll = asking.checks.some(({ only }) => only !== undefined)
    const isSame = known && sameAsking(known.asking, asking) && !isTouched(touched, from) && !isTouched(touched, to)
    const reusable = isSame && !isOfAll
    if (reusable) drawn.set(id, known)
    else {
      drawn.set(id, { asking, edge: settle(known?.edge, drawAsking(scene, asking)) })
      if (drawn.size % 16 === 0) yield { done: drawn.size, total: askings.size }
    }
  }
  return drawn
}

/** The edge of an asking in a scene. */
export function drawAsking(scene: Scene, { connection, checks, rules }: Asking): Edge {
  const layers = [checks.length > 0 ? ['checks' as const] : [], rules.length > 0 ? ['rules' as const] : []].flat()
  return drawEdge(scene, connection, { layers, rules, checks })
}

/** The ends outside of the namespaces, each once. */
export function outsideOf(edges: readonly Edge[]): readonly End[] {
  const ends = edges.flatMap((edge) => [edge.from, edge.to]).filter((end) => !('namespace' in end))
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}

// Who else may reach it is asked of everybody: where nothing but some senders changed, of those.
function letHoldOn({ profiled }: Scene, touched: Touched, before: Drawing | undefined): void {
  if (touched.everything) return
  const ways = new Set([profiled.evaluation, ...profiled.variants.map(({ evaluation }) => evaluation)])
  for (const { check, outcome } of before?.picture.checks ?? [])
    if (check.only && outcome === 'holds' && !isTouched(touched, check.to))
      for (const way of ways) holdOn(check, way, touched.workloads)
}

// What keeps both its ends and says who they are fares as before; why something is missing depends on all that is there.
function judgeChecks(scene: Scene, touched: Touched, before: Drawing | undefined): readonly CheckResult[] {
  const known = new Map(before?.picture.checks.map((result) => [result.check, result]))
  const judged = scene.loaded.checks.map((check) => {
    const result = known.get(check)
    const isSame = !isTouched(touched, check.from) && !isTouched(touched, check.to) && check.only === undefined
    return result && isSame && result.outcome !== 'missing' ? result : resultsUnder([check], scene.profiled)
  })
  return settleList(before?.picture.checks ?? [], judged.flat(), ({ check: { ref } }) => idOfRef(ref))
}

function idOfRef({ document, path }: Ref): string {
  return `${document}\n${path.join('/')}`
}

function settleProblems(scene: Scene, before: Drawing | undefined): Picture['problems'] {
  const old = before?.picture.problems ?? []
  const problems = shownProblems(scene.loaded.problems)
  return sameData(old, problems) ? old : problems
}

function foldedText(all: number, shown: number, leftOut: number): string | undefined {
  const missing = leftOut === 0 ? '' : ` ${leftOut} more are left out.`
  if (all === shown) return leftOut === 0 ? undefined : `Too many connections to draw all of them.${missing}`
  return `${all} connections are bundled into ${shown} lines between namespaces.${missing}`
}
