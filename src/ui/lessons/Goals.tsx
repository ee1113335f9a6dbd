import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { type End, endId } from '#core/model/end.ts'
import type { Goal, Graded } from '#core/model/lesson.ts'
import type { OpenLesson } from '#state/lessons/teaching.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './lessons.module.css'
import { useLessons, useTeaching } from './useTeaching.ts'
import { OUTCOMES } from './words.ts'

type GradedGoal = Graded['goals'][number]

/** The goals with how they fare now; those that are not shown appear once they are broken. */
export function Goals({ open: { lesson, attempt } }: { readonly open: OpenLesson }): ReactNode {
  const graded = useLessons((state) => state.graded)
  if (attempt.exam === 'sealed') return <SealedGoals open={lesson} />
  const goals: readonly GradedGoal[] =
    graded?.goals ?? lesson.goals.map((goal) => ({ goal, outcome: 'undetermined', why: [] }))
  const shown = goals.filter(({ goal, outcome }) => goal.shown || (graded && outcome !== 'holds'))
  const reached = shown.filter(({ outcome }) => outcome === 'holds').length
  return (
    <section className={styles.goals} aria-label="Goals">
      <h3>
        Goals
        <output>{graded ? `${reached} of ${shown.length} reached` : 'looking …'}</output>
      </h3>
      <ul>
        {shown.map((one) => (
          <li key={one.goal.name}>
            <GoalLine graded={one} known={graded !== undefined} />
          </li>
        ))}
      </ul>
      <Limits graded={graded} />
    </section>
  )
}

// How a goal begins that was not on the list: most of these are about pods that the learner has not got.
function useSecret({ shown, from, to }: Goal): string {
  const app = useApp()
  const cards = useStore(app.analysis, (state) => state.picture?.workloads)
  if (shown) return ''
  const isSeen = (end: End): boolean => !('workload' in end) || (cards?.some(({ id }) => id === endId(end)) ?? true)
  return isSeen(from) && isSeen(to) ? 'A hidden goal: ' : 'A pod that you don’t see: '
}

function GoalLine({ graded: { goal, outcome, why }, known }: { readonly graded: GradedGoal; readonly known: boolean }) {
  const teaching = useTeaching()
  const { word, glyph } = OUTCOMES[outcome]
  const name = `${useSecret(goal)}${goal.name}`
  if (outcome === 'holds' || !known)
    return (
      <p className={styles.goal}>
        {known ? <VerdictGlyph status={glyph} /> : <i className={styles.pending} aria-hidden />}
        <span>
          {name}
          {known && <span className="visually-hidden">: {word}</span>}
        </span>
      </p>
    )
  return (
    <details className={styles.why}>
      <summary className={styles.goal}>
        <VerdictGlyph status={glyph} />
        <span>
          {name}
          <span className="visually-hidden">: {word}</span>
        </span>
        <small>
          why
          <ChevronRight size={13} aria-hidden />
        </small>
      </summary>
      <div>
        {why.map((sentence) => (
          <Sentences key={sentence.map(({ text }) => text).join('')} sentences={[sentence]} />
        ))}
        {goal.shown && (
          <Button small data-reveals={goal.name} onClick={() => void teaching.reveal(goal.name, goal)}>
            Step by step
          </Button>
        )}
      </div>
    </details>
  )
}

function Limits({ graded }: { readonly graded: Graded | undefined }): ReactNode {
  if (!graded || graded.constraints.length + graded.rejected.length === 0) return null
  return (
    <ul>
      {graded.constraints.map(({ text, violations }) => (
        <li key={text}>
          <p className={styles.goal}>
            <VerdictGlyph status={violations.length === 0 ? 'allowed' : 'denied'} />
            <span>
              {violations.length === 0 ? text : violations.join(' ')}
              <span className="visually-hidden">{violations.length === 0 ? ': kept' : ': not kept'}</span>
            </span>
          </p>
        </li>
      ))}
      {graded.rejected.map((text) => (
        <li key={text}>
          <p className={styles.goal}>
            <VerdictGlyph status="denied" />
            <span>The API server would reject {text}</span>
          </p>
        </li>
      ))}
    </ul>
  )
}

function SealedGoals({ open }: { readonly open: OpenLesson['lesson'] }): ReactNode {
  return (
    <section className={styles.goals} aria-label="Goals">
      <h3>
        Goals<span>judged when you hand in</span>
      </h3>
      <ul>
        {open.goals
          .filter(({ shown }) => shown)
          .map(({ name }) => (
            <li key={name}>
              <p className={styles.goal}>
                <i className={styles.pending} aria-hidden />
                <span>{name}</span>
              </p>
            </li>
          ))}
      </ul>
    </section>
  )
}
