import type { TextEdit } from '#core/model/text.ts'
import type { Change } from './content.ts'

/** One thing that undo takes back. `backward` is in the order in which to apply it. */
export interface Step {
  /** What was done, for the buttons: `typing in shop.yaml`. */
  readonly label: string
  readonly forward: readonly Change[]
  readonly backward: readonly Change[]
  /** When it was done (the last of a burst), in milliseconds. */
  readonly at: number
  /** True for keystrokes, which join. */
  readonly typing: boolean
  /** What to do beside the texts, e.g. bring a deleted workspace back. */
  readonly effects?: { readonly undo: () => void; readonly redo: () => void } | undefined
}

/** One global order of what was done (design.md 8). `open`: the last step may still grow. */
export interface History {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  readonly open: boolean
}

/** Nothing done yet. */
export const NO_HISTORY: History = { past: [], future: [], open: false }

/** Memory of edited text that history may hold, in bytes; the oldest steps go first, the newest always stays. */
export const HISTORY_BYTES = 64 * 1024 * 1024

/** Keystrokes further apart than this, in milliseconds, are steps of their own. */
const BURST_MS = 500

const STEP_BYTES = 200

/** Adds a step; what had been undone is forgotten. Typing joins the burst before it. */
export function record(history: History, step: Step, limit = HISTORY_BYTES): History {
  const last = history.open ? history.past.at(-1) : undefined
  const joined = last && join(last, step)
  const past = joined ? [...history.past.slice(0, -1), joined] : [...history.past, step]
  return { past: bound(past, limit), future: [], open: true }
}

/** The step to take back, and the history after it; undefined at the beginning. */
export function takeBack(history: History): { readonly step: Step; readonly history: History } | undefined {
  const step = history.past.at(-1)
  if (!step) return undefined
  return { step, history: { past: history.past.slice(0, -1), future: [...history.future, step], open: false } }
}

/** The step to do again, and the history after it; undefined where nothing was undone. */
export function bringBack(history: History): { readonly step: Step; readonly history: History } | undefined {
  const step = history.future.at(-1)
  if (!step) return undefined
  return { step, history: { past: [...history.past, step], future: history.future.slice(0, -1), open: false } }
}

/** Bytes of text that a step keeps alive which the workspace itself doesn't. */
function bytesOf(step: Step): number {
  return [...step.forward, ...step.backward].reduce((sum, change) => sum + 2 * charactersOf(change), STEP_BYTES)
}

// A file that was added is the workspace's own text (and stays as `opened`): it costs nothing here.
function charactersOf(change: Change): number {
  switch (change.type) {
    case 'edit':
      return change.edits.reduce((sum, edit) => sum + edit.insert.length + 16, 0)
    case 'restore':
      return change.file.text.length
    case 'replace':
      return change.file.text.length
    case 'positions':
      return Object.keys(change.positions).length * 32
    case 'add':
    case 'remove':
    case 'rename':
    case 'reading':
      return 32
  }
}

const sizes = new WeakMap<Step, number>()

function sizeOf(step: Step): number {
  const known = sizes.get(step)
  if (known !== undefined) return known
  const size = bytesOf(step)
  sizes.set(step, size)
  return size
}

function bound(past: readonly Step[], limit: number): readonly Step[] {
  let sum = 0
  for (let i = past.length - 1; i >= 0; i--) {
    sum += sizeOf(past[i] as Step)
    if (sum > limit && i < past.length - 1) return past.slice(i + 1)
  }
  return past
}

function join(last: Step, next: Step): Step | undefined {
  if (!last.typing || !next.typing || next.at - last.at >= BURST_MS) return undefined
  const [before, after] = [burstOf(last), burstOf(next)]
  if (!before || !after || before.path !== after.path) return undefined
  const composed = composeAll(before.edits, after.edits)
  if (!composed) return undefined
  return {
    ...next,
    label: last.label,
    forward: [{ type: 'edit', path: before.path, edits: composed.map(({ forward }) => forward) }],
    backward: [{ type: 'edit', path: before.path, edits: composed.map(({ backward }) => backward) }],
  }
}

/** An edit and what takes it back; the latter counts from the text after all edits of its step. */
interface Pair {
  readonly forward: TextEdit
  readonly backward: TextEdit
}

function burstOf(step: Step): { path: string; edits: readonly Pair[] } | undefined {
  const [forward] = step.forward
  const [backward] = step.backward
  if (step.forward.length !== 1 || forward?.type !== 'edit' || backward?.type !== 'edit') return undefined
  const backwards = backward.edits.toSorted((a, b) => a.from - b.from)
  const edits = forward.edits
    .toSorted((a, b) => a.from - b.from)
    .flatMap((edit, i): Pair[] => {
      const inverse = backwards[i]
      return inverse ? [{ forward: edit, backward: inverse }] : []
    })
  return { path: forward.path, edits }
}

// With several cursors each one's keystroke joins its own; all of them or none.
function composeAll(first: readonly Pair[], next: readonly Pair[]): readonly Pair[] | undefined {
  if (first.length !== next.length) return undefined
  const composed: Pair[] = []
  let [shiftFirst, shiftNext] = [0, 0]
  let end = -1
  for (const [i, before] of first.entries()) {
    const after = next[i]
    const both = after && compose(before, after)
    const from = Math.min(before.backward.from, after?.forward.from ?? 0)
    if (!both || (i > 0 && from <= end)) return undefined
    end = Math.max(before.backward.to, after.forward.to)
    composed.push({ forward: shifted(both.forward, -shiftFirst), backward: shifted(both.backward, shiftNext) })
    shiftFirst += growth(before.forward)
    shiftNext += growth(after.forward)
  }
  return composed
}

function growth({ from, to, insert }: TextEdit): number {
  return insert.length - (to - from)
}

function shifted(edit: TextEdit, by: number): TextEdit {
  return { ...edit, from: edit.from + by, to: edit.to + by }
}

// Where two edits touch, both together are one edit of the text before the first. All counted between the two.
function compose(first: Pair, next: Pair): Pair | undefined {
  const { from: a, to: b } = first.backward
  const { from: c, to: d } = next.forward
  if (c > b || d < a) return undefined
  const from = Math.min(a, c)
  const removedBefore = next.backward.insert.slice(0, Math.max(0, a - c))
  const removedAfter = d > b ? next.backward.insert.slice(b - c) : ''
  const kept = first.forward.insert.slice(0, Math.max(0, c - a))
  const insert = kept + next.forward.insert + (d < b ? first.forward.insert.slice(d - a) : '')
  const removed = removedBefore + first.backward.insert + removedAfter
  return {
    forward: { from, to: from + removed.length, insert },
    backward: { from, to: from + insert.length, insert: removed },
  }
}
