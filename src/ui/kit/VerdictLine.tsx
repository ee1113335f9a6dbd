import type { ReactNode } from 'react'
import type { Status } from '#core/model/verdict.ts'
import styles from './VerdictLine.module.css'

const MARKS: Readonly<Record<Status, string>> = {
  allowed: 'm5.5 9.3 2.5 2.5 4.6-5',
  denied: 'm6 6 6 6m0-6-6 6',
  partial: 'M5.5 7.3h7M5.5 10.7h7',
  undetermined: 'M7 7.2a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1M9 12.6v.01',
}

/** A short piece of line as the canvas draws that verdict: for legends and tallies. Decorative. */
export function VerdictLine(props: { readonly status: Status; readonly width?: number | undefined }): ReactNode {
  const { status, width = 20 } = props
  const path = status === 'partial' ? `M0 2h${width}M0 6h${width}` : `M1 4h${width - 2}`
  return (
    <svg className={`${styles.line} ${styles[status]}`} width={width} height={8} aria-hidden>
      <path d={path} />
    </svg>
  )
}

/** A verdict's sign in a circle of its colour. Decorative: a word stands beside it. */
export function VerdictGlyph(props: { readonly status: Status; readonly size?: number | undefined }): ReactNode {
  const { status, size = 18 } = props
  return (
    <svg
      className={`${styles.glyph} ${styles[`is-${status}`]}`}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      aria-hidden
    >
      <circle cx={9} cy={9} r={8} />
      <path d={MARKS[status]} />
    </svg>
  )
}
