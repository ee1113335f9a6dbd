import { readableName } from '#core/kinds/meta.ts'
import type { DocumentInfo, Problem } from '#core/model/picture.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { at, rangeOf } from '#core/yaml/tree.ts'
import type { Placed } from './entry.ts'
import { linesOf } from './lines.ts'
import { isKustomization, type Overlay } from './overlays.ts'

/** All documents of a workspace, and which of them have a say. */
export interface Reported {
  readonly all: readonly Placed[]
  readonly counting: ReadonlySet<Placed>
  readonly overridden: ReadonlyMap<Placed, Placed>
  readonly overlays: ReadonlyMap<string, Overlay>
}

/** What the screen lists; those that are as before are the same objects. */
export function describeDocuments(view: Reported, before: readonly DocumentInfo[] = []): readonly DocumentInfo[] {
  const known = new Map(before.map((info) => [info.id, info]))
  return view.all.map((placed) => {
    const info = describe(placed, view)
    const old = known.get(info.id)
    return old && isSame(old, info) ? old : info
  })
}

/** Every message at its absolute place, in workspace order; of a file without a say only why it has none. */
export function listProblems(view: Reported, before: readonly Problem[] = []): readonly Problem[] {
  const known = new Map(before.map((problem) => [keyOf(problem), problem]))
  const told = new Set<string>()
  return view.all.flatMap((placed) => {
    const diagnostics = diagnosticsOf(placed, view, told)
    if (diagnostics.length === 0) return []
    const lineAt = linesOf(placed.entry.text)
    const problems = diagnostics.map((diagnostic) => place(placed, diagnostic, lineAt))
    return problems.map((problem) => known.get(keyOf(problem)) ?? problem)
  })
}

function describe(placed: Placed, view: Reported): DocumentInfo {
  const { entry, file, from, to, line } = placed
  const meta = (entry.meaning ?? entry.good)?.meta
  return {
    id: entry.id,
    file,
    range: { from, to },
    line,
    kind: entry.type.kind,
    name: meta ? readableName(meta) : '',
    outcome: outcomeOf(placed, view),
  }
}

function outcomeOf(placed: Placed, view: Reported): DocumentInfo['outcome'] {
  if (!view.counting.has(placed)) return placed.entry.state === 'empty' ? 'empty' : 'ignored'
  return view.overridden.has(placed) ? 'overridden' : placed.entry.state
}

function diagnosticsOf(placed: Placed, view: Reported, told: Set<string>): readonly Diagnostic[] {
  const { entry, file } = placed
  const overlay = view.overlays.get(file)
  if (overlay) {
    if (told.has(file)) return []
    told.add(file)
    return [{ ...overlay, severity: 'info', ref: { document: entry.id, path: [], range: firstLine(entry.text) } }]
  }
  if (!view.counting.has(placed)) return []
  const winner = view.overridden.get(placed)
  const own = isKustomization(file)
    ? entry.diagnostics.filter(({ code }) => code !== 'not-an-object')
    : entry.diagnostics
  return winner ? [...own, overriddenBy(placed, winner)] : own
}

function overriddenBy({ entry }: Placed, winner: Placed): Diagnostic {
  const path = ['metadata', 'name']
  const name = at(entry.tree, path)
  const range = name ? rangeOf(name) : firstLine(entry.text)
  const message = `Overridden by the same object in ${winner.file}, line ${winner.line}: of several the last one counts.`
  return { code: 'overridden', severity: 'warning', message, ref: { document: entry.id, path, range } }
}

function firstLine(text: string): { from: number; to: number } {
  const from = Math.max(0, text.search(/\S/))
  const end = text.slice(from).search(/[\r\n]/)
  return { from, to: end < 0 ? text.length : from + end }
}

function place(placed: Placed, diagnostic: Diagnostic, lineAt: ReturnType<typeof linesOf>): Problem {
  const { entry, file, from } = placed
  const { range } = diagnostic.ref
  const { line, column } = lineAt(Math.min(range.from, entry.text.length))
  return {
    ...diagnostic,
    file,
    at: { from: from + range.from, to: from + range.to },
    line: placed.line + line - 1,
    // A document may begin in the middle of a line.
    column: line === 1 ? placed.column + column - 1 : column,
  }
}

function isSame(a: DocumentInfo, b: DocumentInfo): boolean {
  return (
    a.file === b.file &&
    a.range.from === b.range.from &&
    a.range.to === b.range.to &&
    a.line === b.line &&
    a.kind === b.kind &&
    a.name === b.name &&
    a.outcome === b.outcome
  )
}

function keyOf({ ref, code, message, file, at, line, column }: Problem): string {
  return [ref.document, code, message, file, at.from, at.to, line, column].join('\n')
}
