import type { Connection } from './connection.ts'
import type { ConnectionFormat } from './format.ts'

/** RFC 4180 with the header `src,dst,conn`, but with the line ends of Unix. */
export const csv: ConnectionFormat = { id: 'csv', title: 'comma-separated values with a header', write }

function* write(connections: Iterable<Connection>): Generator<string, void, void> {
  yield 'src,dst,conn\n'
  for (const { src, dst, conn } of connections) yield `${[src, dst, conn].map(field).join(',')}\n`
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
