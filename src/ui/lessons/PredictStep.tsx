import { type ReactNode, useId } from 'react'
import type { Prediction } from '#core/model/lesson.ts'
import type { Guess, OpenLesson, Truth } from '#state/lessons/teaching.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import { WORDS } from '#ui/kit/verdict.ts'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './lessons.module.css'
import { useLessons, useTeaching } from './useTeaching.ts'
import { connectionName, portNames } from './words.ts'

/** Connections of which the learner says whether they will be allowed; then what is true of them. */
export function PredictStep({ open }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const truths = useLessons((state) => state.truths)
  const { lesson, attempt } = open
  const told = attempt.predicted === 'told'
  const right = attempt.guesses.filter((guess, at) => guess === truths[at]?.status).length
  const unsaid = attempt.guesses.filter((guess) => guess === undefined).length
  return (
    <>
      <p className={styles.lead}>
        {told
          ? `${right} of ${lesson.predict.length} right.`
          : 'Read the policies on the right. Which of these connections are allowed?'}
      </p>
      <ul className={styles.questions}>
        {lesson.predict.map((connection, at) => (
          <li key={`${connectionName(connection)} ${portNames(connection.ports)}`}>
            <Question
              connection={connection}
              guess={attempt.guesses[at]}
              truth={told ? truths[at] : undefined}
              onGuess={(guess) => teaching.guess(at, guess)}
            />
          </li>
        ))}
      </ul>
      <p className={styles.foot}>
        {told ? (
          <Button variant="primary" onClick={() => teaching.goTo('do')}>
            Now do it
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={() => teaching.goTo('do')}>
              Skip
            </Button>
            <Button variant="primary" disabled={unsaid > 0} onClick={() => void teaching.tell()}>
              {unsaid > 0 ? `${unsaid} to go` : 'Show what is true'}
            </Button>
          </>
        )}
      </p>
    </>
  )
}

const GUESSES: readonly Guess[] = ['allowed', 'denied']

function Question({
  connection,
  guess,
  truth,
  onGuess,
}: {
  readonly connection: Prediction
  readonly guess: Guess | undefined
  readonly truth: Truth | undefined
  readonly onGuess: (guess: Guess) => void
}): ReactNode {
  const teaching = useTeaching()
  const name = useId()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the canvas follows the focus
    <fieldset className={styles.question} onFocus={() => teaching.point(connection)}>
      <legend>
        {connectionName(connection)} <code>{portNames(connection.ports)}</code>
      </legend>
      {truth ? (
        <Told connection={connection} guess={guess} truth={truth} />
      ) : (
        <div className={styles.guesses}>
          {GUESSES.map((one) => (
            <label key={one} className={styles[one]}>
              <input type="radio" name={name} checked={guess === one} onChange={() => onGuess(one)} />
              <VerdictGlyph status={one} size={16} />
              {WORDS[one]}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

function Told({
  connection,
  guess,
  truth,
}: {
  readonly connection: Prediction
  readonly guess: Guess | undefined
  readonly truth: Truth
}): ReactNode {
  const teaching = useTeaching()
  const isRight = guess === truth.status
  const reasons = truth.steps.at(-1)?.sentences ?? []
  return (
    <div className={styles.told}>
      <p>
        <b>{isRight ? 'Right' : 'Not quite'}</b>: it is <VerdictGlyph status={truth.status} size={16} />{' '}
        {WORDS[truth.status]}
        {!isRight && guess !== undefined && `, you said ${WORDS[guess]}`}.
      </p>
      <Sentences sentences={reasons} />
      <Button
        small
        data-reveals={connectionName(connection)}
        onClick={() => void teaching.reveal(connectionName(connection), connection)}
      >
        Step by step
      </Button>
    </div>
  )
}
