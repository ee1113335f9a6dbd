import { useMemo, useState } from 'react'
import type { Intent, Plan } from '#core/model/intent.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { DiffView } from '#ui/kit/DiffView.tsx'
import { fileDiffs } from '#ui/kit/fileDiffs.ts'
import styles from './dialogs.module.css'
import { PlanEffects } from './PlanEffects.tsx'
import { StyleSelect } from './StyleSelect.tsx'
import { LineCount, WayList } from './WayList.tsx'

interface Props {
  readonly plan: Plan
  /** What was asked for before this had to come first. */
  readonly next?: Intent | undefined
  readonly onClose: () => void
}

/** A plan before it is applied: what it does, what else it opens and closes, its text, and the other ways; or why there is none. */
export function PreviewDialog(props: Props) {
  return props.plan.refusal === undefined ? <Review {...props} /> : <Refused {...props} reason={props.plan.refusal} />
}

function Review({ plan, onClose }: Props) {
  const app = useApp()
  const files = useStore(app.documents, (state) => state.files)
  const cni = useStore(app.analysis, ({ picture }) => picture?.profile?.name)
  const ways = useMemo(() => [plan, ...plan.others], [plan])
  const [chosen, setChosen] = useState(plan)
  // A plan that was made anew has other ways: what was chosen among the old ones is gone.
  const way = ways.includes(chosen) ? chosen : plan
  const diffs = useMemo(() => fileDiffs(way.changes, files), [way, files])
  return (
    <Dialog
      title="Review the change"
      description={`Nothing has been changed yet.${cni === undefined ? '' : ` What changes is told as the API says, not as ${cni} does.`}`}
      width={720}
      onClose={onClose}
      footer={
        <>
          {ways.some(isWrittenAnew) && <StyleSelect />}
          <Working />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" data-autofocus onClick={() => void app.actions.accept(way)}>
            Accept
          </Button>
        </>
      }
    >
      <div className={styles.preview}>
        {ways.length > 1 && <WayList ways={ways} chosen={way} onChoose={setChosen} />}
        {way.sentences.length > 0 && (
          <ul className={styles.sentences}>
            {way.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {way.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            {warning}
          </p>
        ))}
        <PlanEffects plan={way} />
        {diffs.length > 0 && (
          <h3 className={styles.textHead}>
            The text <LineCount plan={way} />
          </h3>
        )}
        {diffs.map((diff) => (
          <DiffView key={diff.path} diff={diff} />
        ))}
      </div>
    </Dialog>
  )
}

// Only then it matters how new policies are laid out.
function isWrittenAnew({ changes }: Plan): boolean {
  const texts = changes.flatMap((change) => {
    if (change.type === 'create') return [change.text]
    return change.type === 'edit' ? change.edits.map(({ insert }) => insert) : []
  })
  return texts.some((text) => text.includes('kind: NetworkPolicy'))
}

function Refused({ plan, reason, onClose }: Props & { readonly reason: string }) {
  const { actions } = useApp()
  return (
    <Dialog
      title="This can not be done"
      description={reason}
      width={520}
      onClose={onClose}
      footer={
        <>
          <Working />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {plan.help.length > 0 && (
        <section className={styles.help} aria-label="What would help">
          <h3>What would help</h3>
          {plan.help.map(({ label, intent }, index) => (
            <Button
              key={label}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              onClick={() => void actions.carryOut(intent, plan.intent)}
            >
              {label}
            </Button>
          ))}
        </section>
      )}
    </Dialog>
  )
}

function Working() {
  const app = useApp()
  const planning = useStore(app.view, (state) => state.planning)
  return (
    <span className={styles.working}>
      <output>{planning === undefined ? '' : 'Working it out …'}</output>
      {planning !== undefined && (
        <Button small variant="quiet" onClick={() => app.actions.cancel()}>
          Stop
        </Button>
      )}
    </span>
  )
}
