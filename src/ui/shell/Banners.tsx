import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { counted } from './counted.ts'
import styles from './shell.module.css'

/** What stands above everything as long as it holds: policies that are not evaluated, and a mistake of ours. */
export function Banners() {
  const app = useApp()
  const crash = useStore(app.analysis, (state) => state.crash)
  const unevaluated = useStore(app.analysis, (state) => state.picture?.counts.unevaluated)
  return (
    <div className={styles.banners}>
      {crash !== undefined && (
        <p role="alert" className={styles.crash}>
          {crash}
        </p>
      )}
      {unevaluated !== undefined && unevaluated.length > 0 && (
        <output className={styles.unevaluated}>
          {unevaluated.map(({ kind, count }) => counted(count, kind, kind.replace(/y$/, 'ies'))).join(', ')} not
          evaluated: what they select is undetermined.
        </output>
      )}
    </div>
  )
}
