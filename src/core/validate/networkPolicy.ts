import { isNull, numberOf, textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import type { Validator } from './validator.ts'
import { fault, type Field, inside, items } from './field.ts'
import { checkIpBlock } from './ipBlock.ts'
import { checkMetadata } from './metadata.ts'
import { faultsOfPortName } from './names.ts'
import { checkProtocol } from './protocol.ts'
import { ANY, decode, listOf, METADATA, object, STRING } from './schema.ts'
import { checkSelector, SELECTOR } from './selector.ts'

const PEERS = listOf(
  object({
    podSelector: SELECTOR,
    namespaceSelector: SELECTOR,
    ipBlock: object({ cidr: STRING, except: listOf(STRING) }),
  }),
)
const PORTS = listOf(object({ protocol: STRING, port: { type: 'intOrString' }, endPort: { type: 'int32' } }))
const SCHEMA = object({
  apiVersion: STRING,
  kind: STRING,
  metadata: METADATA,
  spec: object({
    podSelector: SELECTOR,
    policyTypes: listOf(STRING),
    ingress: listOf(object({ from: PEERS, ports: PORTS })),
    egress: listOf(object({ to: PEERS, ports: PORTS })),
  }),
  // Dumps of Kubernetes 1.24 to 1.27 have one.
  status: ANY,
})
const TYPES = new Set(['Ingress', 'Egress'])

/** NetworkPolicy v1 as kubectl and the API server check it; rules of both directions, whatever policyTypes says (semantics.md B). */
export const networkPolicy: Validator = {
  kinds: ['networking.k8s.io/NetworkPolicy'],
  check: (root) => [
    ...decode(root, SCHEMA),
    ...checkMetadata(root, { kind: 'NetworkPolicy', scope: 'namespaced' }),
    ...checkSpec(inside(root, 'spec')),
  ],
}

function checkSpec(spec: Field): readonly Diagnostic[] {
  const rules = [
    ...items(inside(spec, 'ingress')).map((rule) => ({ rule, peers: 'from' })),
    ...items(inside(spec, 'egress')).map((rule) => ({ rule, peers: 'to' })),
  ]
  return [
    ...checkSelector(inside(spec, 'podSelector')),
    ...rules.flatMap(({ rule, peers }) =>
      items(inside(rule, 'ports'))
        .flatMap(checkPort)
        .concat(items(inside(rule, peers)).flatMap(checkPeer)),
    ),
    ...checkTypes(inside(spec, 'policyTypes')),
  ]
}

function checkTypes(field: Field): readonly Diagnostic[] {
  const types = items(field)
  if (types.length > 2) {
    return [
      fault(field, {
        code: 'too-many-policy-types',
        type: 'Invalid value',
        detail: 'may not specify more than two policyTypes',
      }),
    ]
  }
  return types.flatMap((type) => {
    const value = textOf(type.tree) ?? ''
    const detail = 'supported values: "Ingress", "Egress"'
    return TYPES.has(value)
      ? []
      : [fault(type, { code: 'unsupported-policy-type', type: 'Unsupported value', value, detail })]
  })
}

function checkPeer(peer: Field): readonly Diagnostic[] {
  const isSet = (key: string): boolean => !isNull(inside(peer, key).tree)
  const selectors = ['podSelector', 'namespaceSelector'].filter(isSet)
  if (selectors.length === 0 && !isSet('ipBlock')) {
    const detail = 'must specify a peer: podSelector, namespaceSelector or ipBlock (`{}` for all)'
    return [fault(peer, { code: 'empty-peer', type: 'Required value', detail })]
  }
  const both = {
    code: 'ip-block-with-selector',
    type: 'Forbidden',
    detail: 'may not specify both ipBlock and another peer',
  } as const
  return [
    ...(isSet('ipBlock') && selectors.length > 0 ? [fault(peer, both)] : []),
    ...selectors.flatMap((key) => checkSelector(inside(peer, key))),
    ...(isSet('ipBlock') ? checkIpBlock(inside(peer, 'ipBlock')) : []),
  ]
}

function checkPort(field: Field): readonly Diagnostic[] {
  return [...checkProtocol(inside(field, 'protocol')), ...checkNumber(inside(field, 'port')), ...checkEndPort(field)]
}

function checkNumber(field: Field): readonly Diagnostic[] {
  const number = numberOf(field.tree)
  if (number !== undefined) return isPort(number) ? [] : [fault(field, { code: 'invalid-port', ...outOfRange(number) })]
  if (isNull(field.tree)) return []
  const name = textOf(field.tree) ?? ''
  const advice = /^\d+$/.test(name) ? '; a number must not be in quotes' : ''
  return faultsOfPortName(name).map((detail) =>
    fault(field, { code: 'invalid-port-name', type: 'Invalid value', value: name, detail: detail + advice }),
  )
}

function checkEndPort(field: Field): readonly Diagnostic[] {
  const at = inside(field, 'endPort')
  if (isNull(at.tree)) return []
  const port = inside(field, 'port').tree
  const from = numberOf(port)
  const to = numberOf(at.tree)
  const invalid = (detail: string): Diagnostic =>
    fault(at, { code: 'invalid-end-port', type: 'Invalid value', value: to, detail })
  const range = to === undefined || isPort(to) ? [] : [fault(at, { code: 'invalid-end-port', ...outOfRange(to) })]
  if (isNull(port)) return [...range, invalid('may not be specified when `port` is not specified')]
  if (from === undefined) return [...range, invalid('may not be specified when `port` is non-numeric')]
  return to !== undefined && to < from ? [...range, invalid('must be greater than or equal to `port`')] : range
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65535
}

function outOfRange(value: number): { type: 'Invalid value'; value: number; detail: string } {
  return { type: 'Invalid value', value, detail: 'must be between 1 and 65535, inclusive' }
}
