import type { Node } from '@xyflow/react'
import type { End } from '#core/model/end.ts'
import type { WorkloadCard } from '#core/model/picture.ts'
import type { SceneBox } from './scene.ts'

/** How a node is marked besides what it is. */
export interface NodeMarks extends Record<string, unknown> {
  readonly selected: boolean
  /** It is an end of the selected connection. */
  readonly ringed: boolean
  /** What the text points at selects it, or selects others: then it steps back. */
  readonly linked: 'chosen' | 'aside' | 'none'
  /** A connection is being drawn from it. */
  readonly source: boolean
  /** No policy is loaded at all: openness is said (design.md 9). */
  readonly noPolicies: boolean
}

/** A workload's card. */
export type CardNode = Node<NodeMarks & { readonly card: WorkloadCard }, 'card'>

/** A namespace's box, or the one card of a closed one. */
export type BoxNode = Node<NodeMarks & { readonly box: SceneBox; readonly tint: string }, 'box'>

/** An IP block, the internet, anywhere or a host. */
export type OutsideNode = Node<NodeMarks & { readonly end: End }, 'outside'>

/** The strip with a box's name and switches: a node of its own, because lines run above boxes and below heads. */
export type HeadNode = Node<BoxNode['data'], 'head'>

/** Everything that is painted as a node. */
export type FlowNode = CanvasNode | HeadNode

/** Everything that stands on the canvas. */
export type CanvasNode = CardNode | BoxNode | OutsideNode
