import { createStore } from 'zustand/vanilla'
import type { Asked } from '../app.ts'
import { askedOf } from './asked.ts'
import { createAuthoring } from './authoring.ts'
import { carriedOf, receive, type Received } from './carried.ts'
import type { Room, TeachingContext } from './context.ts'
import { createGrading, type Grading } from './grading.ts'
import { createHandIns } from './handIns.ts'
import { createLibrary } from './library.ts'
import { createReveals } from './reveals.ts'
import { createTaking } from './taking.ts'
import { isSealed, type SavedTeaching, type Teaching, type TeachingState } from './teaching.ts'

/** Lessons, with what the rest of the state has to tell them. */
export interface RunningTeaching {
  readonly teaching: Teaching
  /** A new picture stands. */
  readonly follow: () => void
  /** Another workspace is being shown. */
  readonly show: (saved: SavedTeaching | undefined) => void
  /** What is kept with the workspace that is open. */
  readonly saved: () => SavedTeaching | undefined
  /** The open lesson, as it goes with a shared workspace. */
  readonly carried: () => unknown
  /** Takes the lesson that came with a shared workspace. */
  readonly receive: (carried: unknown) => Promise<Received>
}

// A line that is gone is not selected any more.
function draw({ stores, analysis }: TeachingContext, asked: Asked | undefined): void {
  const before = stores.analysis.getState().asked
  if (JSON.stringify(before) === JSON.stringify(asked)) return
  stores.analysis.setState({ asked })
  const selected = stores.view.getState().selection?.id
  const isAsked = (of: Asked | undefined): boolean => of?.edges.some(({ id }) => id === selected) ?? false
  if (isAsked(before) && !isAsked(asked)) analysis.select(undefined)
}

/** Everything about lessons. While something is sealed, the analysis store says so. */
export function createTeaching(context: TeachingContext): RunningTeaching {
  const store = createStore<TeachingState>(() => ({ lessons: [], truths: [], ...context.kept.read() }))
  const room: Room = { ...context, store }
  const { show, saved, pass, ...taking } = createTaking(room, (): Grading => grading)
  const grading = createGrading(room, pass)
  store.subscribe((state) => {
    const sealed = isSealed(state)
    const { analysis } = context.stores
    if ((analysis.getState().sealed ?? false) !== sealed) analysis.setState({ sealed })
    draw(context, askedOf(state))
  })
  const teaching: Teaching = {
    store,
    ...taking,
    tell: grading.tell,
    ...createReveals(room),
    ...createLibrary(room, taking.start),
    ...createAuthoring(room),
    ...createHandIns(room),
  }
  return {
    teaching,
    follow: () => void grading.follow(),
    show,
    saved,
    carried: () => carriedOf(room),
    receive: (carried) => receive(room, carried),
  }
}
