import { ChevronDown, ChevronUp } from 'lucide-react'
import { Inspector } from '#ui/inspector/Inspector.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { IconButton } from '#ui/kit/Button.tsx'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { ProblemList } from '#ui/problems/ProblemList.tsx'
import styles from './shell.module.css'

/** The lower right: why, or the list of problems; or only its tabs. */
export function Drawer() {
  const app = useApp()
  const bottom = useStore(app.view, (state) => state.panels.bottom)
  const problems = useStore(app.analysis, (state) => state.picture?.problems.length ?? 0)
  const tabs = [
    { value: 'why', label: 'Why' },
    { value: 'problems', label: 'Problems', extra: problems > 0 ? <b className={styles.badge}>{problems}</b> : null },
  ]
  const closed = bottom === 'none'
  return (
    <section
      className={styles.drawer}
      aria-label={bottom === 'problems' ? 'Problems' : 'Why'}
      data-region
      tabIndex={-1}
    >
      <h2 className="visually-hidden">{bottom === 'problems' ? 'Problems' : 'Why'}</h2>
      <div className={styles.drawerHead}>
        <Tabs
          label="Lower panel"
          tabs={tabs}
          value={bottom}
          onChange={(value) => app.actions.setPanels({ bottom: value === 'problems' ? 'problems' : 'why' })}
        />
        <IconButton
          label={closed ? 'Open the lower panel' : 'Close the lower panel'}
          small
          onClick={() => app.actions.setPanels({ bottom: closed ? 'why' : 'none' })}
        >
          {closed ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
        </IconButton>
      </div>
      {!closed && <div className={styles.drawerBody}>{bottom === 'why' ? <Inspector /> : <ProblemList />}</div>}
    </section>
  )
}
