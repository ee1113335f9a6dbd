/** A file of a lean copy: all of it counts. */
interface LeanFile {
  readonly path: string
  readonly text: string
  /** Read into documents without `metadata.namespace`, as in the file that it comes from. */
  readonly namespace?: string | undefined
}

/** What verdicts read of a workspace (design.md 9), and what of it stayed behind, in sentences for people. */
export interface LeanCopy {
  readonly files: readonly LeanFile[]
  readonly leftOut: readonly string[]
  /** It is without addresses, and policies ask for those that the workspace has: some verdicts may be others. */
  readonly needsIps: boolean
}
