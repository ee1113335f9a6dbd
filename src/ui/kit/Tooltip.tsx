import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import styles from './Tooltip.module.css'

/** Shows `text` beside its one child on hover and focus; the child keeps its own accessible name. */
export function Tooltip({
  text,
  hint,
  children,
}: {
  readonly text: string
  readonly hint?: string | undefined
  readonly children: ReactElement<Record<string, unknown>>
}): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger delay={450} render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {text}
            {hint === undefined ? undefined : <span className={styles.hint}>{hint}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
