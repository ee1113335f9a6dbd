import type { PeerList } from '#core/model/linking.ts'
import type { Decider, Edge, Explanation } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { Engine } from '#engine/client.ts'
import type { CursorPlace, Lenses } from '#engine/protocol.ts'
import type { Linked, ShownSet } from './view.ts'
import type { Place } from './places.ts'
import type { Stores } from './stores.ts'

/** The three-way link between edge, rule and line: what one of them means in the others. */
export interface Linking {
  /** Shows what stands at an offset of a file's own text on canvas and table. */
  readonly cursor: (path: string, offset: number) => Promise<void>
  /** The same for the pointer, as long as it is there; undefined: it has left, and the cursor counts again. */
  readonly point: (at: { readonly path: string; readonly offset: number } | undefined) => Promise<void>
  /** Marks the lines that decide an edge under the pointer; undefined: none is. */
  readonly hoverEdge: (id: string | undefined) => Promise<void>
  /** Shows these cards and edges, in sight. */
  readonly showSet: (set: ShownSet) => void
  /** Asks what the policies of a span come to. */
  readonly lenses: (path: string, from: number, to: number) => Promise<void>
  /** Nothing is pointed at any more. */
  readonly forget: () => void
}

/** What linking works with; `place` finds a ref in the present texts. */
export interface LinkingContext {
  readonly stores: Stores
  readonly engine: () => Engine
  readonly place: (ref: Ref) => Place | undefined
}

interface Meaning {
  readonly edges: readonly string[]
  readonly linked: Pick<Linked, 'cards' | 'note' | 'peers'>
}

const NOTHING: Meaning = { edges: [], linked: { cards: [] } }

/** Keeps canvas, table and text pointing at the same thing; answers that come late are dropped. */
export function createLinking({ stores, engine, place }: LinkingContext): Linking {
  const { analysis, view } = stores
  let resting = NOTHING
  // Each counts up with its asks: an answer to an older one is nobody's business any more.
  let [cursors, pointers, hovers, lenses] = [0, 0, 0, 0]

  const publish = ({ edges, linked }: Meaning): void => {
    const { hovered, shown } = view.getState().linked
    view.setState({ highlightedEdges: edges, linked: { ...linked, hovered, shown } })
  }
  const meaningOf = async (file: string, offset: number): Promise<Meaning | undefined> => {
    const answer = await engine().ask('cursor', { file, offset })
    return answer && { edges: answer.edges, linked: linkedOf(answer, place) }
  }
  const rest = (meaning: Meaning): void => {
    resting = meaning
    publish(meaning)
  }
  const mark = (refs: readonly Ref[]): void => {
    const { linked } = view.getState()
    const hovered = refs.flatMap((ref) => place(ref) ?? [])
    if (hovered.length + linked.hovered.length > 0) view.setState({ linked: { ...linked, hovered } })
  }
  const findEdge = (id: string): Edge | undefined => {
    const { picture, reach } = analysis.getState()
    return [...(picture?.edges ?? []), ...reach].find((edge) => edge.id === id)
  }

  return {
    async cursor(file, offset) {
      const mine = ++cursors
      const meaning = await meaningOf(file, offset)
      if (mine !== cursors || !meaning) return
      pointers++
      rest(meaning)
    },
    async point(at) {
      const mine = ++pointers
      const meaning = at ? await meaningOf(at.path, at.offset) : resting
      // What is taken apart stays that of the cursor: lines that come and go would move the text under the pointer.
      const { peers } = resting.linked
      if (mine === pointers && meaning) publish({ ...meaning, linked: { ...meaning.linked, peers } })
    },
    async hoverEdge(id) {
      const mine = ++hovers
      const edge = id === undefined ? undefined : findEdge(id)
      if (!edge || edge.status === 'allowed') return mark(edge?.rules ?? [])
      const answer = await engine().ask('explain', { from: edge.from, to: edge.to, ports: edge.asked ?? [] })
      if (mine === hovers && answer) mark(decidersFor(edge, answer.explanation).map(({ ref }) => ref))
    },
    showSet({ cards, edges, note }) {
      cursors++
      pointers++
      rest({ edges, linked: { cards, note, peers: view.getState().linked.peers } })
      const { linked } = view.getState()
      view.setState({ linked: { ...linked, shown: linked.shown + 1 }, centre: 'graph' })
    },
    async lenses(file, from, to) {
      const mine = ++lenses
      const answer = await engine().ask('lenses', { file, from, to })
      if (mine === lenses && answer) analysis.setState({ lenses: { file, ...located(answer, place) } })
    },
    forget() {
      cursors++
      pointers++
      hovers++
      resting = NOTHING
      const { highlightedEdges, linked } = view.getState()
      if (highlightedEdges.length + linked.cards.length > 0 || linked.note !== undefined || linked.peers)
        publish(NOTHING)
    },
  }
}

function linkedOf({ selects, note, peers }: CursorPlace, place: LinkingContext['place']): Meaning['linked'] {
  return { cards: selects, note, peers: peers && placed(peers, place) }
}

function placed({ items, whatIfs }: PeerList, place: LinkingContext['place']): Linked['peers'] {
  return { whatIfs, items: items.flatMap(({ ref, text, set }) => withPlace(place(ref), { text, set })) }
}

function located({ policies, dead }: Lenses, place: LinkingContext['place']) {
  return {
    policies: policies.flatMap(({ ref, ...lens }) => withPlace(place(ref), lens)),
    dead: dead.flatMap(({ ref, why }) => withPlace(place(ref), { why })),
  }
}

// What has left the texts since has no place.
function withPlace<T extends object>(at: Place | undefined, what: T): readonly (T & Place)[] {
  return at ? [{ ...what, ...at }] : []
}

/** Where the text decides an edge, as its explanation tells; else the rules that name it, whose effect is not known. */
export function decidersFor({ rules }: Edge, { deciders }: Explanation): readonly Marked[] {
  return deciders.length > 0 ? deciders : rules.map((ref) => ({ ref }))
}

/** A place in the text, and what it does to a connection, where that is known. */
export type Marked = Pick<Decider, 'ref'> & Partial<Pick<Decider, 'effect'>>
