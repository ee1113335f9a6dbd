import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import styles from './shell.module.css'

/** How far something long is, with Cancel. It fades in late, so that short work doesn't flicker. */
export function ProgressNote() {
  const app = useApp()
  const progress = useStore(app.analysis, (state) => state.progress)
  const planning = useStore(app.view, (state) => (state.dialog ? undefined : state.planning))
  if (planning !== undefined && !progress)
    return (
      <div className={styles.progress}>
        <output>Working out {planning} …</output>
        <Button small onClick={() => app.actions.cancel()}>
          Cancel
        </Button>
      </div>
    )
  if (!progress) return null
  return (
    <div className={styles.progress}>
      <label>
        {progress.label}
        <progress value={progress.done} max={Math.max(1, progress.total)} />
      </label>
      <Button small onClick={() => app.actions.cancel()}>
        Cancel
      </Button>
    </div>
  )
}
