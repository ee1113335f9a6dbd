import { typeOf } from '#core/kinds/meta.ts'
import { type Loaded, type SourceFile, treeOf } from '#core/load/load.ts'
import type { DocumentInfo } from '#core/model/picture.ts'
import type { LeanCopy } from '#core/model/sharing.ts'
import { toPlain } from '#core/yaml/parse.ts'
import type { Tree } from '#core/yaml/tree.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { isPolicy } from './collect.ts'
import { LEAN, LEAN_WITH_IPS, renamedNodes, shaped } from './leanShape.ts'
import { leanText } from './strip.ts'

/** `ips`: the addresses of pods and nodes, too; verdicts on IP blocks read them. */
export interface LeanOptions {
  readonly ips: boolean
}

/**
 * A copy of a workspace that holds only what verdicts read (design.md 9): policies, checks and settings with their
 * comments but without annotations, of everything else names, labels, ports and selectors, written anew. Secrets and
 * other kinds are never in it. Without addresses nodes have other names: theirs are often made of addresses.
 */
export function leanCopy(files: readonly SourceFile[], loaded: Loaded, options: LeanOptions): LeanCopy {
  const taken = new Set<string>()
  const writing: Writing = { ...options, nodes: new Map() }
  const counting = files.filter(({ counts }) => counts)
  const kept = counting.flatMap((file) => {
    const documents = loaded.documents.filter((info) => info.file === file.path && isKept(info, loaded, options))
    if (documents.length === 0) return []
    const text = documents.map((info) => textOf(info, loaded, writing)).join('---\n')
    const namespace = file.namespace === undefined ? {} : { namespace: file.namespace }
    return [{ path: freePath(file.path, taken), text, ...namespace }]
  })
  return { files: kept, leftOut: tellLeftOut(files, loaded, options), needsIps: !options.ips && readsIps(loaded) }
}

/** How the copy is written: with the names that its nodes have in it, by their own. */
type Writing = LeanOptions & { readonly nodes: Map<string, string> }

// Only blocks and peers that are nodes look at addresses.
function readsIps({ policies, cluster }: Loaded): boolean {
  const asks = policies.some(({ rules }) =>
    rules.some(({ peers }) => peers !== 'any' && peers.some(({ type }) => type === 'ipBlock' || type === 'nodes')),
  )
  return (
    asks && (cluster.nodes.length > 0 || cluster.workloads.some(({ pods }) => pods.some(({ ips }) => ips.length > 0)))
  )
}

// What doesn't parse is somebody's question, if it is meant as a policy; a rejected workload could become a valid one.
function isKept(info: DocumentInfo, loaded: Loaded, { ips }: LeanOptions): boolean {
  switch (info.outcome) {
    case 'object':
      return ips || info.kind !== 'Node'
    case 'rejected':
      return speaks(info)
    case 'broken':
      return speaks(info) || MEANT_AS_POLICY.test(loaded.trees.get(info.id)?.text ?? '')
    case 'ignored':
    case 'overridden':
    case 'empty':
      return false
  }
}

const MEANT_AS_POLICY = /^[ \t"']*kind["']?[ \t]*:[ \t]*["']?(\w*Policy|ConnectivityChecks|DrawbridgeSettings)\b/m
const OURS = /^(ConnectivityChecks|DrawbridgeSettings)$/

// People wrote its text for others to read.
function speaks(info: DocumentInfo): boolean {
  return isPolicy(info) || OURS.test(info.kind)
}

function textOf(info: DocumentInfo, loaded: Loaded, writing: Writing): string {
  const text = loaded.trees.get(info.id)?.text ?? ''
  const tree = treeOf(loaded, info.id)
  if (!tree) return `${text.replace(/^\uFEFF?---[^\n]*\n/, '').trimEnd()}\n`
  return speaks(info) ? leanText(text, tree) : writeYaml(leanValue(tree, info.kind, writing))
}

// An item of a List may leave its kind to the List.
function leanValue(tree: Tree, listed: string, { ips, nodes }: Writing): unknown {
  const { group, version, kind } = typeOf(tree)
  const plain = toPlain(tree)
  const cut = shaped(plain, ips ? LEAN_WITH_IPS : LEAN)
  const parts = (ips ? cut : renamedNodes(cut, (node) => nameOf(node, nodes))) as object | undefined
  const head = { apiVersion: group === '' ? version || 'v1' : `${group}/${version}`, kind: kind || listed }
  return isHeadless(plain)
    ? { ...head, ...parts, spec: { clusterIP: 'None', ...specOf(parts) } }
    : { ...head, ...parts }
}

function nameOf(node: string, names: Map<string, string>): string {
  const name = names.get(node) ?? `node-${names.size + 1}`
  names.set(node, name)
  return name
}

function isHeadless(plain: unknown): boolean {
  return specOf(plain)['clusterIP'] === 'None'
}

function specOf(plain: unknown): Readonly<Record<string, unknown>> {
  const { spec } = (plain ?? {}) as { readonly spec?: unknown }
  return typeof spec === 'object' && spec !== null ? (spec as Record<string, unknown>) : {}
}

// Everything is YAML now.
function freePath(path: string, taken: Set<string>): string {
  const stem = path.replace(/[.](ya?ml|json)$/i, '')
  const ending = /[.]yml$/i.test(path) ? '.yml' : '.yaml'
  let found = `${stem}${ending}`
  for (let n = 2; taken.has(found); n++) found = `${stem}-${n}${ending}`
  taken.add(found)
  return found
}

function tellLeftOut(files: readonly SourceFile[], loaded: Loaded, options: LeanOptions): readonly string[] {
  const silent = new Set(files.filter(({ counts }) => !counts).map(({ path }) => path))
  const gone = loaded.documents.filter(
    (info) => info.outcome !== 'empty' && !silent.has(info.file) && !isKept(info, loaded, options),
  )
  const stripped = loaded.documents.some((info) => isKept(info, loaded, options) && !speaks(info))
  return [
    ...(stripped ? ['Images, commands, environment, volumes and annotations'] : []),
    ...(options.ips ? [] : ['IP addresses of pods and nodes']),
    ...tally(gone),
    ...[...silent].map((path) => `${path}, which doesn’t count`),
  ]
}

function tally(gone: readonly DocumentInfo[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const info of gone) {
    const name = info.kind === '' ? 'Document that can’t be read' : info.kind
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`))
}
