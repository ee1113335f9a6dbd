import { type ReactNode, useEffect, useState } from 'react'
import type { OpenLesson } from '#state/lessons/teaching.ts'
import styles from './lessons.module.css'
import { useTeaching } from './useTeaching.ts'
import { clockText } from './words.ts'

/** What is left of a drill's time, or how far it is over; nothing where the clock is off. */
export function Timer({ open: { lesson, attempt } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const [spent, setSpent] = useState(() => teaching.elapsed())
  useEffect(() => {
    if (!attempt.clock) return undefined
    const tick = (): void => setSpent(teaching.elapsed())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- another lesson, or the end of one, is told at once
  }, [teaching, attempt.clock, attempt.passed, lesson.id])
  if (!attempt.clock) return null
  const left = (lesson.seconds ?? 0) - spent
  const [text, said] =
    lesson.seconds === undefined
      ? [clockText(spent), 'Time spent']
      : left >= 0
        ? [clockText(left), 'Time left']
        : [`+${clockText(-left)}`, 'Over time']
  return (
    <span
      className={`${styles.timer} ${left < 0 && lesson.seconds !== undefined ? styles.over : ''}`}
      role="timer"
      title={said}
    >
      <span className="visually-hidden">{said} </span>
      {text}
    </span>
  )
}
