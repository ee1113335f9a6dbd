import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Attempt } from '#state/lessons/teaching.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './lessons.module.css'
import { useLessons } from './useTeaching.ts'

/** Says, as long as it is so, that connections are out of sight, and until when. */
export function SealedNote(): ReactNode {
  const app = useApp()
  const sealed = useStore(app.analysis, (state) => state.sealed === true)
  const attempt = useLessons((state) => state.open?.attempt)
  return (
    <output className={styles.sealedPlace} data-large="frame">
      {sealed && (
        <span className={styles.sealed}>
          <EyeOff size={14} aria-hidden />
          {attempt && noteOf(attempt)}
        </span>
      )}
    </output>
  )
}

function noteOf({ exam, step }: Attempt): string {
  if (exam === 'sealed') return 'Connections are hidden until you hand in.'
  if (step === 'predict') return 'The lines show what you say. What is true comes after.'
  return 'Connections are hidden until you have predicted.'
}
