import { EdgeLabelRenderer, type Edge as FlowEdge, type EdgeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import type { Status } from '#core/model/verdict.ts'
import type { Point } from './geometry.ts'
import styles from './lines.module.css'

/** Everything that a line needs to be painted: its course is worked out already. */
export interface LineData extends Record<string, unknown> {
  readonly path: string
  readonly end: Point
  readonly normal: Point
  readonly signs: readonly Point[]
  readonly label: Point
  readonly text: string
  readonly status: Status
  readonly broken: boolean
  /** The CNI does something else than the API says. */
  readonly differs: boolean
  readonly calm: boolean
  readonly stale: boolean
  readonly selected: boolean
  readonly marked: boolean
  /** Changed by the last edit: how it is told. */
  readonly changed: 'even' | 'odd' | 'lit' | undefined
  readonly faded: boolean
  readonly showLabel: boolean
}

/** A line of the canvas as React Flow keeps it. */
export type LineEdge = FlowEdge<LineData, 'line'>

/** A connection: solid with an arrow, dashed with crosses, double, or dotted with a question mark. */
export const LineView = memo(function LineView({ data }: EdgeProps<LineEdge>): ReactNode {
  if (data === undefined) return null
  return (
    <>
      <g className={lookOf(data)}>
        <path className={styles.hit} d={data.path} />
        <path className={styles.halo} d={data.path} />
        <path className={styles.stroke} d={data.path} />
        {data.status === 'partial' ? <path className={styles.inner} d={data.path} /> : undefined}
        <path className={styles.arrow} d={arrowOf(data.end, data.normal)} />
        {data.signs.map((at) => (
          <Sign key={`${at.x} ${at.y}`} at={at} status={data.status} large={data.broken || data.selected} />
        ))}
      </g>
      {isLabelled(data) ? <Label data={data} /> : undefined}
    </>
  )
})

// What differs from the API is marked also where labels would be too many.
function isLabelled(data: LineData): boolean {
  return !data.faded && (data.differs || (data.showLabel && data.text !== ''))
}

function lookOf(data: LineData): string {
  const marks = ['broken', 'calm', 'stale', 'selected', 'marked', 'faded'] as const
  const changed = data.changed === undefined ? [] : [styles.changed, styles[data.changed]]
  return [
    styles.line,
    styles[data.status],
    ...changed,
    ...marks.filter((mark) => data[mark]).map((mark) => styles[mark]),
  ].join(' ')
}

/** A triangle with its tip at the node. */
function arrowOf(end: Point, { x, y }: Point): string {
  const tip = { x: end.x + x, y: end.y + y }
  const base = { x: end.x + x * 9, y: end.y + y * 9 }
  return `M${tip.x},${tip.y}L${base.x - y * 4.4},${base.y + x * 4.4}L${base.x + y * 4.4},${base.y - x * 4.4}Z`
}

function Sign({ at, status, large }: { at: Point; status: Status; large: boolean }): ReactNode {
  const question = 'M-2.2-1.6a2.2 2.2 0 1 1 2.9 2.1c-.5.2-.7.6-.7 1.2M0 4v.1'
  return (
    <g className={styles.sign} transform={`translate(${at.x} ${at.y}) scale(${large ? 1.15 : 0.95})`}>
      <circle r={8.5} />
      <path d={status === 'denied' ? 'm-3-3 6 6m0-6-6 6' : question} />
    </g>
  )
}

function Label({ data }: { data: LineData }): ReactNode {
  const looks = [
    styles.label,
    data.differs ? styles.labelDiffers : '',
    data.broken ? styles.labelBroken : '',
    data.selected ? styles.labelSelected : '',
    data.calm || data.stale ? styles.labelCalm : '',
  ]
  const { x, y } = data.label
  // For the pointer only: clicks reach the line, whose child it is; the line is what keyboards and screen readers reach.
  return (
    <EdgeLabelRenderer>
      <div
        aria-hidden
        className={`${looks.join(' ')} nodrag nopan`}
        style={{
          transform: `translate(-50%,-50%) translate(${x}px,${y}px)`,
          zIndex: data.selected || data.broken ? 3 : data.differs ? 2 : 1,
        }}
      >
        {data.broken ? '! ' : ''}
        {data.differs ? <b className={styles.differs}>≠</b> : ''}
        {data.showLabel ? data.text : ''}
      </div>
    </EdgeLabelRenderer>
  )
}
