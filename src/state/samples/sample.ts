/** A workspace to try things with; its texts are written here. */
export interface Sample {
  readonly id: string
  /** For the menu and the workspace's name. */
  readonly name: string
  /** What it shows, one sentence. */
  readonly about: string
  /** The one line that says what to try. */
  readonly hint: string
  /** The file to show first; undefined: the first. */
  readonly show?: string | undefined
  readonly files: readonly { readonly path: string; readonly text: string }[]
}
