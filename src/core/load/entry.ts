import type { TypeMeta } from '#core/kinds/meta.ts'
import type { KubeObject } from '#core/kinds/object.ts'
import type { Diagnostic, DocumentId } from '#core/model/text.ts'
import type { Parsed } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'

/** A part of a file that is one document: a `---` part, or one item of a List. */
export interface Piece {
  readonly from: number
  readonly to: number
  /** Offsets in it are offsets in the file, `from` apart. */
  readonly text: string
  /** What an item without a kind of its own is: `PodList` makes its items pods. */
  readonly type?: TypeMeta | undefined
  /** An item of a List that couldn't be cut: read with the whole, whose text decides over it, too. */
  readonly within?: { readonly whole: string; readonly parsed: Parsed } | undefined
}

/** One document as read. It depends on its text and the file's default namespace alone, and is kept while they stay. */
export interface Entry {
  readonly id: DocumentId
  readonly text: string
  readonly whole?: string | undefined
  /** The kind that its list gives it. */
  readonly listed?: string | undefined
  /** The file's default namespace. */
  readonly namespace?: string | undefined
  readonly type: TypeMeta
  /** Left out for what has no meaning here and for pods, of which a cluster has thousands. */
  readonly tree?: Tree | undefined
  readonly state: 'object' | 'ignored' | 'broken' | 'rejected' | 'empty'
  /** What stands for the document: its own meaning, or the last good one while it has none; stale policies say so. */
  readonly meaning?: KubeObject | undefined
  /** Is `meaning` not what the text says now, or rejected? */
  readonly stale: boolean
  /** The last meaning that was good. */
  readonly good?: KubeObject | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** A document at its place in this revision. */
export interface Placed {
  readonly entry: Entry
  readonly file: string
  readonly from: number
  readonly to: number
  /** First line, from 1; and the column where it begins, from 1: an item of a List may stand in mid-line. */
  readonly line: number
  readonly column: number
}
