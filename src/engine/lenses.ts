import { deadLineSteps } from '#core/explain/deadLines.ts'
import { counted, podSetOf } from '#core/explain/podSets.ts'
import type { DeadLine, PodSet, PolicyLens } from '#core/model/linking.ts'
import type { Edge } from '#core/model/picture.ts'
import type { Policy, Rule } from '#core/model/rule.ts'
import { edgeId } from './edge.ts'
import type { Drawing } from './picture.ts'
import type { Lenses } from './protocol.ts'
import { edgesTouching } from './touching.ts'

/** A span of a file's text. */
export interface Span {
  readonly file: string
  readonly from: number
  readonly to: number
}

// More than a screen holds, also with every policy on one line.
const MOST = 80

interface Told {
  readonly lens: PolicyLens
  readonly dead: readonly DeadLine[]
}

const told = new WeakMap<Drawing, Map<string, Told>>()

/** What the policies that touch the span come to, in the order of the text. Each is worked out once for a drawing. */
export function* lensSteps(drawing: Drawing, span: Span): Generator<undefined, Lenses, void> {
  const known = told.get(drawing) ?? new Map<string, Told>()
  told.set(drawing, known)
  const found: Told[] = []
  for (const { document, policy } of policiesIn(drawing, span)) {
    const own = known.get(document) ?? (yield* tell(drawing, policy))
    known.set(document, own)
    found.push(own)
  }
  return { policies: found.map(({ lens }) => lens), dead: found.flatMap(({ dead }) => dead) }
}

interface Here {
  readonly document: string
  readonly policy: Policy
}

function policiesIn({ scene }: Drawing, { file, from, to }: Span): readonly Here[] {
  const byDocument = new Map(scene.loaded.policies.map((policy) => [policy.ref.document, policy]))
  const here = scene.loaded.documents.filter((one) => one.file === file && one.range.from < to && one.range.to > from)
  const all = here.flatMap(({ id }): readonly Here[] => {
    const policy = byDocument.get(id)
    return policy ? [{ document: id, policy }] : []
  })
  return all.slice(0, MOST)
}

function* tell(drawing: Drawing, policy: Policy): Generator<undefined, Told, void> {
  const { scene, picture } = drawing
  const set = podSetOf(scene.evaluation, [policy.subject])
  // Where a text is broken, nobody knows which of its lines mean what.
  const dead = policy.stale
    ? []
    : (yield* deadLineSteps(scene.evaluation, policy)).flatMap((line) => narrowed(drawing, line))
  const refs = policy.rules.map(({ ref }) => ref)
  const edges = edgesTouching(picture.edges, refs).map(({ id }) => id)
  const text = textOf(drawing, policy, { set, dead })
  return { lens: { ref: policy.ref, name: policy.name, text, cards: set.cards, edges }, dead }
}

function textOf(
  drawing: Drawing,
  policy: Policy,
  { set, dead }: { readonly set: PodSet; readonly dead: readonly DeadLine[] },
): string {
  const more = set.perhaps > 0 ? `, perhaps ${set.perhaps} more` : ''
  const selects = `selects ${set.cards.length === 0 ? 'no pod' : counted(set.pods, 'pod')}${more}`
  if (policy.inert === true) return 'not in force: the API server would reject it'
  if (policy.unevaluated !== undefined) return `${selects} · ${policy.unevaluated} is not evaluated`
  const idle = dead.length === 0 || set.cards.length === 0 ? [] : [`${counted(dead.length, 'line')} without effect`]
  const stale = policy.stale ? ['as it was before it broke'] : []
  return [selects, ...doings(drawing, policy, dead), ...idle, ...stale].join(' · ')
}

// A rule that decides nothing allows nothing, whatever it names.
function doings({ namings, drawn }: Drawing, policy: Policy, dead: readonly DeadLine[]): readonly string[] {
  const idle = new Set(dead.map(({ ref }) => ref))
  const named = (action: Rule['action']): readonly Edge[] => {
    const rules = policy.rules.filter((rule) => rule.action === action && !idle.has(rule.ref))
    const connections = rules.flatMap((rule) => namings.get(rule)?.connections ?? [])
    return [...new Set(connections.map(edgeId))].flatMap((id) => drawn.get(id)?.edge ?? [])
  }
  const open = named('allow').filter(({ status }) => status === 'allowed' || status === 'partial').length
  const closed = named('deny').filter(({ status }) => status === 'denied' || status === 'partial').length
  const denies = policy.rules.some(({ action }) => action === 'deny')
  const allows = policy.tier === 'networkPolicy' || policy.rules.some(({ action }) => action === 'allow')
  return [
    ...(allows ? [`allows ${open === 0 ? 'nothing' : counted(open, 'connection')}`] : []),
    ...(denies ? [`denies ${closed === 0 ? 'nothing' : counted(closed, 'connection')}`] : []),
  ]
}

// An `except` has no place of its own: it is looked for in its peer's text. One that is written otherwise is left out.
function narrowed({ scene }: Drawing, line: DeadLine): readonly DeadLine[] {
  if (line.within === undefined) return [line]
  const { ref } = line
  const document = scene.loaded.documents.find(({ id }) => id === ref.document)
  const text = scene.loaded.files.find(({ path }) => path === document?.file)?.text
  if (!document || text === undefined) return []
  const start = document.range.from
  const written = text.slice(start + ref.range.from, start + ref.range.to)
  const except = written.indexOf('except')
  const at = except < 0 ? -1 : written.indexOf(line.within, except)
  if (at < 0) return []
  const from = ref.range.from + at
  return [{ ...line, ref: { ...ref, range: { from, to: from + line.within.length } } }]
}
