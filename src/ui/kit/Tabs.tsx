import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

/** A tab: `value` names it, `label` is read, `extra` stands behind it (a count, say). */
export interface Tab {
  readonly value: string
  readonly label: string
  readonly extra?: ReactNode
}

/** A row of tabs (`look="bar"`) or a segmented switch; arrow keys move, Enter or Space picks. The caller shows the panel. */
export function Tabs({
  label,
  tabs,
  value,
  look = 'bar',
  onChange,
}: {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly value: string
  readonly look?: 'bar' | 'segments' | undefined
  readonly onChange: (value: string) => void
}): ReactNode {
  const bar = look === 'bar'
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(String(next))}
      style={{ minWidth: 0 }}
      data-large="frame"
    >
      <Base.List aria-label={label} className={bar ? styles.list : styles.segments}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={bar ? styles.tab : styles.segment}>
            {tab.label}
            {tab.extra}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  )
}
