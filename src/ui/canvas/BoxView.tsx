import { Handle, Position, type NodeProps } from '@xyflow/react'
import { ChevronDown, ChevronRight, Spline } from 'lucide-react'
import { memo, type MouseEvent, type ReactNode } from 'react'
import type { NamespaceCard } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Actions } from '#state/app.ts'
import { commandsFor, perform } from '#state/commands.ts'
import { useActions, useApp, useStore } from '#ui/kit/AppContext.tsx'
import { markClass } from './CardView.tsx'
import type { BoxNode, HeadNode } from './nodeTypes.ts'
import styles from './nodes.module.css'

/** A namespace: a tinted box, or one card where it is closed. The head of an open box is a `HeadView` above the lines. */
export const BoxView = memo(function BoxView({ data }: NodeProps<BoxNode>): ReactNode {
  const { box, tint } = data
  const actions = useActions()
  const look = box.closed ? styles.closed : styles.box
  return (
    <div className={`${look} ${styles[tint]} ${markClass(data)} ${box.card.stale ? styles.stale : ''}`}>
      <Handle
        type="source"
        position={Position.Right}
        id="whole"
        isConnectableStart={false}
        className={styles.boxHandle}
      />
      {box.closed ? <Head box={box} tint={tint} /> : undefined}
      {data.noPolicies ? <span className={`${styles.flag} ${styles.open}`}>open in, open out</span> : undefined}
      {box.closed ? (
        <span className={styles.sum} title={`${box.inside} connections inside`}>
          {sumOf(box)}
        </span>
      ) : undefined}
      {!box.closed && box.workloads.length === 0 ? (
        <button
          type="button"
          className={`${styles.add} nodrag`}
          onClick={() => actions.openDialog({ type: 'add-workload', namespace: box.card.name })}
        >
          + Workload in {box.card.name}
        </button>
      ) : undefined}
    </div>
  )
})

/** The name and the switches of an open namespace. */
export const HeadView = memo(function HeadView({ data }: NodeProps<HeadNode>): ReactNode {
  return <Head box={data.box} tint={data.tint} />
})

function Head({ box, tint }: Pick<BoxNode['data'], 'box' | 'tint'>): ReactNode {
  return (
    <div className={`${styles.head} ${styles[tint]} grip`}>
      <Fold box={box} />
      <span className={styles.title} title={box.card.name}>
        <span className={styles.plate}>{box.card.name}</span>
        {box.card.loaded ? undefined : <small>not loaded</small>}
      </span>
      <Handle type="source" position={Position.Right} id="start" className={`${styles.startHandle} nodrag`}>
        <Spline size={14} aria-hidden />
      </Handle>
      <span className={styles.switches} data-verdict>
        <Switch card={box.card} direction="ingress" />
        <Switch card={box.card} direction="egress" />
      </span>
    </div>
  )
}

function Fold({ box }: { box: BoxNode['data']['box'] }): ReactNode {
  const actions = useActions()
  const Icon = box.closed ? ChevronRight : ChevronDown
  return (
    <button
      type="button"
      className={`${styles.fold} nodrag`}
      aria-expanded={!box.closed}
      aria-label={`${box.closed ? 'Open' : 'Close'} namespace ${box.card.name}`}
      onClick={(event: MouseEvent) => {
        event.stopPropagation()
        actions.toggleNamespace(box.card.name)
      }}
    >
      <Icon size={15} aria-hidden />
    </button>
  )
}

const PRESSED = { on: true, mixed: 'mixed', off: false } as const

function Switch({ card, direction }: { card: NamespaceCard; direction: Direction }): ReactNode {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const state = card.defaultDeny[direction]
  const word = direction === 'ingress' ? 'in' : 'out'
  const side = direction === 'ingress' ? 'Ingress' : 'Egress'
  return (
    <button
      type="button"
      className={`${styles.switch} nodrag`}
      aria-pressed={PRESSED[state]}
      aria-disabled={!writable}
      aria-label={`Default deny ${word} of ${card.name}`}
      title={`${side} default deny: ${state === 'mixed' ? 'on for some workloads' : state}`}
      onClick={(event) => {
        event.stopPropagation()
        if (writable) flip(app.actions, card, direction)
      }}
    >
      <span aria-hidden>{state === 'off' ? '' : state === 'mixed' ? '◐ ' : '⊘ '}</span>
      {word}
    </button>
  )
}

function flip(actions: Actions, card: NamespaceCard, direction: Direction): void {
  const command = commandsFor({ type: 'namespace', card }).find(({ id }) => id === `default-deny-${direction}`)
  if (command) perform(actions, command.deed)
}

function sumOf(box: BoxNode['data']['box']): string {
  const count = box.workloads.length
  return `${count} ${count === 1 ? 'workload' : 'workloads'}`
}
