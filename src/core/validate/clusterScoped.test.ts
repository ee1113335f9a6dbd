import { describe, expect, test } from 'vitest'
import { documentOf } from '#core/kinds/read.testkit.ts'
import { validate } from './validate.ts'

/** What is said about a text: severity, code, and the very source that it points at. */
function sayings(text: string): readonly string[] {
  return validate(documentOf(text)).map(
    ({ severity, code, ref }) => `${severity} ${code} ${text.slice(ref.range.from, ref.range.to)}`,
  )
}

function messages(text: string): readonly string[] {
  return validate(documentOf(text)).map(({ message }) => message)
}

const repeated = (text: string, count: number): string => Array.from({ length: count }, () => text).join(', ')

const document = (kind: string, version: string, spec: string, metadata: string): string =>
  `{apiVersion: policy.networking.k8s.io/${version}, kind: ${kind}, metadata: ${metadata}, spec: {${spec}}}`
const anp = (spec: string): string => document('AdminNetworkPolicy', 'v1alpha1', spec, '{name: p}')
const banp = (spec: string): string => document('BaselineAdminNetworkPolicy', 'v1alpha1', spec, '{name: default}')
const cnp = (spec: string): string => document('ClusterNetworkPolicy', 'v1alpha2', spec, '{name: p}')

const SUBJECT = 'subject: {namespaces: {}}'
const ALL = '{namespaces: {}}'
/** One rule of an AdminNetworkPolicy, a BaselineAdminNetworkPolicy or a ClusterNetworkPolicy. */
const anpRule = (rule: string, direction = 'ingress'): string =>
  anp(`priority: 1, ${SUBJECT}, ${direction}: [{${rule}}]`)
const banpRule = (rule: string, direction = 'ingress'): string => banp(`${SUBJECT}, ${direction}: [{${rule}}]`)
const cnpRule = (rule: string, direction = 'ingress'): string =>
  cnp(`tier: Admin, priority: 1, ${SUBJECT}, ${direction}: [{${rule}}]`)
const anpPort = (item: string): string => anpRule(`action: Deny, from: [${ALL}], ports: [${item}]`)
const cnpItem = (item: string): string => cnpRule(`action: Deny, from: [${ALL}], protocols: [${item}]`)
const cnpTo = (peer: string, action = 'Accept'): string => cnpRule(`action: ${action}, to: [${peer}]`, 'egress')
const cnpFrom = (peer: string, action = 'Accept'): string => cnpRule(`action: ${action}, from: [${peer}]`)

const cnpSpec = (spec: string): string => cnp(`${SUBJECT}, ${spec}`)
const networks = (list: string): string => cnpTo(`{networks: [${list}]}`)
const domains = (list: string, action = 'Accept'): readonly string[] =>
  sayings(cnpTo(`{domainNames: [${list}]}`, action)).filter((saying) => !saying.startsWith('info'))
const outside = (peer: string): readonly string[] =>
  sayings(cnpRule(`action: Accept, to: [${ALL}, ${peer}], protocols: [{destinationNamedPort: http}]`, 'egress'))
