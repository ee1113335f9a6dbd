import type { Connection } from './connection.ts'

/** A way to write permitted connections. */
export interface ConnectionFormat {
  /** What `-o` calls it. */
  readonly id: string
  /** For people, in a list of formats. */
  readonly title: string
  /** The whole text in pieces, one at a time, so that millions of connections need no memory. */
  readonly write: (connections: Iterable<Connection>) => Iterable<string>
}
