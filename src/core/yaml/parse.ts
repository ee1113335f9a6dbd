import { parseEvents, YAMLException } from 'js-yaml'
import { buildTree } from './build.ts'
import type { YamlProblem } from './problem.ts'
import type { Tree } from './tree.ts'

/** A document as read: no `tree` where it is empty or can't be read at all. */
export interface Parsed {
  readonly tree?: Tree | undefined
  readonly problems: readonly YamlProblem[]
}

/** Reads one document as kubectl does (stack.md 3, semantics.md B.6), with the place of each value. Never throws: what is wrong is in `problems`. */
export function parseDocument(text: string): Parsed {
  const source = bomFirst(text)
  const problems: YamlProblem[] = []
  try {
    const tree = buildTree(source, parseEvents(source, { maxDepth: 100 }), (problem) => problems.push(problem))
    return tree ? { tree, problems } : { problems }
  } catch (error) {
    return { problems: [...problems, describe(error, source)] }
  }
}

/** The plain value of a tree; mappings have no prototype, so `__proto__` is a key like any other. The last of several keys counts. */
export function toPlain(tree: Tree): unknown {
  if (tree.type === 'scalar') return tree.value
  if (tree.type === 'sequence') return tree.items.map(toPlain)
  const plain = Object.create(null) as Record<string, unknown>
  for (const { key, value } of tree.entries) plain[key] = toPlain(value)
  return plain
}

// Files that were joined leave a byte order mark behind `---`, which would become part of the first key.
// Swapping the two keeps every offset.
function bomFirst(text: string): string {
  return text.replace(/^(---[ \t]*\r?\n)\uFEFF/, '\uFEFF$1')
}

function describe(error: unknown, source: string): YamlProblem {
  if (!(error instanceof YAMLException)) throw error
  const at = Math.min(error.mark?.position ?? 0, source.length)
  const end = source.indexOf('\n', at)
  const to = Math.max(at, end < 0 ? source.length : end)
  return {
    code: 'yaml-syntax',
    message: `This is not YAML: ${error.reason}.`,
    range: { from: at, to },
    severity: 'error',
  }
}
