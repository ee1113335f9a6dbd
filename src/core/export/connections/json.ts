import type { Connection } from './connection.ts'
import type { ConnectionFormat } from './format.ts'

/** One list of `{"src","dst","conn"}`, an object a line. */
export const json: ConnectionFormat = { id: 'json', title: 'a list of {"src", "dst", "conn"}', write }

function* write(connections: Iterable<Connection>): Generator<string, void, void> {
  let before = '['
  for (const { src, dst, conn } of connections) {
    yield `${before}\n  ${JSON.stringify({ src, dst, conn })}`
    before = ','
  }
  yield before === '[' ? '[]\n' : '\n]\n'
}
