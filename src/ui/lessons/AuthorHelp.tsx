import type { ReactNode } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { TextArea, TextField } from '#ui/kit/Field.tsx'
import { type AuthorPartProps, within } from './authorPart.ts'
import styles from './dialogs.module.css'

/** Hints in steps, and what an answer must keep to. */
export function AuthorHelp({ draft, edit }: AuthorPartProps): ReactNode {
  const { hints } = draft
  return (
    <>
      {hints.map((hint, at) => (
        // Hints have nothing but their place to be told apart by.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.hintRow}>
          <TextArea
            label={`Hint ${at + 1}`}
            value={hint}
            rows={2}
            onChange={(text) => edit({ hints: hints.map((one, index) => (index === at ? text : one)) })}
          />
          <Button
            variant="quiet"
            aria-label={`Remove hint ${at + 1}`}
            onClick={() => edit({ hints: hints.filter((_, index) => index !== at) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <p>
        <Button onClick={() => edit({ hints: [...hints, ''] })}>Add a hint</Button>
      </p>
      <TextField
        label="Policies that must stay as they are"
        aside="optional"
        hint="Like shop/default-deny, separated by commas."
        value={draft.untouched.join(', ')}
        onChange={(text) => edit({ untouched: text === '' ? [] : text.split(',').map((one) => one.trimStart()) })}
        mono
      />
      <div className={styles.pair}>
        <TextField
          label="Policies at most"
          aside="optional"
          type="number"
          min={0}
          value={draft.atMost === undefined ? '' : String(draft.atMost)}
          onChange={(text) => edit({ atMost: optional(text, 0, 1000) })}
        />
        <TextField
          label="Seconds on the clock"
          aside="optional"
          type="number"
          min={10}
          value={draft.seconds === undefined ? '' : String(draft.seconds)}
          onChange={(text) => edit({ seconds: optional(text, 1, 36_000) })}
        />
      </div>
    </>
  )
}

function optional(text: string, least: number, most: number): number | undefined {
  return text.trim() === '' ? undefined : within(Number(text), least, most)
}
