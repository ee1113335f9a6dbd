import { CircleCheck, Lightbulb } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OpenLesson } from '#state/lessons/teaching.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Goals } from './Goals.tsx'
import styles from './lessons.module.css'
import { InlineMarkdown, Markdown } from './Markdown.tsx'
import { Task } from './Task.tsx'
import { useScrollTo } from './useScrollTo.ts'
import { useLessons, useTeaching } from './useTeaching.ts'

/** What is to be done, how far it is, and help. */
export function DoStep({ open }: { readonly open: OpenLesson }): ReactNode {
  const { lesson, attempt } = open
  const teaching = useTeaching()
  const sealed = attempt.exam === 'sealed'
  return (
    <>
      {attempt.passed && <Passed open={open} />}
      <Task text={lesson.task} />
      <Goals open={open} />
      {sealed ? (
        <p className={styles.foot}>
          <Button variant="primary" onClick={() => teaching.handIn()}>
            Hand in
          </Button>
        </p>
      ) : (
        !attempt.passed && <Help open={open} />
      )}
    </>
  )
}

function Passed({ open: { lesson, attempt } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const next = teaching.next()
  const card = useScrollTo<HTMLElement>(lesson)
  return (
    <section ref={card} className={styles.passed} aria-label="Solved">
      <h3>
        <CircleCheck size={18} aria-hidden />
        <output>Solved{attempt.solution ? ', with the solution' : ''}.</output>
      </h3>
      <Markdown text={lesson.remember} />
      <p>
        {next && (
          <Button variant="primary" onClick={() => void teaching.start(next.lesson, next.course)}>
            Next: {next.lesson.title}
          </Button>
        )}
        <Button onClick={() => actions.openDialog({ type: 'lessons' })}>All lessons</Button>
      </p>
    </section>
  )
}

function Help({ open: { lesson, attempt } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const instructor = useLessons((state) => state.instructor)
  const left = lesson.hints.length - attempt.hints
  const given = lesson.hints.slice(0, attempt.hints)
  return (
    <section className={styles.help} aria-label="Help">
      {given.length > 0 && (
        <ol className={styles.hints} aria-live="polite">
          {given.map(({ text }) => (
            <li key={text}>
              <InlineMarkdown text={text} />
            </li>
          ))}
        </ol>
      )}
      <p className={styles.foot}>
        {(left === 0 || instructor) && (
          <Button variant="quiet" onClick={() => actions.openDialog({ type: 'solution' })}>
            Show the solution
          </Button>
        )}
        {left > 0 && (
          <Button onClick={() => teaching.hint()}>
            <Lightbulb size={14} aria-hidden />
            {attempt.hints === 0 ? 'Give me a hint' : `Another hint (${left} left)`}
          </Button>
        )}
      </p>
    </section>
  )
}
