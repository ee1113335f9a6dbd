import type { Connection } from './connection.ts'
import type { ConnectionFormat } from './format.ts'

/** A table of GitHub's Markdown. */
export const md: ConnectionFormat = { id: 'md', title: 'a Markdown table', write }

/** A row of a Markdown table; what a cell can't hold is escaped. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('*', '\\*')).join(' | ')} |\n`
}

function* write(connections: Iterable<Connection>): Generator<string, void, void> {
  yield '| src | dst | conn |\n|-----|-----|------|\n'
  for (const { src, dst, conn } of connections) yield row([src, dst, conn])
}
