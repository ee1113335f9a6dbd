import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './lessons.module.css'
import { useLessons } from './useTeaching.ts'

/** Says, as long as it is so, that connections are out of sight, and until when. */
export function SealedNote(): ReactNode {
  const app = useApp()
  const sealed = useStore(app.analysis, (state) => state.sealed === true)
  const isExam = useLessons((state) => state.open?.attempt.exam === 'sealed')
  return (
    <output className={styles.sealedPlace}>
      {sealed && (
        <span className={styles.sealed}>
          <EyeOff size={14} aria-hidden />
          {isExam ? 'Connections are hidden until you hand in.' : 'Connections are hidden until you have predicted.'}
        </span>
      )}
    </output>
  )
}
