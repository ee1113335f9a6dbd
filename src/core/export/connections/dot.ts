import { groupBy } from '#core/model/group.ts'
import type { Connection } from './connection.ts'
import type { ConnectionFormat } from './format.ts'

/** A graph for Graphviz, the workloads of a namespace in a box. */
export const dot: ConnectionFormat = { id: 'dot', title: 'a graph for Graphviz, a box for each namespace', write }

// The boxes come last: only then it is known who has a connection at all.
function* write(connections: Iterable<Connection>): Generator<string, void, void> {
  const seen = new Set<string>()
  yield 'digraph {\n'
  for (const { src, dst, conn } of connections) {
    seen.add(src).add(dst)
    yield `  ${quoted(src)} -> ${quoted(dst)} [label=${quoted(conn)}]\n`
  }
  yield* boxes([...seen].toSorted())
  yield '}\n'
}

function* boxes(names: readonly string[]): Generator<string, void, void> {
  for (const name of names.filter((one) => !one.includes('/'))) yield `  ${quoted(name)} [color="red2"]\n`
  const inside = names.filter((name) => name.includes('/'))
  for (const [namespace, own] of groupBy(inside, namespaceOf)) {
    yield `  subgraph ${quoted(`cluster_${namespace}`)} {\n    label=${quoted(namespace)}\n`
    for (const name of own) yield `    ${quoted(name)} [label=${quoted(name.slice(namespace.length + 1))}]\n`
    yield '  }\n'
  }
}

// No namespace has a slash, but a name that is made up from labels may.
function namespaceOf(name: string): string {
  return name.slice(0, name.indexOf('/'))
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
