import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { endId } from '#core/model/end.ts'
import { BeforeBanner } from '#ui/changes/BeforeBanner.tsx'
import { useCompareKey } from '#ui/changes/useCompareKey.ts'
import { CniBanner } from '#ui/cni/CniBanner.tsx'
import { Canvas } from '#ui/canvas/Canvas.tsx'
import { DraftForm } from '#ui/canvas/DraftForm.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { IconButton } from '#ui/kit/Button.tsx'
import { SealedNote } from '#ui/lessons/SealedNote.tsx'
import { Notices } from './Notices.tsx'
import { ProgressNote } from './ProgressNote.tsx'
import styles from './shell.module.css'
import { useVisibleEdges } from './useVisibleEdges.ts'
import { whenIdle } from './whenIdle.ts'

const loadTable = async () => ({ default: (await import('#ui/table/ConnectionTable.tsx')).ConnectionTable })
const ConnectionTable = lazy(loadTable)
whenIdle(loadTable)

/** The middle: the canvas or the table, with the one line that says what to do next. */
export function Centre() {
  const app = useApp()
  const centre = useStore(app.view, (state) => state.centre)
  // What policies are for is beside the point where none counts: no hint then.
  const isIdle = useStore(app.analysis, ({ picture }) => picture?.profile?.enforcesNothing !== undefined)
  const onKeyDown = useCompareKey()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that go for canvas and table alike
    <main
      className={styles.centre}
      aria-label={centre === 'graph' ? 'Graph' : 'Table'}
      data-region
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <h2 className="visually-hidden">{centre === 'graph' ? 'Graph of connections' : 'Table of connections'}</h2>
      <div>
        {isIdle ? <CniBanner /> : <Hint />}
        <BeforeBanner />
      </div>
      <div className={styles.stage} data-centre={centre} data-idle={isIdle}>
        {centre === 'graph' ? <Canvas /> : <Connections />}
        <SealedNote />
        <ProgressNote />
        <Notices />
      </div>
    </main>
  )
}

function Connections() {
  const app = useApp()
  const edges = useVisibleEdges()
  const draft = useStore(app.view, (state) => state.draft)
  return (
    <>
      <Suspense>
        <ConnectionTable edges={edges} />
      </Suspense>
      {draft && <DraftForm key={`${endId(draft.from)} ${endId(draft.to)}`} draft={draft} />}
    </>
  )
}

function Hint() {
  const app = useApp()
  const hint = useStore(app.view, (state) => state.hint)
  const isBroken = useStore(app.analysis, ({ picture }) =>
    (picture?.edges ?? []).some(({ checks }) => checks.some(({ outcome }) => outcome === 'broken')),
  )
  // Once nothing is marked any more, a hint about the marks has done its work.
  if (hint === undefined || (hint.includes('marked !') && !isBroken)) return null
  return (
    <p className={styles.hint} role="note">
      <span>{hint}</span>
      <IconButton label="Dismiss the hint" small onClick={() => app.actions.dismissHint()}>
        <X size={14} aria-hidden />
      </IconButton>
    </p>
  )
}
