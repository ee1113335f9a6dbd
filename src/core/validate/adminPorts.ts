import { isNull, numberOf, textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import type { ClusterScopedRules } from './clusterScoped.ts'
import { checkExperimental } from './clusterScopedPeers.ts'
import { type Field, inside, report } from './field.ts'
import { checkBounds, PORT_NUMBERS } from './limits.ts'
import { faultsOfPortName } from './names.ts'
import { checkProtocol } from './protocol.ts'
import { object, STRING } from './schema.ts'
import { checkExactlyOne } from './union.ts'

/** `ports` of v1alpha1: protocols and the order of a range aren't checked by the server, so they are warnings (semantics.md C.4). */
export const ADMIN_PORTS: ClusterScopedRules['ports'] = {
  key: 'ports',
  schema: object({
    portNumber: object({ protocol: STRING, port: { type: 'int32' } }),
    portRange: object({ protocol: STRING, start: { type: 'int32' }, end: { type: 'int32' } }),
    namedPort: STRING,
  }),
  check: checkPort,
  name: 'namedPort',
  // The CRD refuses it, but analysers take it, and what is published has it: the name matches nothing outside.
  nameOutside: 'warning',
}

/** A port's name: the server takes any text, but a container can't declare any (semantics.md B.4). */
export function checkPortName(field: Field): readonly Diagnostic[] {
  const name = textOf(field.tree)
  const [fault] = name === undefined ? [] : faultsOfPortName(name)
  if (fault === undefined) return []
  const message = `no container port can be named "${name ?? ''}", so it matches nothing: ${fault}`
  return [report(field, { code: 'impossible-port-name', severity: 'warning', message })]
}

function checkPort(item: Field): readonly Diagnostic[] {
  const [number, range] = [inside(item, 'portNumber'), inside(item, 'portRange')]
  return [
    ...checkExactlyOne(item, ['portNumber', 'portRange', 'namedPort']),
    ...(isNull(number.tree) ? [] : checkBounds(inside(number, 'port'), PORT_NUMBERS, 'a number from 1 to 65535')),
    ...(isNull(range.tree) ? [] : checkRange(range)),
    ...[number, range].flatMap((field) => checkProtocol(inside(field, 'protocol')).map(asWarning)),
    ...checkPortName(inside(item, 'namedPort')),
    ...checkExperimental(item, 'namedPort'),
  ]
}

function checkRange(range: Field): readonly Diagnostic[] {
  const [start, end] = [inside(range, 'start'), inside(range, 'end')]
  const [from, to] = [numberOf(start.tree), numberOf(end.tree)]
  const bounds = [start, end].flatMap((field) => checkBounds(field, PORT_NUMBERS, 'a number from 1 to 65535'))
  if (from === undefined || to === undefined || from <= to) return bounds
  const message = `the range ${from}-${to} holds no port: \`end\` must not be less than \`start\``
  return [...bounds, report(end, { code: 'empty-port-range', severity: 'warning', message })]
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'warning', message: `${diagnostic.message}; it matches nothing` }
}
