import type { ReactNode } from 'react'
import type { Direction } from '#core/model/rule.ts'
import type { Isolated } from '#core/model/picture.ts'
import { isolationWords } from './look.ts'
import styles from './nodes.module.css'

const SHAPES: Readonly<Record<Isolated, string>> = {
  yes: 'M2.2 3.8V2.6a1.8 1.8 0 0 1 3.6 0v1.2',
  some: 'M2.2 3.8V2.6a1.8 1.8 0 0 1 3.6 0v1.2',
  unknown: 'M2.2 3.8V2.6a1.8 1.8 0 0 1 3.6 0v1.2',
  no: 'M2.2 3.8V2.2a1.8 1.8 0 0 1 3.2-1.1',
}

/** A small round lock on the side of a card: ingress left, egress right. An open card has none, unless `showOpen`. */
export function Lock(props: {
  readonly direction: Direction
  readonly isolated: Isolated
  readonly showOpen: boolean
}): ReactNode {
  const { direction, isolated, showOpen } = props
  if (isolated === 'no' && !showOpen) return null
  const looks = [styles.lock, styles[direction], isolated === 'yes' ? '' : styles[`lock-${isolated}`]].join(' ')
  return (
    <span className={looks} data-verdict title={isolationWords(isolated, direction)}>
      <svg width="8" height="9" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
        {isolated === 'unknown' ? (
          <path d="M2.3 2.9a1.8 1.8 0 1 1 2.3 1.6c-.4.2-.6.5-.6 1M4 7.6v.1" strokeLinecap="round" />
        ) : (
          <>
            <rect x=".8" y="3.8" width="6.4" height="4.4" rx="1" fill={isolated === 'yes' ? 'currentColor' : 'none'} />
            <path d={SHAPES[isolated]} />
          </>
        )}
      </svg>
    </span>
  )
}
