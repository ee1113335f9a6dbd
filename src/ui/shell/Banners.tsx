import type { Counts } from '#core/model/picture.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { counted } from '#ui/kit/counted.ts'
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
        <output className={styles.unevaluated}>{tellUnevaluated(unevaluated)}</output>
      )}
    </div>
  )
}

function tellUnevaluated(kinds: Counts['unevaluated']): string {
  const names = kinds.map(({ kind, count }) => counted(count, kind, kind.replace(/y$/, 'ies'))).join(', ')
  const one = kinds.length === 1 && kinds[0]?.count === 1
  return one
    ? `${names} is not evaluated: the pods it selects are undetermined.`
    : `${names} are not evaluated: the pods they select are undetermined.`
}
