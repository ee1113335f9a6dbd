import { useCallback, useState } from 'react'
import { endName, type End } from '#core/model/end.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { canConnect } from '#state/commands.ts'
import { endOfNode } from './flow.ts'
import type { CanvasNode } from './nodeTypes.ts'

/** Drawing by picking one end, then the other: by click or by keyboard. */
export interface Connecting {
  /** Off, waiting for the first end, or for the second. */
  readonly stage: 'off' | 'from' | 'to'
  /** The node of the first end. */
  readonly source: string | undefined
  /** What to do now, for the banner. */
  readonly prompt: string
  /** Begins, from a node or with a free choice; ends where it was on already without one. */
  readonly begin: (node: CanvasNode | undefined) => void
  readonly pick: (node: CanvasNode) => void
  readonly cancel: () => void
  /** Straight to the form, as after a drag. */
  readonly join: (from: CanvasNode, to: CanvasNode) => void
}

type State = { readonly stage: 'off' | 'from' } | { readonly stage: 'to'; readonly node: CanvasNode; readonly end: End }

/** Keeps what is being drawn until both ends are there; then the small form opens. */
export function useConnecting(): Connecting {
  const { actions } = useApp()
  const [state, setState] = useState<State>({ stage: 'off' })
  const join = useCallback(
    (from: CanvasNode, to: CanvasNode): void => {
      const [a, b] = [endOfNode(from), endOfNode(to)]
      setState({ stage: 'off' })
      if (canConnect(a, b)) void actions.startDraft(a, b)
      else actions.notify('info', 'One end has to be a workload or a namespace: policies select pods.')
    },
    [actions],
  )
  return {
    stage: state.stage,
    source: state.stage === 'to' ? state.node.id : undefined,
    prompt: promptOf(state),
    begin: (node) => {
      if (node !== undefined) setState({ stage: 'to', node, end: endOfNode(node) })
      else setState(state.stage === 'off' ? { stage: 'from' } : { stage: 'off' })
    },
    pick: (node) => {
      if (state.stage === 'to') join(state.node, node)
      else if (state.stage === 'from') setState({ stage: 'to', node, end: endOfNode(node) })
    },
    cancel: () => setState({ stage: 'off' }),
    join,
  }
}

function promptOf(state: State): string {
  if (state.stage === 'off') return ''
  if (state.stage !== 'to') return 'Where does the connection start? Click a card, or press Enter on it.'
  return `From ${endName(state.end)} to where? Click a card, or press Enter on it.`
}
