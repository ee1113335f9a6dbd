import type { DocumentId } from '#core/model/text.ts'
import type { Tree } from '#core/yaml/tree.ts'
import type { KubeObject } from './object.ts'

/** One document as a kind reads it: its tree, and the namespace that a missing `metadata.namespace` means. */
export interface SourceDocument {
  readonly id: DocumentId
  readonly tree: Tree
  /** The file's own default namespace; undefined: `default`. */
  readonly namespace?: string | undefined
}

/** How documents of one Kubernetes kind become model objects. One file per kind, one line in the registry. */
export interface Kind {
  /** API groups that serve it, the present one first; '' is the core group. */
  readonly groups: readonly string[]
  readonly kind: string
  /** The versions of the present group that are served, the best one first; left out where every version is read alike. */
  readonly versions?: readonly string[]
  readonly scope: 'namespaced' | 'cluster'
  /** A small document of this kind: what the registry test reads. */
  readonly example: string
  /** Reads any tree, also a nonsensical one; what can't be read is left out. Never throws. */
  readonly read: (document: SourceDocument) => KubeObject
}
