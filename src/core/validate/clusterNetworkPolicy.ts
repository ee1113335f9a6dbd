import { isNull, numberOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { checkPriority } from './adminNetworkPolicy.ts'
import { checkPortName } from './adminPorts.ts'
import { clusterScoped } from './clusterScoped.ts'
import { fault, type Field, inside } from './field.ts'
import { checkBounds, checkWord, PORT_NUMBERS } from './limits.ts'
import { object, STRING } from './schema.ts'
import { checkExactlyOne } from './union.ts'

const PROTOCOLS = ['tcp', 'udp', 'sctp']
const PROTOCOL = object({
  destinationPort: object({
    number: { type: 'int32' },
    range: object({ start: { type: 'int32' }, end: { type: 'int32' } }),
  }),
})

/** ClusterNetworkPolicy v1alpha2 (semantics.md C.3). */
export const clusterNetworkPolicy = clusterScoped({
  kind: 'ClusterNetworkPolicy',
  spec: { tier: STRING, priority: { type: 'int32' } },
  checkSpec: (spec) => [...checkWord(inside(spec, 'tier'), ['Admin', 'Baseline']), ...checkPriority(spec)],
  actions: ['Accept', 'Deny', 'Pass'],
  most: 25,
  peers: {
    ingress: ['namespaces', 'pods'],
    egress: ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'],
  },
  selectors: { podSelector: 'error' },
  ports: {
    key: 'protocols',
    schema: object({ tcp: PROTOCOL, udp: PROTOCOL, sctp: PROTOCOL, destinationNamedPort: STRING }),
    check: checkItem,
    name: 'destinationNamedPort',
    nameOutside: 'error',
  },
})

function checkItem(item: Field): readonly Diagnostic[] {
  return [
    ...checkExactlyOne(item, [...PROTOCOLS, 'destinationNamedPort']),
    ...PROTOCOLS.flatMap((key) => checkProtocol(inside(item, key))),
    ...checkPortName(inside(item, 'destinationNamedPort')),
  ]
}

function checkProtocol(field: Field): readonly Diagnostic[] {
  if (field.tree?.type !== 'mapping') return []
  const port = inside(field, 'destinationPort')
  if (isNull(port.tree)) {
    const detail =
      'should have at least 1 properties: for every port write `destinationPort: {range: {start: 1, end: 65535}}`'
    return [fault(field, { code: 'needs-destination-port', type: 'Invalid value', detail })]
  }
  if (port.tree?.type !== 'mapping') return []
  const [number, range] = [inside(port, 'number'), inside(port, 'range')]
  return [
    ...checkExactlyOne(port, ['number', 'range']),
    ...(isNull(number.tree) ? [] : checkBounds(number, PORT_NUMBERS, '')),
    ...(isNull(range.tree) ? [] : checkRange(range)),
  ]
}

function checkRange(range: Field): readonly Diagnostic[] {
  const [start, end] = [inside(range, 'start'), inside(range, 'end')]
  const [from, to] = [numberOf(start.tree), numberOf(end.tree)]
  const bounds = [start, end].flatMap((field) => checkBounds(field, PORT_NUMBERS, 'a number from 1 to 65535'))
  if (from === undefined || to === undefined || from < to) return bounds
  const remedy = from === to ? `for one port write \`number: ${from}\`` : 'put the lower number first'
  const detail = `start port must be less than end port: ${remedy}`
  return [...bounds, fault(range, { code: 'empty-port-range', type: 'Invalid value', value: `${from}-${to}`, detail })]
}
