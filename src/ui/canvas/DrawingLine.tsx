import type { ConnectionLineComponentProps } from '@xyflow/react'
import type { ReactNode } from 'react'
import { clamp } from './geometry.ts'
import styles from './lines.module.css'

/** The line that follows the pointer: from the nearest point of the card's border. */
export function DrawingLine({ fromNode, toX, toY }: ConnectionLineComponentProps): ReactNode {
  const { x, y } = fromNode.internals.positionAbsolute
  const from = {
    x: clamp(toX, x, x + (fromNode.measured.width ?? 0)),
    y: clamp(toY, y, y + (fromNode.measured.height ?? 0)),
  }
  return (
    <g>
      <path className={styles.drawing} d={`M${from.x},${from.y}L${toX},${toY}`} />
      <circle className={styles.drawingEnd} cx={toX} cy={toY} r={4} />
    </g>
  )
}
