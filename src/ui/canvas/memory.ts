import type { Picture } from '#core/model/picture.ts'
import { layOut, NO_LAYOUT, type Layout, type LayoutInput } from './layout.ts'
import { markAll, type Marks, type Obstacles } from './marks.ts'
import type { Course } from './route.ts'
import { MANY_WORKLOADS, type Line } from './scene.ts'

/** What the canvas remembers from picture to picture, so that nothing jumps: places, colours, and how namespaces opened. */
export interface CanvasMemory {
  /** The layout that follows the last one; `key` changes with the workspace and each tidy, and begins anew. */
  readonly layOut: (key: string, input: LayoutInput) => Layout
  /** The marks of all lines: those that are well placed stay where they were. */
  readonly mark: (
    lines: readonly Line[],
    courses: ReadonlyMap<string, Course>,
    obstacles: Obstacles,
  ) => ReadonlyMap<string, Marks>
  /** The tint of a namespace: in order of first appearance; the cluster's own stay plain. */
  readonly tintOf: (namespace: string) => string
  /** Namespaces that are shown closed: those that the user closed, or all but those opened where there are very many workloads. */
  readonly closed: (key: string, picture: Picture, toggled: readonly string[]) => ReadonlySet<string>
}

const TINTS = 5

/** A memory that knows nothing yet. */
export function createMemory(): CanvasMemory {
  let current = { key: '', layout: NO_LAYOUT }
  let opened = { key: '', many: false }
  let marks: ReadonlyMap<string, Marks> = new Map()
  const tints = new Map<string, string>()
  return {
    layOut: (key, input) => {
      const previous = key === current.key ? current.layout : NO_LAYOUT
      current = { key, layout: layOut(input, previous) }
      return current.layout
    },
    mark: (lines, courses, obstacles) => {
      marks = markAll(lines, courses, obstacles, marks)
      return marks
    },
    tintOf: (namespace) => {
      if (namespace.startsWith('kube-')) return 'plain'
      const tint = tints.get(namespace) ?? `tint${tints.size % TINTS}`
      tints.set(namespace, tint)
      return tint
    },
    closed: (key, picture, toggled) => {
      // Decided once per workspace: an edit must not close what is open.
      if (opened.key !== key) opened = { key, many: picture.workloads.length > MANY_WORKLOADS }
      const names = picture.namespaces.map((card) => card.name)
      return new Set(names.filter((name) => toggled.includes(name) !== opened.many))
    },
  }
}

/** Keeps the old object for each id whose content is the same, so that only what changed is painted again. */
export function createReuse<T extends { readonly id: string }>(): (next: readonly T[]) => T[] {
  let known = new Map<string, { readonly text: string; readonly value: T }>()
  return (next) => {
    const kept = next.map((value) => {
      const text = JSON.stringify(value)
      const old = known.get(value.id)
      return old?.text === text ? old : { text, value }
    })
    known = new Map(kept.map((entry) => [entry.value.id, entry]))
    return kept.map((entry) => entry.value)
  }
}
