import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import type { LessonStep, OpenLesson } from '#state/lessons/teaching.ts'
import { TRACKS } from '#state/lessons/summary.ts'
import { DoStep } from './DoStep.tsx'
import styles from './lessons.module.css'
import { LessonMenu } from './LessonMenu.tsx'
import { PredictStep } from './PredictStep.tsx'
import { ReadStep } from './ReadStep.tsx'
import { RevealCard } from './RevealCard.tsx'
import { Timer } from './Timer.tsx'
import { useKeptFocus } from './useKeptFocus.ts'
import { useLessons, useTeaching } from './useTeaching.ts'
import './sealed.css'

/** The open lesson: read, predict, do; and a connection step by step. */
export function LessonPanel(): ReactNode {
  const open = useLessons((state) => state.open)
  return open ? <Lesson open={open} /> : null
}

const BODIES: Readonly<Record<LessonStep, (props: { readonly open: OpenLesson }) => ReactNode>> = {
  read: ReadStep,
  predict: PredictStep,
  do: DoStep,
}

function Lesson({ open }: { readonly open: OpenLesson }): ReactNode {
  const { lesson, attempt } = open
  const reveal = useLessons((state) => state.reveal)
  const Body = BODIES[attempt.step]
  const top = useBeginning(`${lesson.id} ${attempt.step} ${attempt.predicted}`, reveal?.title)
  useKeptFocus(top, [lesson.id, attempt.hints, attempt.exam, attempt.passed].join())
  return (
    <section className={styles.panel} aria-label="Lesson" data-region data-large tabIndex={-1}>
      <header className={styles.head}>
        <div className={styles.where}>
          <Where open={open} />
          <Timer open={open} />
          <LessonMenu open={open} />
        </div>
        <h2>{lesson.title}</h2>
        <Steps open={open} />
      </header>
      <div ref={top} className={styles.scroll} tabIndex={-1}>
        {reveal ? <RevealCard reveal={reveal} /> : <Body open={open} />}
      </div>
    </section>
  )
}

// What is new is read from its top; and where the pressed button went with the old, the focus stays in the panel: after
// steps that were shown it is back on the button that asked for them.
function useBeginning(of: string, revealed: string | undefined): RefObject<HTMLDivElement | null> {
  const top = useRef<HTMLDivElement>(null)
  const shown = useRef({ of, revealed })
  useLayoutEffect(() => {
    const before = shown.current
    if (before.of === of && before.revealed === revealed) return
    shown.current = { of, revealed }
    top.current?.scrollTo?.({ top: 0 })
    if (document.activeElement !== document.body) return
    const buttons = [...(top.current?.querySelectorAll<HTMLElement>('[data-reveals]') ?? [])]
    const asker = buttons.find(({ dataset }) => dataset['reveals'] === before.revealed)
    if (asker) asker.focus()
    else top.current?.focus({ preventScroll: true })
  }, [of, revealed])
  return top
}

function Where({ open: { lesson, course } }: { readonly open: OpenLesson }): ReactNode {
  const all = useLessons((state) =>
    course === undefined
      ? state.lessons
      : (state.courses.find(({ title }) => title === course)?.lessons ?? state.lessons),
  )
  const group = course === undefined ? all.filter(({ track }) => track === lesson.track) : all
  const at = group.findIndex(({ id }) => id === lesson.id)
  const name = course ?? TRACKS.find(({ id }) => id === lesson.track)?.name
  return (
    <span className={styles.track}>
      {name}
      {at >= 0 && group.length > 1 && ` · ${at + 1} of ${group.length}`} · {lesson.minutes}&nbsp;min
    </span>
  )
}

const STEPS: readonly { readonly id: LessonStep; readonly name: string }[] = [
  { id: 'read', name: 'Read' },
  { id: 'predict', name: 'Predict' },
  { id: 'do', name: 'Do' },
]

function Steps({ open: { lesson, attempt } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const steps = STEPS.filter(({ id }) => id !== 'predict' || lesson.predict.length > 0)
  const done: Readonly<Record<LessonStep, boolean>> = {
    read: attempt.step !== 'read',
    predict: attempt.predicted === 'told',
    do: attempt.passed,
  }
  return (
    <ol className={styles.steps} aria-label="Steps of the lesson">
      {steps.map(({ id, name }, index) => (
        <li key={id}>
          <button
            type="button"
            aria-current={attempt.step === id ? 'step' : undefined}
            onClick={() => {
              teaching.endReveal()
              teaching.goTo(id)
            }}
          >
            <i aria-hidden>{done[id] ? '✓' : index + 1}</i>
            {name}
            {done[id] && <span className="visually-hidden"> (done)</span>}
          </button>
        </li>
      ))}
    </ol>
  )
}
