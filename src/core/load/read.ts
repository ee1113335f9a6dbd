import type { SourceDocument } from '#core/kinds/kind.ts'
import { typeOf } from '#core/kinds/meta.ts'
import type { KubeObject } from '#core/kinds/object.ts'
import { readObject } from '#core/kinds/read.ts'
import type { Diagnostic, DocumentId, TextRange } from '#core/model/text.ts'
import { validate } from '#core/validate/validate.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import type { Entry, Piece } from './entry.ts'
import { type Hint, recogniseLostIndentation, recogniseText, recogniseTree } from './hints.ts'
import { typed } from './pieces.ts'

/** What an entry is read from. */
export interface Reading {
  readonly id: DocumentId
  readonly piece: Piece
  readonly namespace: string | undefined
  /** The same document before the edit. */
  readonly before?: Entry | undefined
}

/** Reads one document: parse, lower, validate. A document that has no meaning now keeps its last good one, marked stale. */
export function readEntry(reading: Reading): Entry {
  const { id, piece, namespace } = reading
  const parsed = piece.within?.parsed ?? parseDocument(piece.text)
  const tree = parsed.tree && typed(parsed.tree, piece.type)
  const problems = parsed.problems.map((problem) => diagnostic(id, problem))
  const base = {
    id,
    text: piece.text,
    whole: piece.within?.whole,
    listed: piece.type?.kind,
    namespace,
    type: typeOf(tree),
  }
  if (!tree) return withoutTree(reading, base, problems)
  const document: SourceDocument = { id, tree, namespace }
  const object = readObject(document)
  if (!object) return withoutMeaning(reading, { ...base, tree }, problems)
  const lost = object.meta.name === '' ? recogniseLostIndentation(tree) : undefined
  const diagnostics = [...problems, ...(lost ? [diagnostic(id, lost)] : validate(document))]
  const kept = { ...base, tree: object.type === 'pod' ? undefined : tree, diagnostics }
  if (!diagnostics.some(({ severity }) => severity === 'error')) {
    return { ...kept, state: 'object', meaning: object, stale: false, good: object }
  }
  return { ...kept, state: 'rejected', ...rejected(object, reading.before?.good) }
}

type Base = Pick<Entry, 'id' | 'text' | 'whole' | 'listed' | 'namespace' | 'type' | 'tree'>

function withoutTree({ id, before, piece }: Reading, base: Base, problems: readonly Diagnostic[]): Entry {
  const isBroken = problems.some(({ severity }) => severity === 'error')
  if (!isBroken) return { ...base, state: 'empty', stale: false, diagnostics: problems }
  const hint = recogniseText(piece.text)
  const good = before?.good
  const diagnostics = hint ? [diagnostic(id, hint)] : problems
  // Its name stays in the list while it is being mended.
  const type = before?.type ?? base.type
  return { ...base, type, state: 'broken', stale: good !== undefined, meaning: good && stale(good), good, diagnostics }
}

function withoutMeaning(
  { id, piece }: Reading,
  base: Base & { readonly tree: Tree },
  problems: readonly Diagnostic[],
): Entry {
  const hint =
    base.type.kind === '' ? (recogniseText(piece.text) ?? recogniseTree(base.tree)) : recogniseTree(base.tree)
  const diagnostics = hint ? [...problems, diagnostic(id, hint)] : problems
  return { ...base, tree: undefined, state: 'ignored', stale: false, diagnostics }
}

// What the server rejects has no effect: the last good meaning stands in, dimmed; a policy that never had one is drawn,
// but has no say (design.md 8). Other objects keep what can be read of them: a workload isn't taken off the canvas for a bad annotation.
function rejected(object: KubeObject, good: KubeObject | undefined): Pick<Entry, 'meaning' | 'stale' | 'good'> {
  const isPolicy = object.type === 'policy'
  const isSame = good?.type === object.type && good.meta.name === object.meta.name
  return { meaning: isPolicy && isSame ? stale(good) : stale(object, true), stale: true, good }
}

function stale(object: KubeObject, inert = false): KubeObject {
  if (object.type !== 'policy') return object
  return {
    ...object,
    policies: object.policies.map((policy) => ({ ...policy, stale: true, ...(inert ? { inert } : {}) })),
  }
}

type Finding = Pick<Diagnostic, 'code' | 'severity' | 'message'> & { readonly range: TextRange }

function diagnostic(id: DocumentId, { code, severity, message, range }: Finding | Hint): Diagnostic {
  return { code, severity, message, ref: { document: id, path: [], range } }
}
