import { SKETCH_LABEL } from '#core/kinds/meta.ts'
import { load, type Loaded, type SourceFile, treeOf } from '#core/load/load.ts'
import type { ExportOptions } from '#core/model/exporting.ts'
import type { DocumentInfo } from '#core/model/picture.ts'
import { at } from '#core/yaml/tree.ts'

/** A text as it came in, by the path that it has now; '' for a file that was made here. */
interface OpenedText {
  readonly path: string
  readonly text: string
}

/** What an export is made from. `opened`: of files that differ from it now, and of those that are gone. */
export interface ExportContext {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly opened: readonly OpenedText[]
  readonly deleted: readonly { readonly namespace: string; readonly name: string }[]
}

/** What is exported, and what is not, with the reason. */
export interface Collected {
  readonly documents: readonly DocumentInfo[]
  readonly leftOut: readonly string[]
}

/** What the cluster has and the workspace has no more: `kind` and readable name. */
export interface Gone {
  readonly kind: string
  readonly name: string
}

const NEVER = /^(ConnectivityChecks|DrawbridgeSettings|Node)$/

/** Is it a policy, of whatever kind? */
export function isPolicy({ kind }: Pick<DocumentInfo, 'kind'>): boolean {
  return kind.endsWith('Policy')
}

/** Picks the documents that an export is asked for; nothing that could be meant is left out in silence. */
export function collect(options: ExportOptions, context: ExportContext): Collected {
  const isChanged = options.what === 'everything' ? () => true : changedSince(context)
  const documents: DocumentInfo[] = []
  const leftOut: string[] = []
  let owned = 0
  for (const info of context.loaded.documents) {
    if (!isMeant(info) || !isChanged(info)) continue
    const sort = sortOf(context.loaded, info)
    if (sort !== 'policy' && !options[sort === 'sketch' ? 'sketches' : 'workloads']) {
      if (sort === 'sketch' && options.workloads) leftOut.push(`${nameOf(info)}: only a sketch`)
      continue
    }
    const reason = reasonAgainst(info, context)
    if (reason !== undefined) leftOut.push(`${nameOf(info)}: ${reason}`)
    else if (sort === 'workload' && isOwned(context.loaded, info)) owned++
    else documents.push(info)
  }
  if (owned > 0) leftOut.push(`${owned === 1 ? '1 object' : `${owned} objects`} that a controller makes`)
  return { documents, leftOut: [...leftOut, ...silentFiles(context)] }
}

/** The policies of the texts as they came in that no document is any more, under their name. */
export function gonePolicies(context: ExportContext): readonly Gone[] {
  const namedBefore = missingPolicies(context).filter(({ file }) => !hasNameless(context, file))
  const deleted = context.deleted.map(({ namespace, name }) => ({
    kind: 'NetworkPolicy',
    name: `${namespace}/${name}`,
  }))
  const there = new Set(context.loaded.documents.map(keyOf))
  const gone = [...namedBefore, ...deleted].filter((one) => !there.has(keyOf(one)))
  return [...new Map(gone.map(({ kind, name }) => [keyOf({ kind, name }), { kind, name }])).values()]
}

/** Sentences about policies that may be gone or only unreadable now: for those nothing is deleted. */
export function spared(context: ExportContext): readonly string[] {
  return missingPolicies(context)
    .filter(({ file }) => hasNameless(context, file))
    .map(
      (info) => `${nameOf(info)}: not deleted, since it may be the document of ${info.file} whose name can't be read`,
    )
}

function missingPolicies({ files, loaded, opened }: ExportContext): readonly DocumentInfo[] {
  const there = new Set(loaded.documents.map(keyOf))
  return loadOpened(opened, files).documents.filter(
    (info) => isPolicy(info) && info.outcome === 'object' && !there.has(keyOf(info)),
  )
}

// A policy that is being mended would be taken for a removed one, and its live twin deleted.
function hasNameless({ loaded }: ExportContext, file: string): boolean {
  return loaded.documents.some(
    (info) =>
      info.file === file &&
      (info.outcome === 'broken' || info.outcome === 'rejected') &&
      (info.name === '' || info.name.endsWith('/')),
  )
}

function isMeant({ outcome, kind }: DocumentInfo): boolean {
  return outcome !== 'ignored' && outcome !== 'empty' && !NEVER.test(kind)
}

// What doesn't parse may have been meant as a policy.
function sortOf(loaded: Loaded, info: DocumentInfo): 'policy' | 'sketch' | 'workload' {
  if (isPolicy(info) || info.kind === '') return 'policy'
  return hasLabel(loaded, info, SKETCH_LABEL) ? 'sketch' : 'workload'
}

function reasonAgainst({ id, outcome }: DocumentInfo, { loaded }: ExportContext): string | undefined {
  if (outcome === 'object') return undefined
  if (outcome === 'overridden') return 'another document of this name comes later and counts'
  const why = loaded.problems.find(({ ref, severity }) => ref.document === id && severity === 'error')?.message
  const what = outcome === 'broken' ? 'its text does not parse' : 'the API server would reject it'
  return why === undefined ? what : `${what}: ${why}`
}

function changedSince({ opened, files, loaded }: ExportContext): (info: DocumentInfo) => boolean {
  const differing = new Set(opened.map(({ path }) => path))
  const before = loadOpened(opened, files)
  const known = new Set(before.documents.map((info) => `${keyOf(info)}\n${textOf(before, info)}`))
  return (info) => differing.has(info.file) && !known.has(`${keyOf(info)}\n${textOf(loaded, info)}`)
}

function loadOpened(opened: readonly OpenedText[], files: readonly SourceFile[]): Loaded {
  const namespaces = new Map(files.map(({ path, namespace }) => [path, namespace]))
  return load(opened.map(({ path, text }) => ({ path, text, counts: true, namespace: namespaces.get(path) })))
}

function textOf({ trees }: Loaded, { id }: DocumentInfo): string {
  const text = trees.get(id)?.text ?? ''
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF?---[^\n]*\n/, '')
    .trim()
}

function keyOf({ kind, name }: Gone): string {
  return `${kind} ${name}`
}

function nameOf({ kind, name, file, line }: DocumentInfo): string {
  return name === '' ? `${file}, line ${line}` : `${kind} ${name}`
}

function hasLabel(loaded: Loaded, { id }: DocumentInfo, label: string): boolean {
  return at(treeOf(loaded, id), ['metadata', 'labels', label]) !== undefined
}

function isOwned(loaded: Loaded, { id }: DocumentInfo): boolean {
  const owners = at(treeOf(loaded, id), ['metadata', 'ownerReferences'])
  return owners?.type === 'sequence' && owners.items.length > 0
}

function silentFiles({ files }: ExportContext): readonly string[] {
  return files.filter(({ counts }) => !counts).map(({ path }) => `${path}: it has no say in this workspace`)
}
