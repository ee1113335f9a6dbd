import type { Counts } from '#core/model/picture.ts'
import type { Saving } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { tallyOf } from '#ui/kit/checks.ts'
import { tellEffects } from '#ui/kit/effects.ts'
import { copyText } from '#ui/kit/clipboard.ts'
import { counted } from '#ui/kit/counted.ts'
import styles from './shell.module.css'

/** The bottom line: problems, what is loaded and what is not, and whether it is saved. */
export function StatusBar() {
  const app = useApp()
  const picture = useStore(app.analysis, (state) => state.picture)
  const pending = useStore(app.analysis, (state) => state.pending)
  return (
    <footer className={styles.status} data-region data-large="frame" tabIndex={-1} aria-label="Status">
      <ProblemCounts />
      <FailingChecks />
      <LastEdit />
      {picture && <Loaded counts={picture.counts} />}
      <span className={styles.space} />
      {pending && <span className={styles.faint}>evaluating …</span>}
      <span className={styles.local}>Everything stays in this browser</span>
      <ReadOnlyTab />
      <SavingState />
    </footer>
  )
}

/** What the last edit did, told to screen readers as it happens. */
function LastEdit() {
  const app = useApp()
  const effects = useStore(app.analysis, (state) => state.changes.effects)
  const text = effects ? tellEffects(effects) : ''
  const grave = effects !== undefined && effects.dns.lost.length + effects.checks.broken.length > 0
  return (
    <output aria-live="polite" aria-label="Last edit" data-verdict>
      {text !== '' && (
        <button
          type="button"
          className={`${styles.statusButton} ${grave ? styles.warn : ''}`}
          onClick={() => app.actions.setPanels({ right: true, bottom: 'changes' })}
        >
          {text}
        </button>
      )}
    </output>
  )
}

function ProblemCounts() {
  const app = useApp()
  const problems = useStore(app.analysis, (state) => state.picture?.problems)
  const errors = problems?.filter(({ severity }) => severity === 'error').length ?? 0
  const warnings = problems?.filter(({ severity }) => severity === 'warning').length ?? 0
  return (
    <button
      type="button"
      className={styles.statusButton}
      onClick={() => app.actions.setPanels({ right: true, bottom: 'problems' })}
    >
      {errors + warnings === 0 && <span>No problems</span>}
      {errors > 0 && <span className={styles.bad}>✕ {counted(errors, 'error')}</span>}
      {warnings > 0 && <span>{counted(warnings, 'warning')}</span>}
    </button>
  )
}

/** Only what fails: what holds is told on the panel's tab. */
function FailingChecks() {
  const app = useApp()
  const checks = useStore(app.analysis, (state) => state.picture?.checks)
  const { broken, open } = tallyOf(checks ?? [])
  if (broken + open === 0) return null
  return (
    <button
      type="button"
      className={styles.statusButton}
      data-verdict
      onClick={() => app.actions.setPanels({ right: true, bottom: 'checks' })}
    >
      {broken > 0 && <strong className={styles.bad}>✕ {counted(broken, 'check')} broken</strong>}
      {open > 0 && <span>? {counted(open, 'check')} not known</span>}
    </button>
  )
}

const NAMESPACES_COMMAND = 'kubectl get ns -o yaml'

function Loaded({ counts }: { readonly counts: Counts }) {
  const app = useApp()
  const copy = async (): Promise<void> => {
    const done = await copyText(NAMESPACES_COMMAND)
    app.actions.notify(
      'info',
      done ? `Copied: ${NAMESPACES_COMMAND}` : `Run this and paste the result: ${NAMESPACES_COMMAND}`,
    )
  }
  const ignored = counts.ignoredKinds.map(({ kind, count }) => `${count} ${kind}`).join(', ')
  return (
    <>
      <span className={styles.loaded}>
        {counted(counts.workloads, 'workload')} in {counted(counts.namespaces, 'namespace')},{' '}
        {counted(counts.policies, 'policy', 'policies')}
      </span>
      {counts.ignored > 0 && (
        <span className={styles.wide} title={`Other kinds have no say in network policies: ${ignored}`}>
          {counted(counts.ignored, 'other')} ignored
        </span>
      )}
      {counts.defaulted > 0 && (
        <span className={styles.aside} title="Documents without metadata.namespace are read as default">
          {counted(counts.defaulted, 'document')} without a namespace: read as default
        </span>
      )}
      {counts.unloadedNamespaces > 0 && (
        <button
          type="button"
          className={`${styles.statusButton} ${styles.aside}`}
          title="Their labels are not known, so selectors on them are undetermined. Click to copy the command."
          onClick={() => void copy()}
        >
          {counted(counts.unloadedNamespaces, 'namespace')} not loaded
          <span className={styles.wide}>
            : <code>{NAMESPACES_COMMAND}</code>
          </span>
        </button>
      )}
    </>
  )
}

function ReadOnlyTab() {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  if (writable) return null
  return (
    <span className={styles.warn}>
      Read-only: open in another tab{' '}
      <button type="button" className={styles.statusButton} onClick={() => void app.actions.takeOver()}>
        Take over
      </button>
    </span>
  )
}

function SavingState() {
  const app = useApp()
  const saving = useStore(app.documents, (state) => state.saving)
  return (
    // Not a live region: it changes with every pause of the typing. Only a failure is worth an interruption.
    <span
      className={saving.status === 'failed' ? styles.bad : styles.saving}
      data-testid="saving"
      {...(saving.status === 'failed' ? { role: 'alert' } : {})}
    >
      {savingText(saving)}
    </span>
  )
}

function savingText(saving: Saving): string {
  if (saving.status === 'failed') return `Not saved: ${saving.why}`
  return saving.status === 'saving' ? 'Saving' : 'Saved'
}
