import type { Connection } from './connection.ts'
import type { ConnectionFormat } from './format.ts'

/** A line each: `src => dst : conn`. */
export const txt: ConnectionFormat = { id: 'txt', title: 'a line each: src => dst : conn', write }

function* write(connections: Iterable<Connection>): Generator<string, void, void> {
  for (const { src, dst, conn } of connections) yield `${src} => ${dst} : ${conn}\n`
}