const ofType = (apiVersion: string, kind: string): string =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: default}, spec: {tier: Admin, priority: 1, ${SUBJECT}}}`
const tcp = (port: string): string => cnpItem(`{tcp: {destinationPort: ${port}}}`)

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
    document('ClusterNetworkPolicy', 'v1beta1', `tier: Admin, priority: 1, ${SUBJECT}`, '{name: p}'),
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
    expect(sayings(document(kind, 'v1alpha1', priority + SUBJECT, metadata))).toEqual(said)
  })
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

describe('peers (semantics.md C.2, C.3)', () => {
  test.each([
    [cnpFrom('{}'), ['error needs-one-field {}']],
    [cnpFrom('null'), ['error needs-one-field null']],
    [cnpFrom('[]'), ['error wrong-type []']],
    [cnpFrom('{namespaces: null}'), ['error needs-one-field {namespaces: null}']],
    [
      cnpFrom('{namespaces: {}, pods: {podSelector: {}}}'),
      ['error only-one-field {namespaces: {}, pods: {podSelector: {}}}'],
    ],
    [cnpFrom('{namespaces: {matchLabels: {a: b c}}}'), ['error invalid-label-value b c']],
    [cnpFrom('{pods: {podSelector: {matchLabels: {a: b c}}}}'), ['error invalid-label-value b c']],
    [cnpFrom('{pods: {podSelector: {app: web}}}'), ['error unknown-field app']],
    [cnpFrom('{pods: {namespaceSelector: {}}}'), ['error selector-required {namespaceSelector: {}}']],
    [cnpFrom('{networks: [10.0.0.0/8]}'), ['error unknown-field networks']],
    [cnpFrom('{nodes: {}}'), ['error unknown-field nodes']],
    [cnpFrom('{namespaces: {}, networks: [10.0.0.0/8]}'), ['error unknown-field networks']],
    [cnpTo('{nodes: {matchLabels: {a: b c}}}'), ['error invalid-label-value b c', 'info experimental-field nodes']],
    [cnpTo('{nodes: {}}', 'Deny'), ['info experimental-field nodes']],
    [cnpTo('{domainNames: [example.com]}'), ['info experimental-field domainNames']],
    [
      banpRule('action: Deny, to: [{domainNames: [example.com]}]', 'egress'),
      [
        'error unknown-field domainNames',
        'warning domain-names-not-allowing [example.com]',
        'info experimental-field domainNames',
      ],
    ],
    [cnpFrom('{podSelector: {}}'), ['error unknown-field podSelector']],
    [cnpTo('{ipBlock: {cidr: 10.0.0.0/8}}'), ['error unknown-field ipBlock']],
    [cnpFrom('{namespace: {}}'), ['error unknown-field namespace']],
    [cnpFrom('{namespaces: {}, protocols: []}'), ['error unknown-field protocols']],
    [cnpFrom('{namespaces: {}, services: {}}'), ['error unknown-field services']],
    [cnpFrom('{services: {}}'), ['warning unknown-peer services']],
    [cnpFrom('{__proto__: {}}'), ['warning unknown-peer __proto__']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test.each([
    ['Accept', 'so it matches nothing'],
    ['Deny', 'so this Deny rule denies everybody'],
    ['Pass', 'so this Pass rule denies everybody'],
  ])('a peer of an unknown type under %s fails closed, and that is said', (action, effect) => {
    const [message] = messages(cnpFrom('{services: {}}', action))
    expect(message).toContain(
      'unknown field "spec.ingress[0].from[0].services": a peer of an unknown type fails closed',
    )
    expect(message).toContain(effect)
  })

  test('misplaced and misspelt fields say where they belong', () => {
    expect(messages(cnpFrom('{networks: [10.0.0.0/8]}'))[0]).toContain(
      'unknown field "spec.ingress[0].from[0].networks": ingress peers of ClusterNetworkPolicy are `namespaces`, `pods`',
    )
    expect(messages(cnpTo('{ipBlock: {cidr: 10.0.0.0/8}}'))[0]).toContain('write `networks`, a list of CIDRs')
    expect(messages(cnpTo('{Pods: {}}'))[0]).toContain('Did you mean `pods`?')
  })
})

describe('tenant peers of the first releases (semantics.md C.4)', () => {
  test.each([
    ['{namespaces: {sameLabels: [tenant]}}', 'error unknown-field sameLabels', 'write a policy for each tenant'],
    ['{namespaces: {notSameLabels: [tenant]}}', 'error unknown-field notSameLabels', 'write a policy for each tenant'],
    ['{namespaces: {namespaceSelector: {}}}', 'error unknown-field namespaceSelector', 'write the selector itself'],
    [
      '{pods: {namespaces: {sameLabels: [tenant]}, namespaceSelector: {}, podSelector: {}}}',
      'error unknown-field namespaces',
      'write `namespaceSelector`',
    ],
  ])('%s', (peer, said, hint) => {
    const text = anpRule(`action: Allow, from: [${peer}]`)
    expect(sayings(text)).toEqual([said])
    expect(messages(text)[0]).toContain('(NPEP-122)')
    expect(messages(text)[0]).toContain(hint)
  })
})

describe('networks (semantics.md C.3)', () => {
  const many = Array.from({ length: 26 }, (_, i) => `10.${i}.0.0/16`).join(', ')
  const tooLong = '"0000:0000:0000:0000:0000:0000:0000:0000:0000/128"'
  test.each([
    [networks(''), ['error empty-list []']],
    [networks(many), [`error too-many-items [${many}]`]],
    [networks('10.0.0.0/8, 10.0.0.0/8'), ['error duplicate-item 10.0.0.0/8']],
    [networks('10.0.0.0/8, 10.0.0.1/8'), []],
    [networks('10.0.0.1'), ['error invalid-cidr 10.0.0.1']],
    [networks('10.0.0.0/33'), ['error invalid-cidr 10.0.0.0/33']],
    [networks('""'), ['error invalid-cidr ""']],
    [networks('010.0.0.0/8'), ['error invalid-cidr 010.0.0.0/8']],
    [networks('10.0.0.0/08'), ['error invalid-cidr 10.0.0.0/08']],
    [networks('"::ffff:10.0.0.0/104"'), ['error invalid-cidr "::ffff:10.0.0.0/104"']],
    [networks('"::ffff:a00:0/104"'), ['error invalid-cidr "::ffff:a00:0/104"']],
    [networks(tooLong), [`error text-too-long ${tooLong}`]],
    [networks('8'), ['error wrong-type 8', 'error invalid-cidr 8']],
    [anpRule('action: Deny, to: [{networks: [010.0.0.0/8]}]', 'egress'), ['error invalid-cidr 010.0.0.0/8']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test('a bare address says how it is written', () => {
    expect(messages(networks('10.0.0.1'))[0]).toContain('write 10.0.0.1/32')
    expect(messages(networks('"fd00::1"'))[0]).toContain('write fd00::1/128')
    expect(messages(networks('010.0.0.0/8'))[0]).toContain('use 10.0.0.0/8')
  })
})

describe('domain names (semantics.md C.3)', () => {
  test.each(['example.com', '"*.example.com"', 'example.com.', 'a.b.c_d.e-f', 'EXAMPLE.com', '"*.a.b."'])(
    '%s',
    (name) => {
      expect(domains(name)).toEqual([])
    },
  )

  test.each([
    'com',
    '"*"',
    '"*.com"',
    'a..b',
    '.a.b',
    '-a.b',
    'a-.b',
    '"a.*.b"',
    '"a b.c"',
    '""',
    'a.b..',
    '"*.*.a.b"',
  ])('%s is none', (name) => {
    expect(domains(name)).toEqual([`error invalid-domain-name ${name}`])
  })

  test.each([
    ['Deny', ['warning domain-names-not-allowing [a.b]']],
    ['Pass', ['warning domain-names-not-allowing [a.b]']],
    ['Accept', []],
  ])('with %s', (action, said) => {
    expect(domains('a.b', action)).toEqual(said)
  })

  test('not too many, and none twice', () => {
    const many = Array.from({ length: 26 }, (_, i) => `a${i}.b`).join(', ')
    expect(domains(many)).toEqual([`error too-many-items [${many}]`])
    expect(domains('a.b, a.b')).toEqual(['error duplicate-item a.b'])
  })

  test('a long nonsense text is answered at once', () => {
    const long = `${'a'.repeat(100_000)}!`
    expect(domains(`${long}.b`)).toEqual([`error invalid-domain-name ${long}.b`])
  })
})

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
