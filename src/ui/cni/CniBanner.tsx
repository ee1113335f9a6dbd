import type { ReactNode } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Source } from '#ui/kit/Facts.tsx'
import styles from './cni.module.css'

/** Says over canvas and table, as long as it is so, that no policy counts. */
export function CniBanner(): ReactNode {
  const app = useApp()
  const profile = useStore(app.analysis, ({ picture }) => picture?.profile)
  if (!profile?.enforcesNothing) return null
  return (
    <div role="alert" className={styles.banner}>
      <b>{profile.name} enforces no network policy: all is open.</b> <Source {...profile.enforcesNothing} />
    </div>
  )
}
