import {
  Globe,
  Map as MapIcon,
  Maximize,
  Minus,
  Network,
  Plus,
  ShieldCheck,
  Spline,
  SquareDashed,
  SquarePlus,
  Wand,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Status } from '#core/model/verdict.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { VerdictLine } from '#ui/kit/VerdictLine.tsx'
import styles from './canvas.module.css'

/** What the bars below the canvas do. */
export interface ToolbarProps {
  readonly connecting: boolean
  readonly onConnect: () => void
  readonly onAddInternet: () => void
  readonly onTidy: () => void
}

/** The visible way to everything that can be drawn. */
export function Toolbar({ connecting, onConnect, onAddInternet, onTidy }: ToolbarProps): ReactNode {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const lookOnly = useStore(app.documents, (state) => state.lookOnly)
  const disabled = !writable
  const { actions } = app
  if (lookOnly === true) return null
  return (
    <div role="toolbar" aria-label="Draw" className={styles.toolbar}>
      <Tool label="Connect" title="Connect (C)" pressed={connecting} disabled={disabled} onClick={onConnect}>
        <Spline size={15} aria-hidden />
      </Tool>
      <span className={styles.divider} />
      <Tool label="Workload" disabled={disabled} onClick={() => actions.openDialog({ type: 'add-workload' })} add>
        <SquarePlus size={15} aria-hidden />
      </Tool>
      <Tool label="Namespace" disabled={disabled} onClick={() => actions.openDialog({ type: 'add-namespace' })} add>
        <SquareDashed size={15} aria-hidden />
      </Tool>
      <Tool label="IP block" disabled={disabled} onClick={() => actions.openDialog({ type: 'add-ip-block' })} add>
        <Network size={15} aria-hidden />
      </Tool>
      <Tool label="Internet" disabled={disabled} onClick={onAddInternet} add>
        <Globe size={15} aria-hidden />
      </Tool>
      <span className={styles.divider} />
      <Tool
        label="Protect"
        title="Protect everything …"
        disabled={disabled}
        onClick={() => actions.openDialog({ type: 'protect', namespaces: [] })}
      >
        <ShieldCheck size={15} aria-hidden />
      </Tool>
      <Tool label="Tidy" title="Forget moved positions and lay out anew" disabled={disabled} onClick={onTidy}>
        <Wand size={15} aria-hidden />
      </Tool>
    </div>
  )
}

function Tool(props: {
  label: string
  title?: string
  pressed?: boolean
  add?: boolean
  disabled: boolean
  onClick: () => void
  children: ReactNode
}): ReactNode {
  const name = props.add === true ? `Add ${/^[aeiou]/i.test(props.label) ? 'an' : 'a'} ${props.label}` : props.label
  return (
    <Button
      variant="quiet"
      className={styles.tool}
      aria-label={props.label === 'Internet' ? 'Add the internet' : name}
      title={props.title ?? name}
      disabled={props.disabled}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      onClick={props.onClick}
    >
      {props.children}
      <span className={styles.toolText} data-add={props.add}>
        {props.label}
      </span>
    </Button>
  )
}

/** Zoom, fit and the map. */
export function ZoomBar(props: {
  readonly map: boolean
  readonly onZoom: (direction: 1 | -1) => void
  readonly onFit: () => void
  readonly onMap: () => void
}): ReactNode {
  return (
    <div role="toolbar" aria-label="Zoom" aria-orientation="vertical" className={styles.zoomBar}>
      <IconButton label="Zoom in" hint="+" onClick={() => props.onZoom(1)}>
        <Plus size={15} aria-hidden />
      </IconButton>
      <IconButton label="Zoom out" hint="−" onClick={() => props.onZoom(-1)}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <IconButton label="Fit" hint="F" onClick={props.onFit}>
        <Maximize size={14} aria-hidden />
      </IconButton>
      <IconButton label="Mini map" aria-pressed={props.map} onClick={props.onMap}>
        <MapIcon size={14} aria-hidden />
      </IconButton>
    </div>
  )
}

const MEANINGS: readonly (readonly [Status, string])[] = [
  ['allowed', 'allowed'],
  ['denied', 'denied ✕'],
  ['partial', 'partly'],
  ['undetermined', 'undetermined ?'],
]

/** What the lines mean, with the marks that some bear now. */
export function Legend(): ReactNode {
  const { analysis } = useApp()
  const isBroken = useStore(analysis, ({ picture }) => picture?.checks.some(({ outcome }) => outcome === 'broken'))
  const isMissed = useStore(analysis, ({ asked }) => asked?.edges.some(({ goal }) => goal?.outcome === 'broken'))
  const differs = useStore(analysis, ({ picture }) => picture?.edges.some((edge) => edge.differs !== undefined))
  return (
    <ul className={styles.legend} aria-label="Legend">
      {MEANINGS.map(([status, text]) => (
        <li key={status}>
          <VerdictLine status={status} width={24} />
          {text}
        </li>
      ))}
      {isBroken === true && (
        <li className={styles.brokenMark}>
          <b>!</b> broken check
        </li>
      )}
      {isMissed === true && (
        <li className={styles.brokenMark}>
          <b>!</b> goal not reached
        </li>
      )}
      {differs === true && (
        <li>
          <b className={styles.differsMark}>≠</b> CNI differs
        </li>
      )}
      <li className={styles.noLine}>no line: not asked</li>
    </ul>
  )
}
