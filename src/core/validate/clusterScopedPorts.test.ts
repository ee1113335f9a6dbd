import { describe, expect, test } from 'vitest'
import { repeated, ALL, anpRule, cnpRule, anpPort, cnpItem } from './clusterScoped.testkit.ts'
import { sayings } from './said.testkit.ts'

const outside = (peer: string): readonly string[] =>
  sayings(cnpRule(`action: Accept, to: [${ALL}, ${peer}], protocols: [{destinationNamedPort: http}]`, 'egress'))
const tcp = (port: string): string => cnpItem(`{tcp: {destinationPort: ${port}}}`)

describe('ports of v1alpha1 (semantics.md C.4)', () => {
  const NAMED = 'info experimental-field namedPort'
  test.each([
    [anpPort('{}'), ['error needs-one-field {}']],
    [
      anpPort('{portNumber: {port: 1}, portRange: {start: 1, end: 2}}'),
      ['error only-one-field {portNumber: {port: 1}, portRange: {start: 1, end: 2}}'],
    ],
    [anpPort('{portNumber: {}}'), ['error number-required {}']],
    [anpPort('{portNumber: {port: 0}}'), ['error number-out-of-range 0']],
    [anpPort('{portNumber: {port: 65536}}'), ['error number-out-of-range 65536']],
    [anpPort('{portNumber: {port: "80"}}'), ['error wrong-type "80"']],
    [anpPort('{portNumber: {port: 80, protocol: tcp}}'), ['warning unsupported-protocol tcp']],
    [anpPort('{portRange: {start: 80}}'), ['error number-required {start: 80}']],
    [
      anpPort('{portRange: {start: 0, end: 65536}}'),
      ['error number-out-of-range 0', 'error number-out-of-range 65536'],
    ],
    [anpPort('{portRange: {start: 90, end: 80}}'), ['warning empty-port-range 80']],
    [anpPort('{namedPort: http}'), [NAMED]],
    [anpPort('{namedPort: "80"}'), ['warning impossible-port-name "80"', NAMED]],
    [anpPort('{port: 80}'), ['error unknown-field port', 'error needs-one-field {port: 80}']],
    [
      anpPort(repeated('{portNumber: {port: 1}}', 101)),
      [`error too-many-items [${repeated('{portNumber: {port: 1}}', 101)}]`],
    ],
    [
      anpRule(
        'action: Deny, to: [{networks: [10.0.0.0/8]}], ports: [{portNumber: {port: 1}}, {namedPort: http}]',
        'egress',
      ),
      [NAMED, 'warning named-port-outside-pods http'],
    ],
  ])('%.200s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })
})

describe('protocols of v1alpha2 (semantics.md C.3)', () => {
  test.each([
    [cnpItem('{}'), ['error needs-one-field {}']],
    [cnpItem('{quic: {}}'), ['error unknown-field quic', 'error needs-one-field {quic: {}}']],
    [
      cnpItem('{tcp: {destinationPort: {number: 1}}, destinationNamedPort: http}'),
      ['error only-one-field {tcp: {destinationPort: {number: 1}}, destinationNamedPort: http}'],
    ],
    [cnpItem('{udp: {destinationPort: null}}'), ['error needs-destination-port {destinationPort: null}']],
    [tcp('{}'), ['error needs-one-field {}']],
    [tcp('{number: 1, range: {start: 1, end: 2}}'), ['error only-one-field {number: 1, range: {start: 1, end: 2}}']],
    [tcp('{number: 0}'), ['error number-out-of-range 0']],
    [tcp('{number: 65536}'), ['error number-out-of-range 65536']],
    [tcp('{range: {start: 90, end: 80}}'), ['error empty-port-range {start: 90, end: 80}']],
    [tcp('{range: {end: 80}}'), ['error number-required {end: 80}']],
    [tcp('80'), ['error wrong-type 80']],
    [cnpItem('{tcp: 80}'), ['error wrong-type 80']],
    [cnpItem('{destinationNamedPort: HTTP}'), ['warning impossible-port-name HTTP']],
    [
      cnpItem(repeated('{destinationNamedPort: a}', 26)),
      [`error too-many-items [${repeated('{destinationNamedPort: a}', 26)}]`],
    ],
  ])('%.200s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test('a name can only be looked up in pods', () => {
    const rejected = 'error named-port-outside-pods http'
    expect(outside(ALL)).toEqual([])
    expect(outside('{networks: [10.0.0.0/8]}')).toEqual([rejected])
    expect(outside('{nodes: {}}')).toEqual(['info experimental-field nodes', rejected])
    expect(outside('{domainNames: [a.b]}')).toEqual(['info experimental-field domainNames', rejected])
  })
})
