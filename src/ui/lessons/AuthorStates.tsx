import type { ReactNode } from 'react'
import type { LessonFile } from '#core/model/lesson.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import type { AuthorPartProps } from './authorPart.ts'
import styles from './dialogs.module.css'
import { useTeaching } from './useTeaching.ts'

/** Snapshots of the workspace: what the learner starts from, and a right answer. */
export function AuthorStates({ draft, edit }: AuthorPartProps): ReactNode {
  const hide = (path: string, isHidden: boolean): void =>
    edit({ unseen: isHidden ? [...draft.unseen, path] : draft.unseen.filter((one) => one !== path) })
  return (
    <>
      <p className={styles.note}>
        Close this, bring the workspace into the state that you want, come back and take it. Checks are left out: they
        become goals.
      </p>
      <Snapshot which="start" name="The start" files={draft.start} />
      <Snapshot which="solution" name="The solution" files={draft.solution} />
      {draft.start && draft.start.length > 1 && (
        <fieldset className={styles.files}>
          <legend>Files that count, and that the learner doesn’t see</legend>
          {draft.start.map(({ path }) => (
            <Choice
              key={path}
              label={<code>{path}</code>}
              checked={draft.unseen.includes(path)}
              onChange={(event) => hide(path, event.target.checked)}
            />
          ))}
        </fieldset>
      )}
    </>
  )
}

function Snapshot({
  which,
  name,
  files,
}: {
  readonly which: 'start' | 'solution'
  readonly name: string
  readonly files: readonly LessonFile[] | undefined
}): ReactNode {
  const teaching = useTeaching()
  const lower = name.toLowerCase()
  return (
    <section className={styles.snapshot} aria-label={name}>
      <p>
        <b>{name}</b>
        <small>{files ? files.map(({ path }) => path).join(', ') || 'no files' : 'Not taken yet.'}</small>
      </p>
      {files && (
        <Button small variant="quiet" onClick={() => teaching.restore(which)}>
          Put it into the workspace
        </Button>
      )}
      <Button small onClick={() => teaching.snapshot(which)}>
        {files ? `Take ${lower} anew` : `Take the texts as ${lower}`}
      </Button>
    </section>
  )
}
