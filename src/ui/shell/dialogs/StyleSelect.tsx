import { useId } from 'react'
import type { PlanStyle } from '#core/model/intent.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { PLAN_STYLES } from '../planStyles.ts'
import styles from './dialogs.module.css'

/** How new policies are laid out; a plan that is shown is made anew. */
export function StyleSelect() {
  const app = useApp()
  const id = useId()
  const style = useStore(app.view, (state) => state.planStyle)
  return (
    <span className={styles.style}>
      <label htmlFor={id}>New policies</label>
      <select
        id={id}
        value={style}
        onChange={(event) => void app.actions.setPlanStyle(event.target.value as PlanStyle)}
      >
        {PLAN_STYLES.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </span>
  )
}
