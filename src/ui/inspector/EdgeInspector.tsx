import { endName } from '#core/model/end.ts'
import type { Differs, Edge, ExplainedHalf } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import { commandsFor } from '#state/commands.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Facts } from '#ui/kit/Facts.tsx'
import { StatusPill } from '#ui/kit/Pill.tsx'
import { WORDS } from '#ui/kit/verdict.ts'
import { VerdictGlyph } from '#ui/kit/VerdictLine.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import { CommandButtons } from './CommandButtons.tsx'
import { CopyButton } from './CopyButton.tsx'
import styles from './inspector.module.css'
import { Misses } from './Misses.tsx'

/** A connection: its verdict, both halves with what decided them, its checks, and what can be done. */
export function EdgeInspector({ edge }: { readonly edge: Edge }) {
  const app = useApp()
  const explanation = useStore(app.analysis, (state) => state.explanation)
  const status = explanation?.status ?? edge.status
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <h3 className={styles.title}>
          {endName(edge.from)} <span aria-label="to">→</span> {endName(edge.to)} <code>{edge.ports}</code>
        </h3>
        <StatusPill status={status} />
      </header>
      {edge.stale && (
        <p className={styles.note}>A document behind this does not parse now: this is its last good meaning.</p>
      )}
      <Deviation status={status} differs={explanation ? explanation.differs : edge.differs} />
      {explanation ? (
        <>
          <p className={styles.summary}>{explanation.summary}</p>
          {closedFirst(explanation.halves).map((half) => (
            <Half key={half.direction} half={half} />
          ))}
          <p className={styles.open}>
            Open: <code>{explanation.open}</code>
          </p>
        </>
      ) : (
        <output className={styles.summary}>Looking up the reasons …</output>
      )}
      <Checks edge={edge} />
      <CommandButtons commands={commandsFor({ type: 'edge', edge }).filter(({ group }) => OFFERED.has(group))}>
        {explanation && <CopyButton />}
      </CommandButtons>
    </div>
  )
}

function Deviation({ status, differs }: { readonly status: Status; readonly differs: Differs | undefined }) {
  const app = useApp()
  const profile = useStore(app.analysis, ({ picture }) => picture?.profile)
  if (!differs || !profile) return null
  return (
    <section className={styles.deviation} aria-label="Differs from the API">
      <h4>
        <span aria-hidden>≠ </span>
        {differs.beyond === undefined
          ? `Under ${profile.name}: ${WORDS[status]} (the API says ${WORDS[differs.reference]})`
          : `${profile.name} opens more than the API: ${differs.beyond}`}
      </h4>
      <Facts facts={differs.facts} />
    </section>
  )
}
const OFFERED: ReadonlySet<string> = new Set(['connection', 'checks'])

// What blocks is what people look for; the half that is open says little then.
function closedFirst(halves: readonly ExplainedHalf[]): readonly ExplainedHalf[] {
  return halves.toSorted((a, b) => Number(b.status === 'denied') - Number(a.status === 'denied'))
}

function Half({ half }: { readonly half: ExplainedHalf }) {
  return (
    <section className={styles.half}>
      <VerdictGlyph status={half.status} />
      <div>
        <h4>{half.title}</h4>
        <Sentences sentences={half.sentences} />
        <Misses half={half} />
      </div>
    </section>
  )
}

const OUTCOMES = {
  holds: 'as wanted',
  broken: 'broken',
  undetermined: 'not known',
  missing: 'an end is missing',
} as const

function Checks({ edge }: { readonly edge: Edge }) {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  if (edge.checks.length === 0) return null
  return (
    <ul className={styles.checks} aria-label="Checks">
      {edge.checks.map((check) => (
        <li key={check.name}>
          <span className={styles[check.outcome]}>
            {check.outcome === 'holds' ? '✓ ' : check.outcome === 'broken' ? '✕ ' : '? '}
            {OUTCOMES[check.outcome]}
          </span>
          <span className={styles.grow}>
            check{' '}
            <button type="button" className={styles.link} onClick={() => app.actions.reveal(check.ref)}>
              {check.name}
            </button>{' '}
            wants it {check.expect}
          </span>
          {writable && (
            <Button
              small
              variant="quiet"
              onClick={() => void app.actions.carryOut({ type: 'forget', check: check.ref })}
            >
              Forget
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
