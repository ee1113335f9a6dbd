import { useVirtualizer } from '@tanstack/react-virtual'
import { Ellipsis } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'
import { commandsFor } from '#state/commands.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { useHoverEdge } from '#ui/kit/useHoverEdge.ts'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { menuOf, pressCommand } from '#ui/kit/commandMenu.ts'
import { MenuAt, type MenuEntries } from '#ui/kit/Menu.tsx'
import { StatusPill } from '#ui/kit/Pill.tsx'
import {
  changedRows,
  type Column,
  COLUMNS,
  filterRows,
  type Former,
  formerly,
  type Order,
  type Row,
  rowOf,
  sortRows,
} from './rows.ts'
import styles from './table.module.css'

const ROW_HEIGHT = 36
/** Below this all lines are in the page, where the browser's own find sees them. */
const VIRTUAL_FROM = 200

/** The connections that the canvas draws, as text: sortable, filterable, selectable by keyboard. */
export function ConnectionTable({ edges }: { readonly edges: readonly Edge[] }) {
  const [text, setText] = useState('')
  const [status, setStatus] = useState<Status | ''>('')
  const [order, setOrder] = useState<Order>({ column: 'from', descending: false })
  const sought = useDeferredValue(text)
  const former = useFormer()
  const [onlyChanged, setOnlyChanged] = useState(false)
  const all = useMemo(() => edges.map(rowOf), [edges])
  const changed = useMemo(() => changedRows(all, former), [all, former])
  const rows = onlyChanged ? changed : all
  const shown = useMemo(() => sortRows(filterRows(rows, sought, status), order), [rows, sought, status, order])
  return (
    <div className={styles.table} data-large="frame">
      <div className={styles.bar}>
        <input
          type="search"
          aria-label="Filter connections"
          placeholder="Filter: web db 5432"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <select aria-label="Verdict" value={status} onChange={(event) => setStatus(event.target.value as Status | '')}>
          <option value="">every verdict</option>
          <option value="allowed">allowed</option>
          <option value="denied">denied</option>
          <option value="partial">partly</option>
          <option value="undetermined">undetermined</option>
        </select>
        <Button small aria-pressed={onlyChanged} onClick={() => setOnlyChanged(!onlyChanged)}>
          Changed {changed.length}
        </Button>
        <output className={styles.count}>
          {shown.length === rows.length ? '' : `${shown.length} of `}
          {rows.length === 1 ? '1 connection' : `${rows.length} connections`}
        </output>
      </div>
      <Grid rows={shown} former={former} order={order} onOrder={setOrder} />
    </div>
  )
}

// Of what is compared with; while it is shown itself, nothing of it is other than before.
function useFormer(): Former {
  const app = useApp()
  const since = useStore(app.view, ({ changesSince, comparing }) => (comparing ? undefined : changesSince))
  const changes = useStore(app.analysis, (state) => (since === 'edit' ? state.changes : state.compared))
  return useMemo(
    () => new Map(since === undefined ? [] : changes?.edges.map(({ id, before }) => [id, before])),
    [since, changes],
  )
}

interface GridProps {
  readonly rows: readonly Row[]
  readonly former: Former
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

function Grid({ rows, former, order, onOrder }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const cursor = useCursor(rows)
  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined)
  const virtual = rows.length >= VIRTUAL_FROM
  // oxlint-disable-next-line react/incompatible-library -- only said to the compiler, which is not in use here
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  })
  const items = virtual ? virtualizer.getVirtualItems() : []
  const first = virtual ? (items[0]?.index ?? 0) : 0
  const last = virtual ? (items.at(-1)?.index ?? -1) + 1 : rows.length
  const goTo = (at: number): void => {
    if (virtual) virtualizer.scrollToIndex(at)
    cursor.goTo(at)
  }
  return (
    <div ref={scroller} className={styles.scroller}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid is a table whose lines can be selected */}
      <table role="grid" aria-label="Connections" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ id, heading }) => (
              <Heading key={id} column={id} heading={heading} order={order} onOrder={onOrder} />
            ))}
            <th scope="col" className={styles.more}>
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys of its lines end here */}
        <tbody onKeyDown={(event) => moveCursor(event, cursor.at, rows.length, goTo)}>
          <Spacer height={first * ROW_HEIGHT} />
          {rows.slice(first, last).map((row, at) => (
            <Line
              key={row.edge.id}
              row={row}
              was={formerly(former, row.edge)}
              index={first + at}
              current={first + at === cursor.at}
              focus={first + at === cursor.at && cursor.moved}
              onFocus={() => cursor.visit(first + at)}
              onMenu={setMenu}
            />
          ))}
          <Spacer height={(rows.length - last) * ROW_HEIGHT} />
        </tbody>
      </table>
      {menu && <MenuAt {...menu} onClose={() => setMenu(undefined)} />}
      {rows.length === 0 && <p className={styles.none}>No connection fits. Switch on a layer, or change the filter.</p>}
    </div>
  )
}

