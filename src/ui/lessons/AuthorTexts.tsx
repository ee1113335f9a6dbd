import type { ReactNode } from 'react'
import { TRACKS } from '#state/lessons/summary.ts'
import { TextArea, TextField } from '#ui/kit/Field.tsx'
import { type AuthorPartProps, within } from './authorPart.ts'
import styles from './dialogs.module.css'
import { Markdown } from './Markdown.tsx'

/** Title and texts, with a preview of what Markdown makes of them. */
export function AuthorTexts({ draft, edit }: AuthorPartProps): ReactNode {
  return (
    <>
      <div className={styles.three}>
        <TextField label="Title" value={draft.title} onChange={(title) => edit({ title })} maxLength={120} />
        <label className={styles.select}>
          Track
          <select
            value={draft.track}
            onChange={(event) => edit({ track: TRACKS.find(({ id }) => id === event.target.value)?.id ?? 'everyday' })}
          >
            {TRACKS.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <TextField
          label="Minutes"
          type="number"
          min={1}
          max={600}
          value={String(draft.minutes)}
          onChange={(text) => edit({ minutes: within(Number(text), 1, 600) })}
        />
      </div>
      <Prose
        label="The idea"
        hint="One idea, in short Markdown paragraphs: **strong**, *soft*, `code`, lists."
        value={draft.idea}
        onChange={(idea) => edit({ idea })}
      />
      <Prose
        label="The task"
        hint="What is to be done, not how."
        value={draft.task}
        onChange={(task) => edit({ task })}
      />
      <Prose
        label="To remember"
        hint="One sentence, shown when it is solved."
        value={draft.remember}
        onChange={(remember) => edit({ remember })}
      />
    </>
  )
}

interface ProseProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Prose({ label, hint, value, onChange }: ProseProps): ReactNode {
  return (
    <div className={styles.pair}>
      <TextArea label={label} hint={hint} value={value} onChange={onChange} rows={4} maxLength={20_000} />
      <div className={styles.select}>
        Preview
        <div className={styles.preview}>
          {value.trim() === '' ? (
            <span className={styles.note}>What you write appears here.</span>
          ) : (
            <Markdown text={value} />
          )}
        </div>
      </div>
    </div>
  )
}
