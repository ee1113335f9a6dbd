import { useStore as useFlowStore } from '@xyflow/react'
import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { isNothing } from '#ui/kit/effects.ts'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import styles from './canvas.module.css'
import { DraftForm } from './DraftForm.tsx'
import { clamp, type Rect } from './geometry.ts'
import { nodeIdOf } from './scene.ts'

const FORM = { width: 292, height: 300, gap: 14 }

/** The form of the drawn connection, beside its target and inside the canvas. */
export function DraftOverlay({ rects }: { readonly rects: ReadonlyMap<string, Rect> }): ReactNode {
  const app = useApp()
  const draft = useStore(app.view, (state) => state.draft)
  const [x, y, zoom] = useFlowStore((state) => state.transform)
  const width = useFlowStore((state) => state.width)
  const height = useFlowStore((state) => state.height)
  if (draft === undefined) return null
  const rect = rects.get(nodeIdOf(draft.to)) ?? rects.get(nodeIdOf(draft.from)) ?? { x: 0, y: 0, width: 0, height: 0 }
  const left = rect.x * zoom + x
  const right = left + rect.width * zoom
  const beside = right + FORM.gap + FORM.width <= width ? right + FORM.gap : left - FORM.gap - FORM.width
  const at = {
    left: clamp(beside, 8, Math.max(8, width - FORM.width - 8)),
    top: clamp(rect.y * zoom + y, 8, Math.max(8, height - FORM.height - 8)),
  }
  return <DraftForm key={`${nodeIdOf(draft.from)} ${nodeIdOf(draft.to)}`} draft={draft} at={at} />
}

/** What to do while a connection is drawn by picking its ends. */
export function ConnectBanner(props: { readonly prompt: string; readonly onCancel: () => void }): ReactNode {
  return (
    <div className={styles.banner}>
      <output>{props.prompt}</output>
      <Button small variant="quiet" onClick={props.onCancel}>
        Cancel
      </Button>
    </div>
  )
}

/** What the last edit opened and closed; `show` lights it up on the canvas. */
export function ChangesNote(props: {
  readonly shown: number | undefined
  readonly onShow: (revision: number | undefined) => void
}): ReactNode {
  const { shown, onShow } = props
  const app = useApp()
  const { effects, revision } = useStore(app.analysis, (state) => state.changes)
  const comparing = useStore(app.view, (state) => state.comparing)
  const [dismissed, setDismissed] = useState(-1)
  const lit = shown === revision
  if (comparing || effects === undefined || dismissed === revision || isNothing(effects)) return null
  return (
    // The status bar tells it to screen readers.
    <div className={styles.changes} data-verdict data-changes>
      {effects.opened === 0 ? undefined : <span className={styles.opened}>+{effects.opened} opened</span>}
      {effects.closed === 0 ? undefined : <span className={styles.closed}>−{effects.closed} closed</span>}
      {effects.other === 0 ? undefined : <span>{effects.other} otherwise</span>}
      <span>by this change</span>
      <Button small variant="quiet" aria-pressed={lit} onClick={() => onShow(lit ? undefined : revision)}>
        show
      </Button>
      <Button small variant="quiet" onClick={() => app.actions.setPanels({ right: true, bottom: 'changes' })}>
        list
      </Button>
      <IconButton small label="Dismiss" onClick={() => setDismissed(revision)}>
        <X size={13} aria-hidden />
      </IconButton>
    </div>
  )
}
