import { marginOf, startsLine } from './layout.ts'
import { firstOf } from './spans.ts'
import type { MappingNode, SequenceNode, Tree } from './tree.ts'

/** How a document writes what stands in brackets. */
export interface FlowHabit {
  /** Between a key and its value. */
  readonly colon: string
  /** Between two of them on one line. */
  readonly comma: string
  /** `{ a: 1 }` rather than `{a: 1}`. */
  readonly padsMaps: boolean
  /** `[ a ]` rather than `[a]`. */
  readonly padsLists: boolean
  /** The blanks of one level where brackets go over several lines; undefined where none does. */
  readonly unit: string | undefined
}

type Container = MappingNode | SequenceNode

/** The habit of the first brackets of each kind; JSON alone may leave out blanks. */
export function flowHabitOf(text: string, nodes: readonly Tree[], json: boolean): FlowHabit {
  const filled = nodes.filter(isFilledFlow)
  const maps = filled.filter((node) => node.type === 'mapping')
  const lists = filled.filter((node) => node.type === 'sequence')
  const colon = json ? firstFound(maps, (map) => colonOf(text, map)) : undefined
  const comma = json ? firstFound(filled, (node) => commaOf(text, node)) : undefined
  return {
    colon: colon ?? ': ',
    comma: comma ?? (colon === ':' ? ',' : ', '),
    padsMaps: firstFound(maps, (map) => padOf(text, map)) ?? false,
    padsLists: firstFound(lists, (list) => padOf(text, list)) ?? false,
    unit: firstFound(filled, (node) => unitOf(text, node)),
  }
}

/** Do its brackets stand on one line with blanks inside? Undefined where the first of it stands below its bracket. */
export function padOf(text: string, node: Container): boolean | undefined {
  const first = firstOf(node)
  if (!first || /[\n\r]/.test(text.slice(node.range.from, first.from))) return undefined
  return text[node.range.from + 1] === ' '
}

function isFilledFlow(node: Tree): node is Tree & Container {
  return node.type !== 'scalar' && node.style === 'flow' && firstOf(node) !== undefined
}

function firstFound<T, V>(all: readonly T[], look: (one: T) => V | undefined): V | undefined {
  for (const one of all) {
    const found = look(one)
    if (found !== undefined) return found
  }
  return undefined
}

function colonOf(text: string, map: MappingNode): string | undefined {
  const [first] = map.entries
  const between = first && text.slice(first.keyNode.range.to, first.value.range.from)
  return between !== undefined && /^ *: *$/.test(between) ? between : undefined
}

function commaOf(text: string, node: Container): string | undefined {
  const from = node.type === 'sequence' ? node.items[0]?.range.to : node.entries[0]?.value.range.to
  const to = node.type === 'sequence' ? node.items[1]?.range.from : node.entries[1]?.keyNode.range.from
  const between = from === undefined || to === undefined ? '' : text.slice(from, to)
  return /^ *, *$/.test(between) ? between : undefined
}

// The line of the opening bracket may lack its margin: in an item that was cut out of a List.
function unitOf(text: string, node: Container): string | undefined {
  const first = firstOf(node)
  if (!first || !startsLine(text, first.from)) return undefined
  const close = node.range.to - 1
  const outer = marginOf(text, startsLine(text, close) ? close : node.range.from)
  const inner = marginOf(text, first.from)
  return inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : undefined
}
