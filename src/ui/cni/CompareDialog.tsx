import { useMemo, useState, type ReactNode } from 'react'
import { groupBy } from '#core/model/group.ts'
import type { ChosenProfile, ComparedPolicy, ComparedProfile } from '#core/model/profile.ts'
import { PROFILES } from '#core/profiles/index.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Facts } from '#ui/kit/Facts.tsx'
import styles from './cni.module.css'
import { useComparison } from './useComparison.ts'

const COMPARED = PROFILES.filter(({ id }) => id !== 'reference')
const EFFECTS = {
  none: { sign: '✕', word: 'no effect' },
  other: { sign: '≠', word: 'read differently' },
  unknown: { sign: '?', word: 'not known' },
} as const

/** Policies by CNIs: what each makes of them, and why. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions, analysis } = useApp()
  const shown = useStore(analysis, ({ picture }) => picture?.profile)
  const policies = useStore(analysis, ({ picture }) => picture?.counts.policies ?? 0)
  const profiles = useMemo(() => COMPARED.map(({ id }) => (id === shown?.id ? chosen(shown) : { id })), [shown])
  const { columns, running, stop } = useComparison(actions, profiles)
  const rows = useMemo(() => rowsOf(columns), [columns])
  const [at, setAt] = useState<Cell | undefined>(undefined)
  const isStopped = !running && columns.length < COMPARED.length
  return (
    <Dialog
      title="Compare CNIs"
      description="What each CNI makes of the policies of this workspace, beside what the Kubernetes API says."
      width={1240}
      onClose={onClose}
      footer={
        <>
          {running && (
            <label className={styles.progress}>
              Looking at {COMPARED[columns.length]?.name ?? 'the last one'} …
              <progress value={columns.length} max={COMPARED.length} />
            </label>
          )}
          {isStopped && <output className={styles.progress}>Stopped after {columns.length}.</output>}
          {running ? <Button onClick={stop}>Stop</Button> : <Button onClick={onClose}>Close</Button>}
        </>
      }
    >
      <Table rows={rows} columns={columns} at={at} onChoose={setAt} />
      <p className={styles.rest}>{tellRest(policies - rows.length, running || isStopped)}</p>
      <Why at={at} />
    </Dialog>
  )
}

function chosen({ id, version }: ChosenProfile): ChosenProfile {
  return version === undefined ? { id } : { id, version }
}

interface Row {
  readonly document: string
  readonly name: string
}

/** A place of the table where something is told. */
interface Cell {
  readonly cni: string
  readonly policy: ComparedPolicy
}

// Those first of which most can be told: what one CNI alone does to all says little about a policy.
function rowsOf(columns: readonly ComparedProfile[]): readonly Row[] {
  const all = columns.flatMap(({ policies }) => policies)
  const told = groupBy(all, ({ document }) => document)
  const rows = [...told].map(([document, cells]) => ({ document, name: cells[0]?.name ?? '', told: cells.length }))
  return rows.toSorted((a, b) => b.told - a.told || a.name.localeCompare(b.name))
}

interface TableProps {
  readonly rows: readonly Row[]
  readonly columns: readonly ComparedProfile[]
  readonly at: Cell | undefined
  readonly onChoose: (cell: Cell) => void
}

function Table({ rows, columns, at, onChoose }: TableProps) {
  const known = new Map(columns.map((column) => [column.profile.id, column]))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label="Policies by CNI">
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            {COMPARED.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={styles.sum}>
            <th scope="row">Connections that differ</th>
            {COMPARED.map(({ id }) => (
              <td key={id}>
                <Sum column={known.get(id)} />
              </td>
            ))}
          </tr>
          {rows.map((row) => (
            <tr key={row.document}>
              <th scope="row">{row.name}</th>
              {COMPARED.map(({ id, name }) => {
                const column = known.get(id)
                const policy = column?.policies.find(({ document }) => document === row.document)
                return (
                  <td key={id}>
                    {policy ? (
                      <button
                        type="button"
                        className={`${styles.cell} ${styles[policy.effect]}`}
                        aria-pressed={at?.policy === policy}
                        onClick={() => onChoose({ cni: name, policy })}
                      >
                        <span aria-hidden>{EFFECTS[policy.effect].sign}</span> {EFFECTS[policy.effect].word}
                      </button>
                    ) : (
                      <span className={styles.plain}>{column ? 'as written' : '…'}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Sum({ column }: { readonly column: ComparedProfile | undefined }) {
  if (!column) return <span className={styles.plain}>…</span>
  if (column.differ === 0) return <span className={styles.plain}>none</span>
  return (
    <>
      {column.differ} of {column.pairs}
      {column.open > 0 && <small>{column.open} not known</small>}
    </>
  )
}

function Why({ at }: { readonly at: Cell | undefined }) {
  return (
    <section className={styles.why} aria-label="Why" aria-live="polite">
      {at ? (
        <>
          <h3>
            {at.policy.name} under {at.cni}: {EFFECTS[at.policy.effect].word}
          </h3>
          <Facts facts={at.policy.facts.map((fact) => ({ ...fact, policies: [] }))} />
        </>
      ) : (
        <p>Choose a field to see why, and where that is written.</p>
      )}
    </section>
  )
}

function tellRest(rest: number, isOpen: boolean): string {
  if (rest <= 0 || isOpen) return ''
  return rest === 1
    ? 'One other policy is taken as written by all.'
    : `${rest} other policies are taken as written by all.`
}
