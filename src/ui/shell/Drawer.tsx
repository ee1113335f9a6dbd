import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ViewState } from '#state/view.ts'
import { ChangesPanel } from '#ui/changes/ChangesPanel.tsx'
import { ChecksBadge } from '#ui/checks/ChecksBadge.tsx'
import { ChecksPanel } from '#ui/checks/ChecksPanel.tsx'
import { Inspector } from '#ui/inspector/Inspector.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { IconButton } from '#ui/kit/Button.tsx'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { ProblemList } from '#ui/problems/ProblemList.tsx'
import styles from './shell.module.css'

type Open = Exclude<ViewState['panels']['bottom'], 'none'>

const TITLES: Readonly<Record<Open, string>> = {
  why: 'Why',
  problems: 'Problems',
  checks: 'Checks',
  changes: 'Changes',
}
const BODIES: Readonly<Record<Open, () => ReactNode>> = {
  why: Inspector,
  problems: ProblemList,
  checks: ChecksPanel,
  changes: ChangesPanel,
}

const SEALED = 'The lesson keeps this to itself for now: predict first, or hand in.'

/** The lower right: why, the list of problems, or what has changed; or only its tabs. */
export function Drawer() {
  const app = useApp()
  const bottom = useStore(app.view, (state) => state.panels.bottom)
  const problems = useStore(app.analysis, (state) => state.picture?.problems.length ?? 0)
  const changes = useStore(app.analysis, ({ changes: { effects } }) =>
    effects ? effects.opened + effects.closed + effects.other : 0,
  )
  const tabs = [
    { value: 'why', label: TITLES.why },
    { value: 'problems', label: TITLES.problems, extra: problems > 0 && <b className={styles.badge}>{problems}</b> },
    { value: 'checks', label: TITLES.checks, extra: <ChecksBadge /> },
    {
      value: 'changes',
      label: TITLES.changes,
      extra: changes > 0 && (
        <b className={styles.badge} data-verdict>
          {changes}
        </b>
      ),
    },
  ]
  const sealed = useStore(app.analysis, (state) => state.sealed === true)
  const closed = bottom === 'none'
  const shown = closed ? 'why' : bottom
  const Body = BODIES[shown]
  return (
    <section className={styles.drawer} aria-label={TITLES[shown]} data-region tabIndex={-1}>
      <h2 className="visually-hidden">{TITLES[shown]}</h2>
      <div className={styles.drawerHead}>
        <Tabs
          label="Lower panel"
          tabs={tabs}
          value={bottom}
          onChange={(value) => app.actions.setPanels({ bottom: value as Open })}
        />
        <IconButton
          label={closed ? 'Open the lower panel' : 'Close the lower panel'}
          small
          onClick={() => app.actions.setPanels({ bottom: closed ? 'why' : 'none' })}
        >
          {closed ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
        </IconButton>
      </div>
      {!closed && (
        <div className={styles.drawerBody} data-large>
          {sealed && shown !== 'problems' ? <p className={styles.sealed}>{SEALED}</p> : <Body />}
        </div>
      )}
    </section>
  )
}
