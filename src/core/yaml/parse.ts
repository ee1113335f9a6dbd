import { type Event, parseEvents, YAMLException } from 'js-yaml'
import { buildTree } from './build.ts'
import type { YamlProblem } from './problem.ts'
import { quickTree } from './quick.ts'
import { describeReason } from './reasons.ts'
import type { Tree } from './tree.ts'

/** A document as read: no `tree` where it is empty or can't be read at all. */
export interface Parsed {
  readonly tree?: Tree | undefined
  readonly problems: readonly YamlProblem[]
}

// kubectl takes any line that starts with three dashes as a mark, and refuses it with anything but a comment behind it.
const BAD_MARK = /(?<![^\n\r])\uFEFF?---(?![ \t]*(?:#|[\n\r]|$))[^\n\r]*/g

/** Reads one document as kubectl does (stack.md 3, semantics.md B.6), with the place of each value. Never throws: what is wrong is in `problems`. */
export function parseDocument(text: string): Parsed {
  const tree = quickTree(text)
  return tree ? { tree, problems: [] } : parseAny(text)
}

/** The same by the general parser, whatever the text looks like. */
export function parseAny(text: string): Parsed {
  const source = bomFirst(text)
  const problems: YamlProblem[] = badMarks(source)
  const events = eventsOf(source)
  if (!Array.isArray(events)) return { problems: problems.length > 0 ? problems : [events] }
  const tree = buildTree(source, events, (problem) => problems.push(problem))
  return tree ? { tree, problems } : { problems }
}

/** The plain value of a tree; mappings have no prototype, so `__proto__` is a key like any other. The last of several keys counts. */
export function toPlain(tree: Tree): unknown {
  if (tree.type === 'scalar') return tree.value
  if (tree.type === 'sequence') return tree.items.map(toPlain)
  const plain = Object.create(null) as Record<string, unknown>
  for (const { key, value } of tree.entries) plain[key] = toPlain(value)
  return plain
}

// The library says to catch everything (stack.md 3); our own part runs outside of this.
function eventsOf(source: string): Event[] | YamlProblem {
  try {
    return parseEvents(source, { maxDepth: 100 })
  } catch (error) {
    const known = error instanceof YAMLException ? error : undefined
    return describeReason(known?.reason ?? 'the parser gives up on this', source, known?.mark?.position ?? 0)
  }
}

// Files that were joined leave a byte order mark behind `---`, which would become part of the first key.
// Swapping the two keeps every offset.
function bomFirst(text: string): string {
  return text.replace(/^(---[ \t]*(?:#[^\n\r]*)?(?:\r?\n|\r))\uFEFF/, '\uFEFF$1')
}

function badMarks(source: string): YamlProblem[] {
  return Array.from(source.matchAll(BAD_MARK), ({ 0: mark, index }) => ({
    code: 'document-mark',
    message:
      'kubectl takes only a bare `---` (or a comment behind it) between documents: put the rest on a line of its own.',
    range: { from: index, to: index + mark.trimEnd().length },
    severity: 'error',
  }))
}
