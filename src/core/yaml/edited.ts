import type { Tree } from './tree.ts'
import type { Habit } from './write.ts'

/** A document that is edited: its text, its tree, and how it is laid out. */
export interface Edited {
  readonly text: string
  readonly tree: Tree
  readonly habit: Habit
  readonly newline: string
  /** JSON documents get JSON. */
  readonly json: boolean
}
