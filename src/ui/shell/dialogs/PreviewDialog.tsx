import { useMemo } from 'react'
import { endName } from '#core/model/end.ts'
import type { ConnectionChange, Plan } from '#core/model/intent.ts'
import type { Status } from '#core/model/verdict.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import { counted } from '../counted.ts'
import { DiffView } from '../DiffView.tsx'
import { fileDiffs } from '../fileDiffs.ts'
import styles from './dialogs.module.css'

/** A plan before it is applied: what it does, what else it opens and closes, and its text. */
export function PreviewDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const app = useApp()
  const files = useStore(app.documents, (state) => state.files)
  const diffs = useMemo(() => fileDiffs(plan.changes, files), [plan, files])
  const refused = plan.refusal !== undefined
  return (
    <Dialog
      title={refused ? 'This can not be done' : 'Review the change'}
      description={refused ? plan.refusal : 'Nothing has been changed yet.'}
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{refused ? 'Close' : 'Cancel'}</Button>
          {!refused && (
            <Button variant="primary" data-autofocus onClick={() => void app.actions.accept(plan)}>
              Accept
            </Button>
          )}
        </>
      }
    >
      <div className={styles.preview}>
        {plan.sentences.length > 0 && (
          <ul className={styles.sentences}>
            {plan.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {plan.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            {warning}
          </p>
        ))}
        <Connections title="Opens" status="allowed" changes={plan.opens} />
        <Connections title="Closes" status="denied" changes={plan.closes} />
        <Connections title="Changes otherwise" status="undetermined" changes={plan.other} />
        {diffs.length > 0 && <h3>The text</h3>}
        {diffs.map((diff) => (
          <DiffView key={diff.path} diff={diff} />
        ))}
      </div>
    </Dialog>
  )
}

interface ConnectionsProps {
  readonly title: string
  readonly status: Status
  readonly changes: readonly ConnectionChange[]
}

const SHOWN = 40

function Connections({ title, status, changes }: ConnectionsProps) {
  if (changes.length === 0) return null
  const ordered = changes.toSorted((a, b) => Number(b.wanted) - Number(a.wanted))
  return (
    <section>
      <h3>
        {title} {counted(changes.length, 'connection')}
      </h3>
      <ul className={styles.changes}>
        {ordered.slice(0, SHOWN).map((change) => {
          const text = `${endName(change.from)} → ${endName(change.to)}`
          return (
            <li key={`${text} ${change.ports}`}>
              <VerdictGlyph status={status} size={15} />
              <span>{text}</span> <code>{change.ports}</code>
              {change.wanted && <small>what you asked for</small>}
            </li>
          )
        })}
        {ordered.length > SHOWN && <li>… and {counted(ordered.length - SHOWN, 'more', 'more')}</li>}
      </ul>
    </section>
  )
}
