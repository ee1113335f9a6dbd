import { type ReactNode, useState } from 'react'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { LessonPanel } from './LessonPanel.tsx'
import styles from './lessons.module.css'

/** The left side while a lesson is open: the lesson, or the files of its workspace (`files`). */
export function LessonSide({ files }: { readonly files: ReactNode }): ReactNode {
  const [shown, setShown] = useState('lesson')
  return (
    <div className={styles.side}>
      <Tabs
        label="Left panel"
        tabs={[
          { value: 'lesson', label: 'Lesson' },
          { value: 'files', label: 'Files and layers' },
        ]}
        value={shown}
        onChange={setShown}
      />
      {shown === 'lesson' ? <LessonPanel /> : files}
    </div>
  )
}
