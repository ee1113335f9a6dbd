import { PROTOCOLS } from '#core/model/ports.ts'
import type { PortMatcher } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import { numberOf } from './fields.ts'

/** A container port's name whatever its protocol: one matcher for each protocol, all at one place (semantics.md C.3). */
export function namedPortMatchers(name: string, ref: Ref): readonly PortMatcher[] {
  return PROTOCOLS.map((protocol) => ({ protocol, port: { type: 'named', name }, ref }))
}

/** A mapping with `start` and `end`; undefined where one is missing, or where no port is between them. */
export function readRange(tree: Tree | undefined): PortMatcher['port'] | undefined {
  const from = numberOf(child(tree, 'start'))
  const to = numberOf(child(tree, 'end'))
  return from === undefined || to === undefined || from > to ? undefined : { type: 'range', from, to }
}
