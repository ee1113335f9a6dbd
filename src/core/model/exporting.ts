/** What an export contains. */
export interface ExportOptions {
  /** Only what differs from the texts as opened, or everything. */
  readonly what: 'changed' | 'everything'
  /** Workloads, Services, namespaces too (policies always). */
  readonly workloads: boolean
  /** Sketched workloads too (design.md 8). */
  readonly sketches: boolean
  readonly layout: 'one-file' | 'file-per-policy'
}

/** An export, ready to copy, download or zip. Plain texts; nothing is left out in silence. */
export interface ExportBundle {
  /** Paths relative to the export's folder; with `kustomization.yaml` last where the layout is many files. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** `kubectl apply -f …`, then `kubectl delete networkpolicy …` lines for what was removed. */
  readonly commands: readonly string[]
  /** What was left out and why: rejected policies, sketches. */
  readonly leftOut: readonly string[]
}
