import { useId } from 'react'
import type { PlanStyle } from '#core/model/intent.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './dialogs.module.css'

const STYLES: readonly { readonly id: PlanStyle; readonly label: string }[] = [
  { id: 'per-workload', label: 'one for each workload' },
  { id: 'per-edge', label: 'one for each connection' },
  { id: 'per-namespace', label: 'as few as possible' },
]

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
        {STYLES.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </span>
  )
}
