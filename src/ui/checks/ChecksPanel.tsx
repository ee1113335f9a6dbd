import { EllipsisVertical, Lightbulb, Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CheckResult } from '#core/model/check.ts'
import type { Edge } from '#core/model/picture.ts'
import type { Ref } from '#core/model/text.ts'
import type { App } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { OUTCOME_SIGNS, OUTCOME_WORDS, tallyOf } from '#ui/kit/checks.ts'
import { Menu } from '#ui/kit/Menu.tsx'
import { Sentences } from '#ui/kit/Sentences.tsx'
import { Tabs } from '#ui/kit/Tabs.tsx'
import styles from './checks.module.css'
import { choose, type Filter, tellCheck } from './words.ts'

/** All checks with how they fare, what fails first; each leads to its edge and its text. */
export function ChecksPanel(): ReactNode {
  const app = useApp()
  const checks = useStore(app.analysis, (state) => state.picture?.checks) ?? NONE
  const [filter, setFilter] = useState<Filter>('all')
  const shown = choose(checks, filter)
  return (
    <div className={styles.panel}>
      <Controls checks={checks} filter={filter} onFilter={setFilter} />
      {checks.length === 0 ? (
        <Beginning />
      ) : (
        <ul className={styles.list} aria-label="Checks">
          {shown.map((result) => (
            <Line key={idOf(result.check.ref)} result={result} />
          ))}
        </ul>
      )}
      {checks.length > 0 && shown.length === 0 && (
        <p className={styles.none}>{filter === 'failing' ? 'Every check holds.' : 'No check holds.'}</p>
      )}
    </div>
  )
}

const NONE: readonly CheckResult[] = []

function Beginning(): ReactNode {
  return (
    <p className={styles.none}>
      A check says that a connection must be allowed or denied, and turns red when an edit breaks it. Draw a connection,
      pin one from its menu, or paste a NetAssert file.
    </p>
  )
}

interface ControlsProps {
  readonly checks: readonly CheckResult[]
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

function Controls({ checks, filter, onFilter }: ControlsProps): ReactNode {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const { all, holding } = tallyOf(checks)
  const tabs = [
    { value: 'all', label: `All ${all}` },
    { value: 'failing', label: `Failing ${all - holding}` },
    { value: 'holding', label: `Holding ${holding}` },
  ]
  return (
    <div className={styles.controls}>
      {all > 0 && (
        <Tabs
          look="segments"
          label="Which checks"
          tabs={tabs}
          value={filter}
          onChange={(value) => onFilter(value as Filter)}
        />
      )}
      <span className={styles.space} />
      <Button small disabled={!writable} onClick={() => app.actions.openDialog({ type: 'suggest-checks' })}>
        <Lightbulb size={13} aria-hidden /> Suggest …
      </Button>
      <More isEmpty={all === 0} />
    </div>
  )
}

function More({ isEmpty }: { readonly isEmpty: boolean }): ReactNode {
  const { actions } = useApp()
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="More about checks" small>
          <EllipsisVertical size={15} aria-hidden />
        </IconButton>
      }
      entries={[
        {
          label: 'Test it for real …',
          detail: 'A script that tries them in a live cluster',
          disabled: isEmpty,
          onSelect: () => actions.openDialog({ type: 'live-tests', format: 'script' }),
        },
        {
          label: 'Export for NetAssert …',
          disabled: isEmpty,
          onSelect: () => actions.openDialog({ type: 'live-tests', format: 'netassert' }),
        },
        {
          label: 'Import from NetAssert …',
          detail: 'Or paste or drop the file anywhere',
          onSelect: () => actions.openDialog({ type: 'paste' }),
        },
      ]}
    />
  )
}

function Line({ result: { check, outcome, why } }: { readonly result: CheckResult }): ReactNode {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const edge = useStore(app.analysis, ({ picture }) => picture && edgeOf(picture.edges, check.ref))
  const isSelected = useStore(app.view, ({ selection }) => edge !== undefined && selection?.id === edge.id)
  return (
    <li className={`${styles.line} ${styles[outcome]}`} data-outcome={outcome}>
      <span className={styles.sign}>
        <span aria-hidden>{OUTCOME_SIGNS[outcome]}</span>
        <span className="visually-hidden">{OUTCOME_WORDS[outcome]}:</span>
      </span>
      <div className={styles.what}>
        <button
          type="button"
          className={styles.pick}
          aria-current={isSelected}
          onClick={() => selectEdge(app, edge, check)}
        >
          <b>{check.name}</b>
          <small>{tellCheck(check)}</small>
        </button>
        {why.length > 0 && <Sentences sentences={[why]} />}
      </div>
      {writable && (
        <span className={styles.tools}>
          <IconButton
            label={`Edit ${check.name}`}
            small
            onClick={() => app.actions.openDialog({ type: 'edit-check', check: check.ref })}
          >
            <Pencil size={13} aria-hidden />
          </IconButton>
          <IconButton
            label={`Forget ${check.name}`}
            small
            onClick={() => void app.actions.carryOut({ type: 'forget', check: check.ref })}
          >
            <Trash2 size={13} aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  )
}

function edgeOf(edges: readonly Edge[], ref: Ref): Edge | undefined {
  const id = idOf(ref)
  return edges.find(({ checks }) => checks.some((check) => idOf(check.ref) === id))
}

// Where the picture is folded no line is its own.
function selectEdge({ actions }: App, edge: Edge | undefined, { from, to }: CheckResult['check']): void {
  if (edge) actions.select({ type: 'edge', id: edge.id })
  else actions.selectConnection(from, to)
}

function idOf({ document, path }: Ref): string {
  return `${document}\n${path.join('/')}`
}
