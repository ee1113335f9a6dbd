import type { FileChange, TextEdit } from '#core/model/text.ts'
import { CHECKS_FILE } from './place.ts'

/** Lines that come and go. */
export interface Lines {
  readonly added: number
  readonly removed: number
}

/** How many lines of text changes add and remove, a changed line as both; the file of checks is left out, since no cluster reads it. */
export function countLines(changes: readonly FileChange[], textOf: (path: string) => string): Lines {
  const counts = changes.filter((change) => change.path !== CHECKS_FILE).map((change) => linesOfChange(change, textOf))
  return { added: sum(counts.map(({ added }) => added)), removed: sum(counts.map(({ removed }) => removed)) }
}

function linesOfChange(change: FileChange, textOf: (path: string) => string): Lines {
  switch (change.type) {
    case 'create':
      return { added: linesOf(change.text).length, removed: 0 }
    case 'delete':
      return { added: 0, removed: linesOf(textOf(change.path)).length }
    case 'rename':
      return { added: 0, removed: 0 }
    case 'edit': {
      const text = textOf(change.path)
      const counts = change.edits.map((edit) => linesOfEdit(text, edit))
      return { added: sum(counts.map(({ added }) => added)), removed: sum(counts.map(({ removed }) => removed)) }
    }
  }
}

// Whole lines before and after, without those that are equal at both ends.
function linesOfEdit(text: string, { from, to, insert }: TextEdit): Lines {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const feed = text.indexOf('\n', to)
  const end = feed < 0 ? text.length : feed
  const before = linesOf(text.slice(start, end))
  const after = linesOf(text.slice(start, from) + insert + text.slice(to, end))
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return { added: after.length - head - tail, removed: before.length - head - tail }
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
