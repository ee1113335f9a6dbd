import type { ReactNode } from 'react'
import type { Graded } from '#core/model/lesson.ts'
import type { Tested } from '#state/lessons/teaching.ts'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './dialogs.module.css'
import { useScrollTo } from './useScrollTo.ts'

/** Whether the start fails and the solution passes, with the reasons. */
export function AuthorTest({ tested }: { readonly tested: Tested }): ReactNode {
  const card = useScrollTo<HTMLOutputElement>(tested)
  if (tested.type === 'problems')
    return (
      <output ref={card} className={styles.tests} aria-label="Test">
        <h3>Not yet</h3>
        <ul>
          {tested.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </output>
    )
  const { start, solution } = tested
  return (
    <output ref={card} className={styles.tests} aria-label="Test">
      <Half
        ok={!start.passed}
        yes="The start fails, as it should."
        no="The start passes already: there is nothing to do."
        graded={start}
      />
      <Half ok={solution.passed} yes="The solution passes." no="The solution fails." graded={solution} />
    </output>
  )
}

function Half(props: { readonly ok: boolean; readonly yes: string; readonly no: string; readonly graded: Graded }) {
  const { ok, yes, no, graded } = props
  const wrong = [
    ...graded.goals
      .filter(({ outcome }) => outcome !== 'holds')
      .map(({ goal, why }) =>
        [goal.name, ...why.slice(0, 1).map((one) => one.map(({ text }) => text).join(''))].join(': '),
      ),
    ...graded.constraints.flatMap(({ violations }) => violations),
    ...graded.rejected,
  ]
  return (
    <div>
      <h3>
        <VerdictGlyph status={ok ? 'allowed' : 'denied'} />
        {ok ? yes : no}
      </h3>
      {wrong.length > 0 && (
        <ul>
          {wrong.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
