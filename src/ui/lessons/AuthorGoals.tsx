import type { ReactNode } from 'react'
import type { DraftGoal } from '#state/lessons/teaching.ts'
import { Button } from '#ui/kit/Button.tsx'
import type { AuthorPartProps } from './authorPart.ts'
import styles from './dialogs.module.css'
import { useTeaching } from './useTeaching.ts'
import { connectionName, portNames } from './words.ts'

/** Goals, taken from the workspace's checks. */
export function AuthorGoals({ draft, edit }: AuthorPartProps): ReactNode {
  const teaching = useTeaching()
  const change = (name: string, to: (one: DraftGoal) => DraftGoal): void =>
    edit({ goals: draft.goals.map((one) => (one.goal.name === name ? to(one) : one)) })
  return (
    <>
      <p className={styles.note}>
        Each check of the workspace becomes a goal, by its name: what must be allowed, what must be denied. A goal that
        isn’t shown is told only once it is broken.
      </p>
      <p>
        <Button onClick={() => teaching.takeChecks()}>Take the checks over</Button>
      </p>
      {draft.goals.length > 0 && (
        <table className={styles.goalTable}>
          <caption className="visually-hidden">Goals</caption>
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col">Must be</th>
              <th scope="col">Shown</th>
              <th scope="col">Predicted first</th>
            </tr>
          </thead>
          <tbody>
            {draft.goals.map(({ goal, predict }) => (
              <tr key={goal.name}>
                <td>
                  {goal.name}
                  <small>
                    {connectionName(goal)} {portNames(goal.ports)}
                  </small>
                </td>
                <td>{goal.expect}</td>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Show ${goal.name}`}
                    checked={goal.shown}
                    onChange={({ target: { checked } }) =>
                      change(goal.name, (one) => ({ ...one, goal: { ...one.goal, shown: checked } }))
                    }
                  />
                </td>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Predict ${goal.name}`}
                    checked={predict}
                    onChange={({ target: { checked } }) => change(goal.name, (one) => ({ ...one, predict: checked }))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
