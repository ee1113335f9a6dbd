import { describe, expect, test } from 'vitest'
import {
  repeated,
  documentText,
  anp,
  banp,
  cnp,
  SUBJECT,
  ALL,
  anpRule,
  banpRule,
  cnpRule,
  anpPort,
  cnpItem,
  cnpTo,
} from './clusterScoped.testkit.ts'
import { sayings, messages } from './said.testkit.ts'

const ofSubject = (subject: string): string | undefined => messages(anp(`priority: 1, subject: ${subject}`))[0]
const cnpSpec = (spec: string): string => cnp(`${SUBJECT}, ${spec}`)
const ofType = (apiVersion: string, kind: string): string =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: default}, spec: {tier: Admin, priority: 1, ${SUBJECT}}}`

describe('what is accepted without a word', () => {
  test.each([
    anp(`priority: 0, ${SUBJECT}`),
    anp(`priority: 1000, ${SUBJECT}, ingress: [], egress: null`),
    anp(`priority: 1, subject: {namespaces: null, pods: {namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}}`),
    banp(SUBJECT),
    cnp(`tier: Admin, priority: 0, ${SUBJECT}`),
    cnp(`tier: Baseline, priority: 1000, subject: {pods: {podSelector: {}}}`),
    cnp(`tier: Admin, priority: 1, ${SUBJECT}, ingress: [${repeated(`{action: Deny, from: [${ALL}]}`, 25)}]`),
    anp(`priority: 1, ${SUBJECT}, ingress: [${repeated(`{action: Deny, from: [${ALL}]}`, 100)}]`),
    documentText('ClusterNetworkPolicy', 'v1beta1', `tier: Admin, priority: 1, ${SUBJECT}`, '{name: p}'),
    anpRule(`name: ${'n'.repeat(100)}, action: Pass, from: [${ALL}, {pods: {namespaceSelector: {}, podSelector: {}}}]`),
    anpPort('{portNumber: {port: 80}}, {portNumber: {protocol: SCTP, port: 65535}}, {portRange: {start: 80, end: 80}}'),
    cnpItem('{tcp: {destinationPort: {number: 1}}}, {udp: {destinationPort: {range: {start: 1, end: 65535}}}}'),
    cnpItem('{destinationNamedPort: http}, {sctp: {destinationPort: {number: 9}}, tcp: null}'),
    cnpRule(`action: Pass, from: [${ALL}], protocols: null`),
    cnpTo('{networks: [10.1.2.3/8, 0.0.0.0/0, "::/0", "FD00:0::1/64"]}'),
    cnp(
      `tier: Admin, priority: 1, ${SUBJECT}, egress: [{action: Accept, to: [{networks: [10.0.0.0/8]}]}]}, status: {conditions: []`,
    ),
  ])('%.200s', (text) => {
    expect(messages(text)).toEqual([])
  })
})

describe('golden vector 33: what the CRD of ClusterNetworkPolicy rejects', () => {
  test.each([
    [cnpItem('{tcp: {}}'), ['error needs-destination-port {}']],
    [
      cnpItem('{tcp: {destinationPort: {range: {start: 80, end: 80}}}}'),
      ['error empty-port-range {start: 80, end: 80}'],
    ],
    [
      cnp(`tier: Admin, priority: 1, ${SUBJECT}, ingress: [${repeated(`{action: Deny, from: [${ALL}]}`, 26)}]`),
      [`error too-many-items [${repeated(`{action: Deny, from: [${ALL}]}`, 26)}]`],
    ],
  ])('%.200s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test("the server's words, and what to do", () => {
    expect(messages(cnpItem('{tcp: {}}'))).toEqual([
      'spec.ingress[0].protocols[0].tcp: Invalid value: should have at least 1 properties: for every port write `destinationPort: {range: {start: 1, end: 65535}}`',
    ])
    expect(messages(cnpItem('{tcp: {destinationPort: {range: {start: 80, end: 80}}}}'))).toEqual([
      'spec.ingress[0].protocols[0].tcp.destinationPort.range: Invalid value: "80-80": start port must be less than end port: for one port write `number: 80`',
    ])
    const rules = repeated(`{action: Deny, from: [${ALL}]}`, 26)
    expect(messages(cnp(`tier: Admin, priority: 1, ${SUBJECT}, egress: [${rules.replaceAll('from', 'to')}]`))).toEqual([
      'spec.egress: Too many: 26: must have at most 25 items',
    ])
  })
})

describe('spec (semantics.md C.3, C.4)', () => {
  test.each([
    [
      '{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: p}}',
      ['error spec-required'],
    ],
    [anp(SUBJECT), ['error number-required']],
    [anp(`priority: -1, ${SUBJECT}`), ['error number-out-of-range -1']],
    [anp(`priority: 1001, ${SUBJECT}`), ['error number-out-of-range 1001']],
    [anp(`priority: "5", ${SUBJECT}`), ['error wrong-type "5"']],
    [anp(`priority: 5, tier: Admin, ${SUBJECT}`), ['error unknown-field tier']],
    [banp(`priority: 5, ${SUBJECT}`), ['error unknown-field priority']],
    [cnpSpec('priority: 5'), ['error word-required']],
    [cnpSpec('priority: 5, tier: admin'), ['error unsupported-word admin']],
    [cnpSpec('priority: 1001, tier: Admin'), ['error number-out-of-range 1001']],
    [cnpSpec('tier: Admin'), ['error number-required']],
    [anp('priority: 5'), ['error subject-required']],
    [anp('priority: 5, subject: null'), ['error subject-required null']],
    [anp('priority: 5, subject: {}'), ['error needs-one-field {}']],
    [anp('priority: 5, subject: {namespaces: {}, pods: null}'), []],
    [
      anp('priority: 5, subject: {namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}'),
      ['error only-one-field {namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}'],
    ],
    [anp('priority: 5, subject: []'), ['error wrong-type []']],
    [
      anp('priority: 5, subject: {podSelector: {}}'),
      ['error unknown-field podSelector', 'error needs-one-field {podSelector: {}}'],
    ],
    [anp('priority: 5, subject: {namespaces: {matchLabels: {a: b c}}}'), ['error invalid-label-value b c']],
    [anp('priority: 5, subject: {namespaces: {app: web}}'), ['error unknown-field app']],
    [anp('priority: 5, subject: {pods: {podSelector: {}}}'), ['warning selector-required {podSelector: {}}']],
    [
      anp('priority: 5, subject: {pods: {namespaceSelector: {}}}'),
      ['warning selector-required {namespaceSelector: {}}'],
    ],
    [
      cnp('tier: Admin, priority: 5, subject: {pods: {namespaceSelector: {}}}'),
      ['error selector-required {namespaceSelector: {}}'],
    ],
    [
      cnp('tier: Admin, priority: 5, subject: {pods: {podSelector: {matchExpressions: [{key: a, operator: in}]}}}'),
      ['error invalid-selector-operator in'],
    ],
  ])('%s', (text, said) => {
    // What is missing points at the nearest mapping: its text is of no interest here.
    const short = sayings(text).map((saying) =>
      / (spec|number|word|subject)-required \{/.test(saying) ? saying.replace(/ \{.*/s, '') : saying,
    )
    expect(short).toEqual(said)
  })

  test.each([
    ['BaselineAdminNetworkPolicy', '{name: guard}', ['error not-the-default guard']],
    ['BaselineAdminNetworkPolicy', '{name: default}', []],
    ['AdminNetworkPolicy', '{name: Guard}', ['error invalid-name Guard']],
    ['AdminNetworkPolicy', '{name: a, namespace: b}', ['warning namespace-not-allowed b']],
  ])('%s %s', (kind, metadata, said) => {
    const priority = kind === 'AdminNetworkPolicy' ? 'priority: 1, ' : ''
    expect(sayings(documentText(kind, 'v1alpha1', priority + SUBJECT, metadata))).toEqual(said)
  })
})

test('a subject in the words of NetworkPolicy says where they belong', () => {
  expect(ofSubject('{podSelector: {}}')).toBe(
    'strict decoding error: unknown field "spec.subject.podSelector": it belongs into `pods`',
  )
  expect(ofSubject('{namespace: {}}')).toContain('Did you mean `namespaces`?')
  expect(ofSubject('{namespaces: {}, other: 1}')).toMatch(/"spec\.subject\.other"$/)
})

test('numbers out of bounds are told in the words of the server', () => {
  expect(messages(anp(`priority: -1, ${SUBJECT}`))).toEqual([
    'spec.priority: Invalid value: -1: should be greater than or equal to 0',
  ])
  expect(messages(anp(`priority: 1001, ${SUBJECT}`))).toEqual([
    'spec.priority: Invalid value: 1001: should be less than or equal to 1000',
  ])
  expect(messages(anp(SUBJECT))).toEqual([
    'spec.priority: Required value: a number from 0 to 1000; the lower is asked first',
  ])
})

describe('rules', () => {
  const long = 'n'.repeat(101)
  const deny = `{action: Deny, from: [${ALL}]}`
  test.each([
    [anpRule(`action: Accept, from: [${ALL}]`), ['error unsupported-word Accept']],
    [cnpRule(`action: Allow, from: [${ALL}]`), ['error unsupported-word Allow']],
    [banpRule(`action: Pass, from: [${ALL}]`), ['error unsupported-word Pass']],
    [cnpRule(`action: Pass, from: [${ALL}]`), []],
    [cnpRule(`from: [${ALL}]`), [`error word-required {from: [${ALL}]}`]],
    [cnpRule(`name: ${long}, action: Deny, from: [${ALL}]`), [`error text-too-long ${long}`]],
    [cnpRule('action: Deny'), ['error peers-required {action: Deny}']],
    [cnpRule('action: Deny, from: null'), ['error peers-required null']],
    [cnpRule('action: Deny, from: []'), ['error empty-list []']],
    [cnpRule(`action: Deny, from: [${repeated(ALL, 26)}]`), [`error too-many-items [${repeated(ALL, 26)}]`]],
    [anpRule(`action: Deny, from: [${repeated(ALL, 100)}]`), []],
    [anpRule(`action: Deny, from: [${repeated(ALL, 101)}]`), [`error too-many-items [${repeated(ALL, 101)}]`]],
    [
      anp(`priority: 1, ${SUBJECT}, ingress: [${repeated(deny, 101)}]`),
      [`error too-many-items [${repeated(deny, 101)}]`],
    ],
    [cnpRule(`action: Deny, to: [${ALL}], from: [${ALL}]`), ['error unknown-field to']],
    [cnpRule(`action: Deny, from: [${ALL}], ports: [{portNumber: {port: 80}}]`), ['error unknown-field ports']],
    [anpRule(`action: Deny, from: [${ALL}], protocols: []`), ['error unknown-field protocols']],
    [cnpRule(`action: Deny, from: [${ALL}], protocols: []`), ['error empty-list []']],
  ])('%.200s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })
})

describe('which API it is (semantics.md C.1)', () => {
  const ours = 'policy.networking.k8s.io'
  test.each([
    [`${ours}/v1alpha2`, 'AdminNetworkPolicy', `${ours}/v1alpha1`],
    [`${ours}/v1alpha2`, 'BaselineAdminNetworkPolicy', `${ours}/v1alpha1`],
    [`${ours}/v1alpha1`, 'ClusterNetworkPolicy', `${ours}/v1alpha2`],
    [`${ours}/v1`, 'ClusterNetworkPolicy', `${ours}/v1alpha2`],
    ['networking.k8s.io/v1', 'ClusterNetworkPolicy', `${ours}/v1alpha2`],
    ['v1', 'AdminNetworkPolicy', `${ours}/v1alpha1`],
    [`${ours}/v1alpha2`, 'NetworkPolicy', 'networking.k8s.io/v1'],
  ])('%s %s', (apiVersion, kind, needed) => {
    expect(messages(ofType(apiVersion, kind))[0]).toBe(
      `apiVersion: no matches for kind "${kind}" in version "${apiVersion}"; use ${needed}`,
    )
  })

  test.each([
    ['networking.k8s.aws/v1alpha1', 'AWS'],
    ['crd.antrea.io/v1beta1', 'Antrea'],
  ])('%s is somebody else', (apiVersion, owner) => {
    const text = ofType(apiVersion, 'ClusterNetworkPolicy')
    expect(sayings(text)).toEqual([`info other-cluster-network-policy ${apiVersion}`])
    expect(messages(text)[0]).toContain(
      `${owner} has its own API of this name: it is not the ClusterNetworkPolicy of policy.networking.k8s.io`,
    )
  })
})
