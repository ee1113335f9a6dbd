import { endId } from '#core/model/end.ts'
import type { Actions } from './app.ts'
import type { ViewState } from './view.ts'
import type { Analysis } from './analysis.ts'
import type { Documents } from './documents.ts'
import type { Notices } from './notices.ts'
import type { Preferences } from './preferences.ts'
import type { Stores } from './stores.ts'
import type { Place } from './places.ts'

type ViewActions = Pick<
  Actions,
  | 'select'
  | 'selectConnection'
  | 'cursor'
  | 'point'
  | 'hoverEdge'
  | 'showSet'
  | 'readLenses'
  | 'reveal'
  | 'revealDocument'
  | 'setActiveFile'
  | 'move'
  | 'tidy'
  | 'setLayer'
  | 'setReachDenied'
  | 'setCentre'
  | 'setTheme'
  | 'setPanels'
  | 'toggleNamespace'
  | 'openDialog'
  | 'dismissNotice'
  | 'dismissHint'
  | 'notify'
  | 'place'
  | 'unplace'
>

/** What the actions on the screen work with. `onSaved`: something that is saved with the workspace has changed. */
export interface ViewContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
  readonly preferences: Preferences
  readonly onSaved: () => void
}

/** Everything that the user can do to the screen. */
export function createViewActions(context: ViewContext): ViewActions {
  const { analysis, documents, notices } = context
  const { view } = context.stores
  const save = (change: Partial<ViewState>): void => {
    view.setState(change)
    context.onSaved()
  }
  const show = (place: Place | undefined): void => {
    if (!place) return
    const { reveal, panels } = view.getState()
    view.setState({
      activeFile: place.file,
      panels: { ...panels, right: true },
      reveal: { ...place, at: (reveal?.at ?? 0) + 1 },
    })
  }
  return {
    select(selection) {
      const { selection: before } = view.getState()
      if (before?.type === selection?.type && before?.id === selection?.id) return
      analysis.select(selection)
    },
    selectConnection: (from, to) => void analysis.selectConnection(from, to),
    cursor: (path, offset) => void analysis.linking.cursor(path, offset),
    point: (at) => void analysis.linking.point(at),
    hoverEdge: (id) => void analysis.linking.hoverEdge(id),
    showSet: analysis.linking.showSet,
    readLenses: (path, from, to) => void analysis.linking.lenses(path, from, to),
    reveal: (ref) => show(analysis.place(ref)),
    revealDocument: (id) => show(analysis.placeOfDocument(id)),
    setActiveFile: (activeFile) => view.setState({ activeFile }),
    move: (id, position) => {
      const { positions } = view.getState()
      const moved = { ...positions, [id]: position }
      documents.commit([{ type: 'positions', positions: moved }], `move of ${nameOf(id)}`)
    },
    tidy: () => {
      if (Object.keys(view.getState().positions).length === 0) return
      documents.commit([{ type: 'positions', positions: {} }], 'tidying up')
    },
    setLayer: (layer, on) => save({ layers: { ...view.getState().layers, [layer]: on } }),
    setReachDenied(reachDenied) {
      save({ reachDenied })
      analysis.refresh()
    },
    setCentre: (centre) => view.setState({ centre }),
    setTheme(theme) {
      view.setState({ theme })
      context.preferences.write({ theme })
    },
    setPanels(panels) {
      const next = { ...view.getState().panels, ...panels }
      view.setState({ panels: next })
      context.preferences.write({ panels: next })
    },
    toggleNamespace(name) {
      const { closedNamespaces: closed } = view.getState()
      save({ closedNamespaces: closed.includes(name) ? closed.filter((other) => other !== name) : [...closed, name] })
    },
    openDialog: (dialog) => view.setState({ dialog }),
    dismissNotice: notices.dismiss,
    dismissHint: () => save({ hint: undefined }),
    notify: notices.say,
    place(end) {
      const { placed } = view.getState()
      if (!placed.some((other) => endId(other) === endId(end))) save({ placed: [...placed, end] })
    },
    unplace: (end) => save({ placed: view.getState().placed.filter((other) => endId(other) !== endId(end)) }),
  }
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
