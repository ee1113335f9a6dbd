import type { Cluster } from '#core/model/cluster.ts'
import { itemsOf, textAt, textOf } from '#core/kinds/fields.ts'
import { PROTOCOLS } from '#core/model/ports.ts'
import type { TextRange } from '#core/model/text.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { type Cursor, readCursor } from './cursor.ts'

/** One thing that could be written at the cursor. */
interface Completion {
  readonly label: string
  /** What it is, for people: `2 workloads`, `declared by db`; '' where the label says it all. */
  readonly detail: string
}

/** What could be written, and which part of the text it would take the place of. */
export interface Completions extends TextRange {
  readonly items: readonly Completion[]
}

/**
 * What could stand at an offset of a file, inside a document of checks (design.md 7): fields, namespaces, workloads of the
 * end's namespace, ports of the destination, expectations, nodes. Works on text that doesn't parse; undefined elsewhere.
 */
export function completeCheck(text: string, offset: number, cluster: Cluster): Completions | undefined {
  const cursor = readCursor(text, offset)
  if (!cursor) return undefined
  const items = itemsAt(cursor, cluster)
  return items.length > 0 ? { from: cursor.from, to: cursor.to, items } : undefined
}

const plain = (label: string, detail = ''): Completion => ({ label, detail })

const FIELDS = [
  plain('name', 'unique in the file'),
  plain('from', 'who opens the connection'),
  plain('to', 'who is reached'),
  plain('ports', 'left out: all'),
  plain('expect', 'allowed or denied'),
  plain('only', 'nobody else may reach it; instead of from and expect'),
]
const END_FIELDS = [
  plain('namespace'),
  plain('workload', 'Kind/name in the namespace'),
  plain('cidr', '10.0.0.0/8'),
  plain('internet', 'true'),
  plain('host', 'a name or an IP'),
  plain('anyNamespace', 'true: all pods'),
  plain('anywhere', 'true'),
  plain('node'),
  plain('ingressController', 'true'),
]
const FLAGS = new Set(['internet', 'anywhere', 'anyNamespace', 'ingressController'])

function itemsAt({ tree, path, isKey }: Cursor, cluster: Cluster): readonly Completion[] {
  const [root, i, field, ...deeper] = path
  const item = at(tree, path.slice(0, 2))
  if (root !== 'checks' || typeof i !== 'number') return []
  if (field === undefined) return unwritten(FIELDS, item)
  if (field === 'expect') return [plain('allowed', 'every asked port is open'), plain('denied', 'none is')]
  if (field === 'ports') return portsOf(item, cluster)
  const inside = field === 'only' ? deeper.slice(1) : deeper
  const isEnd = field === 'from' || field === 'to' || (field === 'only' && deeper.length > 0)
  if (isEnd && inside.length === 0) return isKey ? unwritten(END_FIELDS, at(tree, path)) : endsOf(cluster)
  const [key] = inside
  return isEnd && typeof key === 'string' && !isKey ? valuesOf(key, at(tree, path.slice(0, -1)), cluster) : []
}

function unwritten(fields: readonly Completion[], mapping: Tree | undefined): readonly Completion[] {
  return fields.filter(({ label }) => child(mapping, label) === undefined)
}

function valuesOf(key: string, end: Tree | undefined, cluster: Cluster): readonly Completion[] {
  if (FLAGS.has(key)) return [plain('true')]
  if (key === 'node') return cluster.nodes.map(({ name }) => plain(name))
  if (key === 'namespace') return cluster.namespaces.map(({ name }) => plain(name, contents(name, cluster)))
  if (key !== 'workload') return []
  // Without a namespace all are offered, with theirs.
  const namespace = textAt(end, 'namespace')
  const own = cluster.workloads.filter((one) => namespace === undefined || one.namespace === namespace)
  return own.map((one) => plain(`${one.kind}/${one.name}`, `in ${one.namespace}`))
}

function contents(name: string, { workloads }: Cluster): string {
  const count = workloads.filter(({ namespace }) => namespace === name).length
  return count === 1 ? '1 workload' : `${count} workloads`
}

// Whole ends, ready to be written.
function endsOf({ workloads, namespaces }: Cluster): readonly Completion[] {
  return [
    ...workloads.map(({ namespace, kind, name }) =>
      plain(`{ namespace: ${inline(namespace)}, workload: ${inline(`${kind}/${name}`)} }`, `${namespace}/${name}`),
    ),
    ...namespaces.map(({ name }) => plain(`{ namespace: ${inline(name)} }`, `all of ${name}`)),
    plain('{ internet: true }', 'the internet'),
    plain('{ anyNamespace: true }', 'all pods'),
    plain('{ anywhere: true }', 'anywhere'),
  ]
}

// An assumed workload is called like its selector.
function inline(text: string): string {
  return /^[a-z][\w./-]*$/i.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
}

function portsOf(item: Tree | undefined, { workloads }: Cluster): readonly Completion[] {
  const [namespace, workload] = [textAt(item, 'to', 'namespace'), textAt(item, 'to', 'workload')]
  const own = workloads.filter(
    (one) => one.namespace === namespace && (workload === undefined || `${one.kind}/${one.name}` === workload),
  )
  const declared = own.flatMap(({ name: owner, pods }) =>
    pods.flatMap(({ ports }) =>
      ports.flatMap(({ name, port, protocol }) => [
        plain(`${protocol}/${port}`, `${name === undefined ? '' : `${name}, `}declared by ${owner}`),
        ...(name === undefined ? [] : [plain(`${protocol}/${name}`, `${port}, declared by ${owner}`)]),
      ]),
    ),
  )
  const all = [...declared, ...PROTOCOLS.map((protocol) => plain(protocol, 'all of its ports'))]
  const written = new Set(itemsOf(child(item, 'ports')).map(textOf))
  return [...new Map(all.map((one) => [one.label, one])).values()].filter(({ label }) => !written.has(label))
}
