import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import styles from './shell.module.css'

/** Says that a new version lies ready; it comes when the user wants it, and never by itself. */
export function UpdateCard() {
  const { actions, view } = useApp()
  const ready = useStore(view, (state) => state.updateReady)
  if (ready !== true) return null
  return (
    <div className={styles.notice}>
      <p>A new version of Drawbridge is ready. What you have here is saved first.</p>
      <div className={styles.offers}>
        <Button small onClick={() => void actions.update()}>
          Reload
        </Button>
        <Button small variant="quiet" onClick={() => actions.dismissUpdate()}>
          Later
        </Button>
      </div>
    </div>
  )
}
