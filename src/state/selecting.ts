import { type End, endId } from '#core/model/end.ts'
import type { Edge, Explanation } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { Engine } from '#engine/client.ts'
import type { Highlight, Selection } from './view.ts'
import type { Clock } from './clock.ts'
import { decidersFor, type Marked } from './linking.ts'
import { endOfCard, type Place } from './places.ts'
import type { Stores } from './stores.ts'

/** What follows from what is selected: reach, explanation, and the rules in the text. */
export interface Selecting {
  readonly select: (selection: Selection | undefined) => void
  /** Selects the connection, drawn or not. */
  readonly selectConnection: (from: End, to: End) => Promise<void>
  /** Asks again, for a new picture. */
  readonly refresh: () => void
  /** Another workspace: nothing of the old one is asked for any more. */
  readonly forget: () => void
}

/** What following a selection works with; `place` finds a ref in the present texts. */
export interface SelectingContext {
  readonly stores: Stores
  readonly engine: () => Engine
  readonly place: (ref: Ref) => Place | undefined
  readonly clock: Clock
}

// A plan evaluates a copy of the workspace: while the user types or runs through edges, none is made.
const FIXES_MS = 250
const FIXES_EACH = 3

/** Keeps reach, explanation and highlights in step with the selection; answers that come late are dropped. */
export function createSelecting({ stores, engine, place, clock }: SelectingContext): Selecting {
  const { analysis, view } = stores
  let reachOf: string | undefined
  // A connection that is shown though nothing draws it.
  let single: { readonly from: End; readonly to: End } | undefined
  // Counts up with each ask: an answer to an older one is nobody's business any more.
  let asked = 0

  const findEdge = (id: string): Edge | undefined => {
    const { picture, reach, sealed, asked } = analysis.getState()
    // Of what a lesson asks nothing is told before the learner has said it.
    const known = [...(picture?.edges ?? []), ...reach, ...(sealed === true ? [] : (asked?.edges ?? []))]
    return known.find((edge) => edge.id === id)
  }
  const highlight = (marks: readonly Marked[], reveal: boolean): void => {
    const highlights = marks.flatMap(({ ref, effect }) => placed(place(ref), effect))
    view.setState({ highlights })
    const { activeFile, reveal: last } = view.getState()
    // What blocks is what people look for, in whichever file it is.
    const [best] = highlights
    const first = best?.effect === 'closes' ? best : (highlights.find(({ file }) => file === activeFile) ?? best)
    if (!reveal || !first) return
    view.setState({ activeFile: first.file, reveal: { ...first, at: (last?.at ?? 0) + 1 } })
  }
  const reach = async (id: string, mine: number): Promise<void> => {
    const { placed, reachDenied } = view.getState()
    const outside = [...(analysis.getState().picture?.outside ?? []), ...placed]
    const known = outside.map((end) => ({ id: endId(end), end }))
    const answer = await engine().ask('reach', { end: endOfCard(id, known), denied: reachDenied })
    if (mine === asked && answer) analysis.setState({ reach: answer.edges })
  }
  const reachSingle = async ({ from, to }: { from: End; to: End }, mine: number): Promise<Edge | undefined> => {
    const answer = await engine().ask('reach', { end: from, to, denied: true })
    if (mine !== asked || !answer) return undefined
    analysis.setState({ reach: answer.edges })
    return answer.edges[0]
  }
  const explain = async (edge: Edge, mine: number, isNew: boolean): Promise<void> => {
    const answer = await engine().ask('explain', { from: edge.from, to: edge.to, ports: edge.asked ?? [] })
    if (mine !== asked || !answer) return
    analysis.setState({ explanation: answer.explanation, fixes: [] })
    clock.after(FIXES_MS, () => void fix(edge, answer.explanation, mine))
    if (edge.status !== 'allowed') highlight(decidersFor(edge, answer.explanation), isNew)
  }
  const fix = async (edge: Edge, { halves }: Explanation, mine: number): Promise<void> => {
    const wanted = halves.flatMap(({ direction, misses }) =>
      misses.slice(0, FIXES_EACH).map((miss, index) => ({ direction, index, miss })),
    )
    for (const { direction, index, miss } of wanted) {
      if (mine !== asked) return
      const { from, to, asked: ports = [] } = edge
      const intent = { type: 'repair', from, to, ports, miss } as const
      // One after the other: whatever the user does next is asked between two of them.
      const answer = await engine().ask('plan', { intent, style: view.getState().planStyle })
      if (mine !== asked) return
      if (answer) analysis.setState(({ fixes }) => ({ fixes: [...fixes, { direction, index, plan: answer.plan }] }))
    }
  }
  const ask = (isNew: boolean): void => {
    const { selection } = view.getState()
    const mine = ++asked
    const edge = selection?.type === 'edge' ? findEdge(selection.id) : undefined
    // What rules do to an edge that isn't open, the explanation tells.
    if (!edge || edge.status === 'allowed') highlight(edge?.rules.map((ref) => ({ ref, effect: 'opens' })) ?? [], isNew)
    if (reachOf !== undefined) void reach(reachOf, mine)
    else if (single && edge) void reachSingle(single, mine)
    if (edge) void explain(edge, mine, isNew)
    else analysis.setState({ explanation: undefined, fixes: [] })
  }

  const select: Selecting['select'] = (selection) => {
    // An edge of the reach that is shown keeps it: the user is looking at one line of many.
    const isOfReach = analysis.getState().reach.some(({ id }) => id === selection?.id)
    if (selection?.type !== 'edge' || !isOfReach) {
      reachOf = selection?.type === 'card' ? selection.id : undefined
      single = undefined
      analysis.setState({ reach: [] })
    }
    view.setState({ selection, highlights: [] })
    analysis.setState({ explanation: undefined, fixes: [] })
    ask(true)
  }

  return {
    refresh: () => ask(false),
    forget: () => {
      asked++
      reachOf = undefined
      single = undefined
    },
    async selectConnection(from, to) {
      const [source, target] = [endId(from), endId(to)]
      const { picture, asked: ofLesson } = analysis.getState()
      const drawn = [...(picture?.edges ?? []), ...(ofLesson?.edges ?? [])].find(
        (edge) => endId(edge.from) === source && endId(edge.to) === target,
      )
      if (drawn) return select({ type: 'edge', id: drawn.id })
      reachOf = undefined
      single = { from, to }
      const edge = await reachSingle(single, ++asked)
      if (edge) select({ type: 'edge', id: edge.id })
    },
    select,
  }
}

function placed(at: Place | undefined, effect: Marked['effect']): readonly Highlight[] {
  return at ? [{ ...at, ...(effect ? { effect } : {}) }] : []
}
