import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { tallyOf } from '#ui/kit/checks.ts'
import styles from './checks.module.css'

/** `17 of 18 hold`, for the tab; loud where one is broken. Nothing where there are none. */
export function ChecksBadge() {
  const app = useApp()
  const checks = useStore(app.analysis, (state) => state.picture?.checks)
  const { all, holding, broken } = tallyOf(checks ?? [])
  if (all === 0) return null
  return (
    <b className={`${styles.badge} ${broken > 0 ? styles.loud : ''}`} data-verdict>
      {holding} of {all} hold
    </b>
  )
}
