import {
  ChevronDown,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  Presentation,
  Redo2,
  Search,
  Sun,
  Undo2,
} from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Status } from '#core/model/verdict.ts'
import type { ViewState } from '#state/view.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { Logo } from '#ui/kit/Icon.tsx'
import { Menu } from '#ui/kit/Menu.tsx'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { VerdictLine } from '#ui/kit/VerdictLine.tsx'
import { modKey } from './modKey.ts'
import { PLAN_STYLES } from './planStyles.ts'
import styles from './shell.module.css'
import { useVisibleEdges } from './useVisibleEdges.ts'
import { WorkspaceMenu } from './WorkspaceMenu.tsx'

// With it comes all that is known about CNIs: more than the first look needs.
const CniSelect = lazy(async () => ({ default: (await import('#ui/cni/CniSelect.tsx')).CniSelect }))

/** The top of the page. */
export function Header() {
  const app = useApp()
  const centre = useStore(app.view, (state) => state.centre)
  return (
    <header className={styles.header} data-region data-large="frame" tabIndex={-1} aria-label="Workspace">
      <h1 className={styles.logo}>
        <Logo />
        <span>Drawbridge</span>
      </h1>
      <WorkspaceMenu />
      <History />
      <span className={styles.space} />
      <Tabs
        label="View"
        look="segments"
        tabs={[
          { value: 'graph', label: 'Graph' },
          { value: 'table', label: 'Table' },
        ]}
        value={centre}
        onChange={(value) => app.actions.setCentre(value === 'table' ? 'table' : 'graph')}
      />
      <span className={styles.space} />
      <Tally />
      <Suspense fallback={<span className={styles.cni} />}>
        <CniSelect />
      </Suspense>
      <Button onClick={() => app.actions.openDialog({ type: 'find' })} aria-keyshortcuts="Control+K Meta+K">
        <Search size={14} aria-hidden />
        Find <kbd className={styles.key}>{modKey()} K</kbd>
      </Button>
      <PanelToggles />
      <SettingsMenu />
      <Button onClick={() => app.actions.openDialog({ type: 'share' })}>Share</Button>
      <Button variant="primary" onClick={() => app.actions.openDialog({ type: 'export' })}>
        Export
      </Button>
    </header>
  )
}

function History() {
  const app = useApp()
  const canUndo = useStore(app.documents, (state) => state.canUndo)
  const canRedo = useStore(app.documents, (state) => state.canRedo)
  const undoLabel = useStore(app.documents, (state) => state.undoLabel)
  const redoLabel = useStore(app.documents, (state) => state.redoLabel)
  return (
    <div className={styles.group}>
      <IconButton
        label={canUndo ? (undoLabel ?? 'Undo') : 'Undo'}
        hint={`${modKey()} Z`}
        aria-disabled={!canUndo}
        onClick={() => canUndo && app.actions.undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={canRedo ? (redoLabel ?? 'Redo') : 'Redo'}
        hint={`${modKey()} Shift Z`}
        aria-disabled={!canRedo}
        onClick={() => canRedo && app.actions.redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

const TALLIED: readonly (readonly [Status, string])[] = [
  ['allowed', 'allowed'],
  ['denied', 'denied'],
  ['partial', 'partly'],
  ['undetermined', 'undetermined'],
]

function Tally() {
  const edges = useVisibleEdges()
  const counts = TALLIED.map(([status, word]) => ({
    status,
    word,
    count: edges.filter((edge) => edge.status === status).length,
  }))
  return (
    <ul className={styles.tally} aria-label="Connections that are shown" data-verdict>
      {counts
        .filter(({ status, count }) => status === 'allowed' || status === 'denied' || count > 0)
        .map(({ status, word, count }) => (
          <li key={status}>
            <VerdictLine status={status} width={18} />
            {count} <span>{word}</span>
          </li>
        ))}
    </ul>
  )
}

function PanelToggles() {
  const app = useApp()
  const left = useStore(app.view, (state) => state.panels.left)
  const right = useStore(app.view, (state) => state.panels.right)
  return (
    <div className={styles.group}>
      <IconButton
        label="Left panel"
        aria-pressed={left}
        className={styles.toggle}
        onClick={() => app.actions.setPanels({ left: !left })}
      >
        <PanelLeft size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Right panel"
        aria-pressed={right}
        className={styles.toggle}
        onClick={() => app.actions.setPanels({ right: !right })}
      >
        <PanelRight size={16} aria-hidden />
      </IconButton>
      {/* The pressed look of the kit would be three blue squares in the header. */}
    </div>
  )
}

const THEMES: readonly { readonly id: ViewState['theme']; readonly label: string }[] = [
  { id: 'system', label: 'As the system' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'projector', label: 'Projector' },
]

function SettingsMenu() {
  const app = useApp()
  const theme = useStore(app.view, (state) => state.theme)
  const planStyle = useStore(app.view, (state) => state.planStyle)
  const themes = THEMES.map(({ id, label }) => ({
    label,
    checked: theme === id,
    onSelect: () => app.actions.setTheme(id),
  }))
  const layouts = PLAN_STYLES.map(({ id, label }) => ({
    label,
    checked: planStyle === id,
    onSelect: () => void app.actions.setPlanStyle(id),
  }))
  const entries = [{ heading: 'Look' }, ...themes, '-' as const, { heading: 'New policies' }, ...layouts]
  const icons = { system: Monitor, light: Sun, dark: Moon, projector: Presentation }
  const Icon = icons[theme]
  const trigger = (
    <Button variant="quiet" aria-label="Settings" className={styles.iconMenu}>
      <Icon size={16} aria-hidden />
      <ChevronDown size={12} aria-hidden />
    </Button>
  )
  return <Menu trigger={trigger} entries={entries} align="end" />
}
