import { isList } from '#core/kinds/read.ts'
import type { SourceFile } from '#core/load/load.ts'
import { treeOf } from '#core/load/load.ts'
import { habitOf } from '#core/yaml/habit.ts'
import { newlineOf } from '#core/yaml/layout.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { type Habit, writeYaml } from '#core/yaml/write.ts'
import { change, type Draft, textOf } from './draft.ts'

/** Where sketched namespaces and workloads go (design.md 8). */
export const SKETCH_FILE = 'sketch.yaml'
/** Where checks go while there are none (design.md 7). */
export const CHECKS_FILE = 'checks.yaml'

const HABIT: Habit = { indent: 2, indentLists: true }

/** The file for a new policy: the one YAML file with most policies of its namespace, else `policies/<namespace>.yaml`; never JSON or a List (design.md 8). */
export function policyFile(draft: Draft, namespace: string): string {
  const open = new Set(draft.files.filter(takesDocuments).map(({ path }) => path))
  const counts = [...policyCounts(draft, namespace)].filter(([path]) => open.has(path))
  const [best, next] = counts.toSorted((a, b) => b[1] - a[1])
  // Of many with as many, none is more of a home than the others.
  return best && best[1] > (next?.[1] ?? 0) ? best[0] : `policies/${namespace}.yaml`
}

/** How many NetworkPolicies of a namespace each file holds, in workspace order; files without any are left out. */
export function policyCounts({ loaded }: Draft, namespace: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { kind, name, file, outcome } of loaded.documents) {
    const isPolicy = kind === 'NetworkPolicy' && outcome !== 'ignored' && name.startsWith(`${namespace}/`)
    if (isPolicy) counts.set(file, (counts.get(file) ?? 0) + 1)
  }
  return counts
}

/** Adds a document at the end of a file, or makes the file; a file that takes no documents gets a neighbour instead. */
export function addDocument(
  draft: Draft,
  wanted: string,
  value: object,
): { readonly draft: Draft; readonly path: string } {
  return addDocuments(draft, wanted, [value])
}

/** Adds documents as `addDocument`, in one step; none change nothing. */
export function addDocuments(
  draft: Draft,
  wanted: string,
  values: readonly object[],
): { readonly draft: Draft; readonly path: string } {
  const path = openPath(draft, wanted)
  if (values.length === 0) return { draft, path }
  const text = textOf(draft, path)
  const habit = text === undefined ? HABIT : habitIn(draft, path)
  const all = values.map((value) => writeYaml(value, habit)).join('---\n')
  if (text === undefined) return { draft: change(draft, { type: 'create', path, text: all }), path }
  const newline = newlineOf(text)
  const written = all.replaceAll('\n', newline)
  const gap = text === '' || text.endsWith('\n') ? '' : newline
  const insert = `${gap}${needsMark(text) ? `---${newline}` : ''}${written}`
  return { draft: change(draft, { type: 'edit', path, edits: [{ from: text.length, to: text.length, insert }] }), path }
}

/** A policy name that is free in its namespace: DNS-1123, short enough for a label (semantics.md F.5). */
export function freeName({ loaded }: Draft, namespace: string, stem: string, suffix: string): string {
  const taken = new Set(loaded.documents.filter(({ kind }) => kind === 'NetworkPolicy').map(({ name }) => name))
  return nameUnder(stem, suffix, (name) => taken.has(`${namespace}/${name}`))
}

/** The first name made of stem and suffix that isn't taken, as `freeName`. */
export function nameUnder(stem: string, suffix: string, isTaken: (name: string) => boolean): string {
  const base = slug(stem)
  const short = base.length > 50 ? `${base.slice(0, 43).replace(/-+$/, '')}-${hash(stem)}` : base
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${short}${suffix}` : `${short}${suffix}-${n}`
    if (!isTaken(name)) return name
  }
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'pods'
  )
}

// FNV-1a: two long names that begin alike must not become one.
function hash(text: string): string {
  let sum = 0x811c9dc5
  for (const char of text) sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return sum.toString(36).slice(0, 6).padStart(6, '0')
}

function openPath(draft: Draft, wanted: string): string {
  const byPath = new Map(draft.files.map((file) => [file.path, file]))
  const stem = wanted.replace(/\.ya?ml$/, '')
  for (let n = 1; ; n++) {
    const path = n === 1 ? wanted : `${stem}-${n}.yaml`
    const file = byPath.get(path)
    if (!file || takesDocuments(file)) return path
  }
}

// A file without a say, JSON, and a List can't take another document.
function takesDocuments({ path, text, counts }: SourceFile): boolean {
  if (!counts || !/\.ya?ml$/i.test(path) || /^\uFEFF?\s*[[{]/.test(text) || text.includes('{{')) return false
  return !/^kind:[ \t]*["']?\w*List\b/m.test(text) || !holdsList(text)
}

function holdsList(text: string): boolean {
  return text.split(/^---.*$/m).some((part) => {
    const { tree } = parseDocument(part)
    return tree === undefined || isList(tree)
  })
}

// A separator that stands at the end already takes the document; so does a text that holds only comments.
function needsMark(text: string): boolean {
  if (
    text
      .replaceAll(/^\s*#.*$/gm, '')
      .replace(/^\uFEFF/, '')
      .trim() === ''
  )
    return false
  return !/(?:^|\n)---[ \t]*(?:#[^\n]*)?\r?\n?$/.test(text)
}

function habitIn({ loaded }: Draft, path: string): Habit {
  const first = loaded.documents.find(({ file, kind }) => file === path && kind !== '')
  const tree = first && treeOf(loaded, first.id)
  const text = first && loaded.trees.get(first.id)?.text
  return tree && text !== undefined ? habitOf(text, tree) : HABIT
}
