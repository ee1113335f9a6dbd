import { Handle, Position, type NodeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { Lock } from './Lock.tsx'
import { cardLine, kindLetters } from './look.ts'
import type { CardNode, NodeMarks } from './nodeTypes.ts'
import styles from './nodes.module.css'

/** A workload as a card: kind, name, replicas, ports, and a lock for each isolated direction. */
export const CardView = memo(function CardView({ data }: NodeProps<CardNode>): ReactNode {
  const { card, noPolicies } = data
  const looks = [
    styles.card,
    markClass(data),
    card.sketch || card.assumed ? styles.dashed : '',
    card.assumed ? styles.assumed : '',
    card.stale ? styles.stale : '',
  ]
  return (
    <div className={looks.join(' ')}>
      <i className={styles.kind} title={card.kind}>
        {kindLetters(card.kind)}
      </i>
      <b className={styles.name} title={card.name}>
        {card.name}
      </b>
      <span className={styles.detail}>{cardLine(card)}</span>
      <div className={`${styles.grip} grip`} title="Drag here to move, below to connect" />
      <Handle type="source" position={Position.Right} className={styles.handle} />
      <Lock direction="ingress" isolated={card.isolated.ingress} showOpen={noPolicies} />
      <Lock direction="egress" isolated={card.isolated.egress} showOpen={noPolicies} />
      <Flags card={card} />
    </div>
  )
})

function Flags({ card }: { card: CardNode['data']['card'] }): ReactNode {
  const flags = [
    card.hostNetwork ? 'host network' : '',
    card.assumed ? 'not loaded' : '',
    card.stale ? 'does not parse' : '',
  ].filter((flag) => flag !== '')
  if (flags.length === 0) return null
  return (
    <span className={styles.flags}>
      {flags.map((flag) => (
        <span key={flag} className={styles.flag}>
          {flag}
        </span>
      ))}
    </span>
  )
}

/** The class for how a node is marked. */
export function markClass({ linked, ...marks }: NodeMarks): string {
  const link = linked === 'none' ? '' : styles[linked]
  return `${selectionClass(marks)} ${link}`
}

function selectionClass({ selected, ringed, source }: Pick<NodeMarks, 'selected' | 'ringed' | 'source'>): string {
  if (source) return styles.source ?? ''
  if (selected) return styles.selected ?? ''
  return ringed ? (styles.ringed ?? '') : ''
}
