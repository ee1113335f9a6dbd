import type { ReactNode } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import styles from './changes.module.css'
import { SINCE_WORDS } from './words.ts'

/** Says, as long as it is so, that canvas and table show what was; and leads back. */
export function BeforeBanner(): ReactNode {
  const app = useApp()
  const comparing = useStore(app.view, (state) => state.comparing)
  const since = useStore(app.view, (state) => state.changesSince)
  // Over the canvas, so that nothing moves but what is different; above the table, which begins at its top.
  const over = useStore(app.view, (state) => state.centre === 'graph')
  return (
    <output className={styles.place}>
      {comparing && (
        <span className={`${styles.banner} ${over ? styles.over : ''}`}>
          <b>Showing before</b>
          <span>The connections are {SINCE_WORDS[since].banner}; the text and “Why” speak of now.</span>
          <Button small onClick={() => app.actions.setComparing(false)}>
            Show now <kbd>B</kbd>
          </Button>
        </span>
      )}
    </output>
  )
}
