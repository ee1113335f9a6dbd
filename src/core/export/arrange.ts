import type { Loaded, SourceFile } from '#core/load/load.ts'
import { treeOf } from '#core/load/load.ts'
import type { ExportBundle } from '#core/model/exporting.ts'
import { groupBy } from '#core/model/group.ts'
import type { DocumentInfo } from '#core/model/picture.ts'
import { at } from '#core/yaml/tree.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { type Gone, isPolicy } from './collect.ts'
import { exportText } from './strip.ts'

type ExportFile = ExportBundle['files'][number]

/** Files of an export that are applied together: into a namespace of their own where their documents name none. */
export interface Group {
  readonly namespace?: string | undefined
  readonly files: readonly ExportFile[]
}

/** Namespaces come first, then what allows, then what denies, so that a roll-out cuts nothing that stays allowed (design.md 8); then the rest. */
export function inOrder(documents: readonly DocumentInfo[], loaded: Loaded): readonly DocumentInfo[] {
  const denies = new Map(loaded.policies.map((policy) => [policy.ref.document, emptyDirections(policy)]))
  const rank = (info: DocumentInfo): number => {
    if (info.kind === 'Namespace') return 0
    return isPolicy(info) ? 1 + (denies.get(info.id) ?? 0) : 4
  }
  return documents.toSorted((a, b) => rank(a) - rank(b))
}

/** Puts documents into one file, or each into its own; those without a namespace apart by the one that their file was given. */
export function arrange(
  documents: readonly DocumentInfo[],
  loaded: Loaded,
  layout: 'one-file' | 'file-per-policy',
): readonly Group[] {
  const defaults = new Map(loaded.files.map((file) => [file.path, file]))
  const groups = groupBy(documents, (info) => namespaceFor(info, loaded, defaults.get(info.file)))
  const taken = new Set<string>()
  return [...groups].map(([namespace, members]) => {
    const texts = members.map((info) => ({ info, text: textOf(info, loaded) }))
    const stem = members.every(isPolicy) ? 'policies' : 'manifests'
    const path = free(namespace === undefined ? `${stem}.yaml` : `${stem}-${namespace}.yaml`, taken)
    const files =
      layout === 'one-file'
        ? [{ path, text: texts.map(({ text }) => text).join('---\n') }]
        : texts.map(({ info, text }) => ({ path: free(pathOf(info), taken), text }))
    return { namespace, files }
  })
}

/** The commands that bring an export into the cluster, and then take away what is gone. */
export function commandsFor(groups: readonly Group[], gone: readonly Gone[]): readonly string[] {
  const applies = groups.map(({ namespace, files }) => {
    const into = namespace === undefined ? '' : ` -n ${quoted(namespace)}`
    return `kubectl apply${into} ${files.map(({ path }) => `-f ${quoted(path)}`).join(' ')}`
  })
  const deletes = gone.map(({ kind, name }) => {
    const slash = name.indexOf('/')
    const into = slash < 0 ? '' : ` -n ${quoted(name.slice(0, slash))}`
    return `kubectl delete ${quoted(kind.toLowerCase())}${into} ${quoted(name.slice(slash + 1))}`
  })
  return [...applies, ...deletes]
}

/** The list of an export's files for kustomize. */
export function kustomization(groups: readonly Group[]): ExportFile {
  const resources = groups.flatMap(({ files }) => files.map(({ path }) => path))
  const value = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }
  return { path: 'kustomization.yaml', text: writeYaml(value, { indent: 2, indentLists: true }) }
}

function emptyDirections({ directions, rules, unevaluated }: Loaded['policies'][number]): number {
  if (unevaluated !== undefined) return 1
  const empty = directions.filter((direction) => rules.every((rule) => rule.direction !== direction)).length
  return empty === 0 ? 0 : empty < directions.length ? 1 : 2
}

function namespaceFor({ id, kind }: DocumentInfo, loaded: Loaded, file: SourceFile | undefined): string | undefined {
  const named = at(treeOf(loaded, id), ['metadata', 'namespace'])
  const isNamed = named?.type === 'scalar' && named.value !== null && named.value !== ''
  return isNamed || kind === 'Namespace' ? undefined : file?.namespace
}

function textOf({ id }: DocumentInfo, loaded: Loaded): string {
  const tree = treeOf(loaded, id)
  const text = loaded.trees.get(id)?.text
  return tree && text !== undefined ? exportText(text, tree) : ''
}

function pathOf({ kind, name }: DocumentInfo): string {
  const [first = '', rest] = name.split('/')
  const own = rest ?? first
  const file = kind === 'NetworkPolicy' ? own : `${kind.toLowerCase()}-${own}`
  return `${rest === undefined ? 'cluster' : safe(first)}/${safe(file)}.yaml`
}

function safe(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^\.+/, '') || 'unnamed'
}

function free(path: string, taken: Set<string>): string {
  const stem = path.replace(/\.yaml$/, '')
  let found = path
  for (let n = 2; taken.has(found.toLowerCase()); n++) found = `${stem}-${n}.yaml`
  taken.add(found.toLowerCase())
  return found
}

// Names come from the user's texts: a shell must take them for nothing else.
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
