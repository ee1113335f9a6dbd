import type { DocumentInfo, Problem } from '#core/model/picture.ts'

/** A file's line in the tree: its documents as far as they are shown, and how many errors and warnings it has. */
export interface FileLine {
  readonly path: string
  readonly documents: readonly DocumentLine[]
  /** How many documents it holds, empty ones not counted. */
  readonly count: number
  readonly errors: number
  readonly warnings: number
}

/** A document's line under its file. */
interface DocumentLine {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly errors: number
  readonly dim: boolean
}

/** The tree of the paths with what the engine read in each; kinds that have no say come last and only as a count. */
export function fileLines(
  paths: readonly string[],
  documents: readonly DocumentInfo[],
  problems: readonly Problem[],
): readonly FileLine[] {
  const byFile = groupBy(documents, ({ file }) => file)
  const troubles = groupBy(problems, ({ file }) => file)
  const byDocument = groupBy(
    problems.filter(({ severity }) => severity === 'error'),
    ({ ref }) => ref.document,
  )
  return paths.map((path) => {
    const own = (byFile.get(path) ?? []).filter(({ outcome }) => outcome !== 'empty')
    const found = troubles.get(path) ?? []
    return {
      path,
      count: own.length,
      errors: found.filter(({ severity }) => severity === 'error').length,
      warnings: found.filter(({ severity }) => severity === 'warning').length,
      documents: own
        .filter(({ outcome, id }) => outcome !== 'ignored' || byDocument.has(id))
        .map((document) => ({
          id: document.id,
          name: nameOf(document),
          kind: document.kind,
          errors: byDocument.get(document.id)?.length ?? 0,
          dim: document.outcome === 'overridden',
        })),
    }
  })
}

function nameOf({ name, kind, line }: DocumentInfo): string {
  const short = name.slice(name.lastIndexOf('/') + 1)
  return short || kind || `line ${line}`
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
