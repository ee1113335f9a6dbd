/** A half-open span of UTF-16 code units, `[from, to)`, in a text that the context names. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** Replace the span `[from, to)` of a text by `insert`; offsets are of the text before the edit. */
export interface TextEdit extends TextRange {
  readonly insert: string
}

/** Where a value stands in a document: map keys and list indices from its root, e.g. `['spec', 'ingress', 0]`. */
export type FieldPath = readonly (string | number)[]

/**
 * A stable name of one document of the workspace. It stays the same while the document's text is
 * edited and while documents around it come and go.
 */
export type DocumentId = string

/**
 * A place in the workspace that a verdict, a message or a click can point at. `range` counts from the
 * start of the document (so that it survives edits in front of it); `DocumentInfo.range.from` makes it absolute.
 */
export interface Ref {
  readonly document: DocumentId
  readonly path: FieldPath
  readonly range: TextRange
}

/** A message about the user's text, at its place; `message` says what to do. */
export interface Diagnostic {
  /** Unique and stable, kebab-case, e.g. `invalid-cidr`. */
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly ref: Ref
}

/** A change to the workspace's files. Edits of one file do not overlap; offsets are of the file before the change. */
export type FileChange =
  | { readonly type: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  | { readonly type: 'create'; readonly path: string; readonly text: string }
  | { readonly type: 'delete'; readonly path: string }
  | { readonly type: 'rename'; readonly path: string; readonly to: string }

/** Writes a path as Kubernetes does in its messages: `spec.ingress[0].from[1]`; an empty path is ``. */
export function formatPath(path: FieldPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}
