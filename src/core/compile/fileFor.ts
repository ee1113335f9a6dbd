import type { SourceFile } from '#core/load/load.ts'
import { type Copy, withText } from './copy.ts'

/** Where the workspace keeps what is sketched on the canvas (design.md 8). */
export const SKETCH_FILE = 'sketch.yaml'
/** Where new checks go where there are none yet (design.md 7). */
export const CHECKS_FILE = 'checks.yaml'

/** The file for a new policy: the YAML file with most policies of its namespace, else `policies/<namespace>.yaml`; never JSON or a List (design.md 8). */
export function policyFile(copy: Copy, namespace: string): string {
  const counts = new Map<string, number>()
  for (const { kind, name, file } of copy.loaded.documents)
    if (kind === 'NetworkPolicy' && name.startsWith(`${namespace}/`)) counts.set(file, (counts.get(file) ?? 0) + 1)
  const fitting = [...counts].filter(([path]) => takesDocuments(copy.files.find((file) => file.path === path)))
  const best = fitting.toSorted((a, b) => b[1] - a[1])[0]
  return best?.[0] ?? `policies/${namespace}.yaml`
}

/** Adds a document at the end of a file, or makes the file; in the line ends that the file has. */
export function withNewDocument(copy: Copy, path: string, document: string): Copy {
  const file = copy.files.find((one) => one.path === path)
  const free = file && !takesDocuments(file) ? freePath(copy, path) : path
  if (!file || free !== path || file.text.trim() === '') return withText(copy, free, document)
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n'
  const gap = file.text.endsWith('\n') ? '' : newline
  // A separator that already stands at the end takes the document.
  const mark = /(?:^|\n)---[ \t]*\r?\n?$/.test(file.text) ? '' : `---${newline}`
  return withText(copy, path, file.text + gap + mark + document.replaceAll('\n', newline))
}

// JSON, a List and a file that has no say can't take another document.
function takesDocuments(file: SourceFile | undefined): boolean {
  if (!file?.counts || /\.json$/i.test(file.path)) return false
  return !/^\uFEFF?\s*[{[]/.test(file.text) && !/^kind:\s*["']?\w*List\b/m.test(file.text)
}

function freePath(copy: Copy, path: string): string {
  const taken = new Set(copy.files.map((file) => file.path))
  const stem = path.replace(/\.yaml$/, '')
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}.yaml`)) return `${stem}-${n}.yaml`
}
