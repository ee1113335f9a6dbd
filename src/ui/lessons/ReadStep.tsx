import type { ReactNode } from 'react'
import type { OpenLesson } from '#state/lessons/teaching.ts'
import { Button } from '#ui/kit/Button.tsx'
import styles from './lessons.module.css'
import { Markdown } from './Markdown.tsx'
import { Task } from './Task.tsx'
import { useTeaching } from './useTeaching.ts'

/** The idea of the lesson, and what is to be done. */
export function ReadStep({ open: { lesson } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const predicts = lesson.predict.length > 0
  return (
    <>
      <div className={styles.idea}>
        <Markdown text={lesson.idea} />
      </div>
      <Task text={lesson.task} />
      <p className={styles.foot}>
        <Button variant="primary" onClick={() => teaching.goTo(predicts ? 'predict' : 'do')}>
          {predicts ? 'Predict first' : 'Do it'}
        </Button>
      </p>
    </>
  )
}
