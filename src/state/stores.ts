import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnalysisState, DocumentsState } from './app.ts'
import type { Linked, ViewState } from './view.ts'

/** The three stores; only actions write them. */
export interface Stores {
  readonly documents: StoreApi<DocumentsState>
  readonly analysis: StoreApi<AnalysisState>
  readonly view: StoreApi<ViewState>
}

/** No change is told of. */
export const NO_CHANGES: AnalysisState['changes'] = { revision: 0, edges: [] }

/** Nothing is pointed at. */
export const NOT_LINKED: Linked = { cards: [], hovered: [], shown: 0 }

/** How a workspace looks before anybody has touched it. */
export const FRESH_VIEW = {
  positions: {},
  layers: { checks: true, rules: true, reach: true },
  reachDenied: false,
  placed: [],
  closedNamespaces: [],
  hint: undefined,
} as const satisfies Partial<ViewState>

/** New stores of an app in which nothing is open yet. */
export function createStores(preferences: Pick<ViewState, 'theme' | 'panels' | 'planStyle'>): Stores {
  return {
    documents: createStore<DocumentsState>(() => ({
      workspace: { id: '', name: '' },
      workspaces: [],
      files: [],
      revision: 0,
      canUndo: false,
      canRedo: false,
      saving: { status: 'saved' },
      writable: true,
    })),
    analysis: createStore<AnalysisState>(() => ({ pending: false, reach: [], fixes: [], changes: NO_CHANGES })),
    view: createStore<ViewState>(() => ({
      ...FRESH_VIEW,
      ...preferences,
      centre: 'graph',
      changesSince: 'edit',
      comparing: false,
      highlights: [],
      highlightedEdges: [],
      linked: NOT_LINKED,
      notices: [],
    })),
  }
}
