import { type ReactNode, useEffect, useState } from 'react'
import type { GradedHandIn } from '#state/lessons/teaching.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { TextArea } from '#ui/kit/Field.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import styles from './dialogs.module.css'
import { useTeaching } from './useTeaching.ts'

/** Grades what learners have handed in, one a line, and lists how they did. */
export function HandInsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const teaching = useTeaching()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<typeof teaching.regrade>> | undefined>(undefined)
  useEffect(() => void teaching.load(), [teaching])
  const grade = async (): Promise<void> => setFound(await teaching.regrade(text))
  const open = (handIn: GradedHandIn): void => {
    onClose()
    void teaching.openHandIn(handIn)
  }
  return (
    <Dialog
      title="Grade hand-ins"
      description="Learners copy their answer from the lesson’s menu. It is graded here, anew."
      width={760}
      onClose={onClose}
      footer={
        <Button variant="primary" disabled={text.trim() === ''} onClick={() => void grade()}>
          Grade
        </Button>
      }
    >
      <div className={styles.column}>
        <TextArea label="Hand-ins, one a line" value={text} onChange={setText} rows={5} mono data-autofocus />
        {found?.problems.map((problem) => (
          <p key={problem} role="alert" className={styles.problem}>
            {problem}
          </p>
        ))}
        {found && found.handIns.length > 0 && <Results handIns={found.handIns} onOpen={open} />}
      </div>
    </Dialog>
  )
}

function Results({
  handIns,
  onOpen,
}: {
  readonly handIns: readonly GradedHandIn[]
  readonly onOpen: (handIn: GradedHandIn) => void
}): ReactNode {
  return (
    <table className={styles.results}>
      <caption className="visually-hidden">Graded hand-ins</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Lesson</th>
          <th scope="col">Result</th>
          <th scope="col">
            <span className="visually-hidden">Open</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {handIns.map((handIn) => (
          <tr key={JSON.stringify([handIn.name, handIn.title, handIn.files])}>
            <td>{handIn.name || 'no name'}</td>
            <td>{handIn.title}</td>
            <td>
              <Result handIn={handIn} />
            </td>
            <td>
              <Button small onClick={() => onOpen(handIn)}>
                Open
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Result({ handIn: { lesson, graded } }: { readonly handIn: GradedHandIn }): ReactNode {
  if (!lesson || !graded) return 'This lesson is not known here.'
  const { passed, goals, constraints, rejected } = graded
  const missed = goals.filter(({ outcome }) => outcome !== 'holds').map(({ goal }) => goal.name)
  const wrong = [...missed, ...constraints.flatMap(({ violations }) => violations), ...rejected]
  return (
    <span className={styles.result}>
      <VerdictGlyph status={passed ? 'allowed' : 'denied'} />
      <span>
        {passed ? 'Passed' : `${goals.length - missed.length} of ${goals.length} goals`}
        {wrong.length > 0 && <small>{wrong.join('; ')}</small>}
      </span>
    </span>
  )
}
