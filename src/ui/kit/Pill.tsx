import type { ReactNode } from 'react'
import type { Status } from '#core/model/verdict.ts'
import { SIGNS, WORDS } from './verdict.ts'
import styles from './Pill.module.css'

/** A word in a rounded field; `tone` is a verdict's colour or `plain`. */
export function Pill(props: { readonly tone?: Status | 'plain' | undefined; readonly children: ReactNode }): ReactNode {
  return <span className={`${styles.pill} ${styles[props.tone ?? 'plain']}`}>{props.children}</span>
}

/** A verdict in words: sign and word, never colour alone. */
export function StatusPill({ status }: { readonly status: Status }): ReactNode {
  return (
    <Pill tone={status}>
      <span aria-hidden>{SIGNS[status]}</span>
      {WORDS[status]}
    </Pill>
  )
}