// The line that Tab comes to; `moved` once arrow keys have moved it, so that it takes the focus when it is drawn.
function useCursor(rows: readonly Row[]) {
  const [state, setState] = useState({ at: 0, moved: false })
  const at = Math.min(state.at, Math.max(0, rows.length - 1))
  return {
    at,
    moved: state.moved,
    goTo: (next: number) => setState({ at: next, moved: true }),
    visit: (next: number) => setState((before) => (before.at === next ? before : { at: next, moved: false })),
  }
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

function moveCursor(event: KeyboardEvent, at: number, count: number, goTo: (at: number) => void): void {
  const step = STEPS[event.key]
  if (step === undefined || count === 0) return
  event.preventDefault()
  goTo(Math.max(0, Math.min(count - 1, at + step)))
}

function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={COLUMNS.length + 1} aria-label="more lines" />
    </tr>
  )
}

interface HeadingProps {
  readonly column: Column
  readonly heading: string
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

function Heading({ column, heading, order, onOrder }: HeadingProps) {
  const sorted = order.column === column
  const direction = order.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={sorted ? direction : 'none'} className={styles[column]}>
      <button type="button" onClick={() => onOrder({ column, descending: sorted && !order.descending })}>
        {heading}
        <span aria-hidden>{sorted ? (order.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  )
}

interface LineProps {
  readonly row: Row
  /** What it was before, in words. */
  readonly was: string
  readonly index: number
  readonly current: boolean
  readonly focus: boolean
  readonly onFocus: () => void
  readonly onMenu: (menu: OpenMenu) => void
}

interface OpenMenu {
  readonly x: number
  readonly y: number
  readonly entries: MenuEntries
}

function Line({ row: { edge, texts }, was, index, current, focus, onFocus, onMenu }: LineProps) {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const line = useRef<HTMLTableRowElement>(null)
  const hover = useHoverEdge()
  const selected = useStore(app.view, ({ selection }) => selection?.type === 'edge' && selection.id === edge.id)
  const highlighted = useStore(app.view, (state) => state.highlightedEdges.includes(edge.id))
  useEffect(() => {
    if (focus) line.current?.focus()
  }, [focus])
  const select = (): void => app.actions.select({ type: 'edge', id: edge.id })
  const commands = commandsFor({ type: 'edge', edge })
  const openMenu = (x: number, y: number): void => {
    select()
    onMenu({ x, y, entries: menuOf(commands, app.actions, writable) })
  }
  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, bottom } = event.currentTarget.getBoundingClientRect()
      openMenu(left + 24, bottom - 6)
    } else if (event.key === 'Enter' || event.key === ' ') select()
    else if (!pressCommand(commands, event.key, app.actions)) return
    event.preventDefault()
  }
  const why = [was, texts.why].filter((part) => part !== '').join('; ')
  const broken = edge.checks.some(({ outcome }) => outcome === 'broken')
  return (
    <tr
      ref={line}
      aria-label={edge.name}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      className={`${styles.row} ${highlighted ? styles.lit : ''} ${edge.stale ? styles.stale : ''}`}
      onClick={select}
      onMouseEnter={() => hover.enter(edge.id)}
      onMouseLeave={hover.leave}
      onBlur={hover.leave}
      onFocus={() => {
        onFocus()
        hover.enter(edge.id)
      }}
      onKeyDown={keyDown}
      onContextMenu={(event) => {
        event.preventDefault()
        openMenu(event.clientX, event.clientY)
      }}
    >
      <td title={texts.from}>{texts.from}</td>
      <td title={texts.to}>{texts.to}</td>
      <td className={styles.ports} title={texts.ports}>
        {texts.ports}
      </td>
      <td>
        <StatusPill status={edge.status} />
      </td>
      <td className={broken ? styles.broken : styles.why} title={why}>
        {edge.differs && (
          <span aria-hidden className={styles.differs}>
            ≠
          </span>
        )}
        {why}
      </td>
      <td className={`${styles.why} ${styles.layer}`}>{texts.layer}</td>
      <td className={styles.more}>
        {/* Of one line only Tab leads here; the others open by the keys of their line. */}
        <IconButton
          small
          label={`Actions for ${edge.name}`}
          tabIndex={current ? 0 : -1}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation()
            const { left, bottom } = event.currentTarget.getBoundingClientRect()
            openMenu(left, bottom + 4)
          }}
        >
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      </td>
    </tr>
  )
}
