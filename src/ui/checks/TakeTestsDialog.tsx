import { useCallback } from 'react'
import type { ReadTests } from '#core/model/check.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { counted } from '#ui/kit/counted.ts'
import styles from './checks.module.css'
import { ChoiceDialog } from './ChoiceDialog.tsx'
import { ChoiceList, useChosen } from './ChoiceList.tsx'
import { useAnswer } from './useAnswer.ts'

interface Props {
  readonly name: string
  readonly text: string
  readonly onClose: () => void
}

const NOTHING: ReadTests = { checks: [], problems: [] }

/** A NetAssert file that came in: its tests as checks to choose from, and what of it could not be read, at its line. */
export function TakeTestsDialog({ name, text, onClose }: Props) {
  const { actions } = useApp()
  const asked = useAnswer(useCallback(() => actions.readTests(text), [actions, text]))
  const tests = asked.answer ?? NOTHING
  const chosen = useChosen(tests.checks.length)
  return (
    <ChoiceDialog
      title="NetAssert tests"
      description={`${name} holds tests of NetAssert: they are added as checks, and no policy changes.`}
      checks={tests.checks}
      chosen={chosen}
      onClose={onClose}
    >
      {!('answer' in asked) && <output className={styles.none}>Reading the tests …</output>}
      {'answer' in asked && tests.checks.length === 0 && <p className={styles.none}>No test of it can be read.</p>}
      {tests.problems.length > 0 && <Problems text={text} problems={tests.problems} />}
      {tests.checks.length > 0 && <ChoiceList checks={tests.checks} chosen={chosen} />}
    </ChoiceDialog>
  )
}

function Problems({ text, problems }: Pick<ReadTests, 'problems'> & { readonly text: string }) {
  const lines = text.split(/\r\n|\n|\r/)
  return (
    <section className={styles.problems} aria-label="What could not be read">
      <h3>{counted(problems.length, 'thing')} to mend: the tests they are in are left out</h3>
      <ul>
        {problems
          .toSorted((a, b) => a.line - b.line)
          .map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              <span>
                Line {line}: {message}
              </span>
              <code>{lines[line - 1]?.trim()}</code>
            </li>
          ))}
      </ul>
    </section>
  )
}
