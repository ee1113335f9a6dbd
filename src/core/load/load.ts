import type { Check } from '#core/model/check.ts'
import type { Cluster } from '#core/model/cluster.ts'
import type { Counts, DocumentInfo, Problem } from '#core/model/picture.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import type { DocumentId, Ref, TextRange } from '#core/model/text.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { type Assembled, assemble } from './cluster.ts'
import { countAll } from './counts.ts'
import type { Placed } from './entry.ts'
import { findPatches, recogniseTemplate, type Overlay } from './overlays.ts'
import { findOverridden } from './override.ts'
import { entriesOf, type Ids, type ReadFile, readFile, type SourceFile } from './readFile.ts'
import { checksOf, objectsOf, policiesOf, settingsOf } from './meanings.ts'
import { describeDocuments, listProblems } from './report.ts'

export type { SourceFile }

/** A document's text and tree as the loaded workspace holds them; offsets count from `from` in the file. */
interface LoadedDocument {
  /** Left out for what does not parse, has no meaning here, and for pods: see `treeOf`. */
  readonly tree?: Tree | undefined
  readonly text: string
  readonly file: string
  readonly from: number
}

/** Everything that the texts of a workspace say. Plain, immutable; equal parts of the loading before are the same objects. */
export interface Loaded {
  readonly files: readonly SourceFile[]
  /** In workspace order. */
  readonly documents: readonly DocumentInfo[]
  readonly trees: ReadonlyMap<DocumentId, LoadedDocument>
  readonly cluster: Cluster
  /** Stale ones (broken, rejected) are among them and say so; overridden ones are not. */
  readonly policies: readonly Policy[]
  readonly checks: readonly Check[]
  readonly settings: Settings
  readonly problems: readonly Problem[]
  readonly counts: Counts
  /** What the next loading goes on from; of no use to anybody else. */
  readonly memory: Memory
}

/** What a loading remembers for the next one. */
interface Memory {
  readonly files: readonly ReadFile[]
  readonly next: number
  readonly assembled: Assembled
}

/** How far a loading is, in characters. */
export interface LoadProgress {
  readonly done: number
  readonly total: number
}

/** Loads the texts of a workspace, in its order. `previous` keeps what didn't change, ids and last good meanings. Never throws on any text. */
export function load(files: readonly SourceFile[], previous?: Loaded): Loaded {
  const steps = loadSteps(files, previous)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same, in steps: the caller may stop between any two. */
export function* loadSteps(files: readonly SourceFile[], previous?: Loaded): Generator<LoadProgress, Loaded> {
  const ids: Ids = { next: previous?.memory.next ?? 1 }
  const predecessors = findPredecessors(files, previous?.memory.files ?? [])
  const total = files.reduce((sum, { text }) => sum + text.length, 0)
  const read: ReadFile[] = []
  let done = 0
  for (const file of files) {
    const steps = readFile(file, predecessors.get(file), ids)
    let step = steps.next()
    for (; !step.done; step = steps.next()) yield { done: done + step.value, total }
    read.push(step.value)
    done += file.text.length
  }
  return putTogether(files, read, ids, previous)
}

/** Where a ref stands in its file now, absolute; undefined where its document is gone. */
export function locate(loaded: Loaded, ref: Ref): { readonly file: string; readonly range: TextRange } | undefined {
  const document = loaded.trees.get(ref.document)
  if (!document) return undefined
  const end = document.text.length
  const from = document.from + Math.min(ref.range.from, end)
  return { file: document.file, range: { from, to: document.from + Math.min(ref.range.to, end) } }
}

/** The tree of a document, parsed again where it isn't kept (pods, ignored kinds); undefined for what does not parse. */
export function treeOf(loaded: Loaded, id: DocumentId): Tree | undefined {
  const document = loaded.trees.get(id)
  return document && (document.tree ?? parseDocument(document.text).tree)
}

// By path; a file that was renamed, by its text.
function findPredecessors(
  files: readonly SourceFile[],
  before: readonly ReadFile[],
): ReadonlyMap<SourceFile, ReadFile> {
  const byPath = new Map(before.map((file) => [file.source.path, file]))
  const paths = new Set(files.map(({ path }) => path))
  const gone = before.filter(({ source }) => !paths.has(source.path))
  const found = new Map<SourceFile, ReadFile>()
  for (const file of files) {
    const renamed = gone.findIndex(({ source }) => source.text === file.text)
    const old = byPath.get(file.path) ?? (renamed < 0 ? undefined : gone.splice(renamed, 1)[0])
    if (old) found.set(file, old)
  }
  return found
}

function putTogether(
  files: readonly SourceFile[],
  read: readonly ReadFile[],
  ids: Ids,
  previous: Loaded | undefined,
): Loaded {
  const all = read.flatMap(({ placed }) => placed)
  const overlays = findOverlays(files, read)
  const { counting, overridden, standing } = chooseStanding(read, overlays)
  const policies = policiesOf(standing)
  const settings = settingsOf(standing, previous?.settings)
  const assembled = assemble(objectsOf(standing), policies, settings, previous?.memory.assembled)
  const view = { all, counting: new Set(counting), overridden, overlays }
  return {
    files,
    documents: describeDocuments(view, previous?.documents),
    trees: new Map(all.map((placed) => [placed.entry.id, loadedDocument(placed)])),
    cluster: assembled.cluster,
    policies,
    checks: checksOf(standing),
    settings,
    problems: listProblems(view, previous?.problems),
    counts: countAll(counting, standing, assembled.cluster),
    memory: { files: read, next: ids.next, assembled },
  }
}

// The documents of files that have a say, and those of them that count.
function chooseStanding(read: readonly ReadFile[], overlays: ReadonlyMap<string, Overlay>) {
  const files = read.filter(({ source }) => source.counts && !overlays.has(source.path))
  const counting = files.flatMap(({ placed }) => placed)
  const { by: overridden, shadowed } = findOverridden(counting)
  const standing = counting.filter((placed) => placed.entry.meaning && !overridden.has(placed) && !shadowed.has(placed))
  return { counting, overridden, standing }
}

function findOverlays(files: readonly SourceFile[], read: readonly ReadFile[]): ReadonlyMap<string, Overlay> {
  const templates = read.flatMap((file) => {
    const overlay = recogniseTemplate(file.source, entriesOf(file))
    return overlay ? [[file.source.path, overlay] as const] : []
  })
  return new Map([...templates, ...findPatches(files)])
}

function loadedDocument({ entry, file, from }: Placed): LoadedDocument {
  return { tree: entry.tree, text: entry.text, file, from }
}
