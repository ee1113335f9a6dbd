import { describe, expect, test } from 'vitest'
import { documentOf } from '#core/kinds/read.testkit.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { VALIDATORS } from './index.ts'
import { findKind } from '#core/kinds/read.ts'
import { messages, sayings } from './said.testkit.ts'
import { validate } from './validate.ts'

const policy = (spec: string, metadata = '{name: p}'): string =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: ${metadata}, spec: ${spec}}`
const rule = (fields: string): string => policy(`{podSelector: {}, ingress: [{${fields}}]}`)
const port = (fields: string): string => rule(`ports: [{${fields}}]`)
const peer = (fields: string): string => rule(`from: [{${fields}}]`)

describe('the registry of validators', () => {
  test('every kind is one that is read, and stands there once', () => {
    const kinds = VALIDATORS.flatMap((validator) => validator.kinds)
    expect(new Set(kinds).size).toBe(kinds.length)
    const unknown = kinds.filter(
      (kind) => !findKind({ group: kind.split('/')[0] ?? '', kind: kind.split('/')[1] ?? '' }),
    )
    expect(unknown).toEqual([])
  })
})

describe('what is accepted without a word', () => {
  test.each([
    policy('{}'),
    '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}}',
    policy('{podSelector: null, ingress: null, egress: [], policyTypes: null}'),
    policy('{podSelector: {}, ingress: [{}, null, {from: null, ports: []}], policyTypes: [Ingress, Ingress]}'),
    policy('{podSelector: {}, policyTypes: [Egress], ingress: [{}]}'),
    policy('{podSelector: {matchLabels: null, matchExpressions: [{key: a, operator: Exists, values: []}]}}'),
    policy('{podSelector: {matchLabels: {a: null, b: "", example.org/c: x.y_z-1}}}'),
    policy(
      '{}',
      '{generateName: p-, labels: {a: b}, annotations: {x/y: "any thing"}, creationTimestamp: null, managedFields: []}',
    ),
    policy('{}', '{name: a.b-c, namespace: shop}'),
    '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {}, status: {}}',
    port('port: 0x50'),
    port('port: 65535, endPort: 65535'),
    port('port: http-2'),
    port(''),
    peer('ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.1.0.0/16]}'),
    peer('ipBlock: {cidr: "fd00::/8", except: ["fd00:1::/64"]}'),
  ])('%s', (text) => {
    expect(messages(text)).toEqual([])
  })
})

describe('strict decoding (semantics.md B.6)', () => {
  test.each([
    [
      rule('form: []'),
      ['error unknown-field form'],
      'strict decoding error: unknown field "spec.ingress[0].form". Did you mean `from`?',
    ],
    [
      policy('{podselector: {}}'),
      ['error unknown-field podselector'],
      'strict decoding error: unknown field "spec.podselector". Did you mean `podSelector`?',
    ],
    [
      peer('podSelector: {}, ports: []'),
      ['error unknown-field ports'],
      'strict decoding error: unknown field "spec.ingress[0].from[0].ports". Check the indentation: `ports` does not belong here.',
    ],
    [
      peer('podSelector: {app: web}'),
      ['error unknown-field app'],
      'strict decoding error: unknown field "spec.ingress[0].from[0].podSelector.app". Labels belong into `matchLabels`.',
    ],
    [
      policy('{__proto__: {}}'),
      ['error unknown-field __proto__'],
      'strict decoding error: unknown field "spec.__proto__"',
    ],
    [policy('[]'), ['error wrong-type []'], 'spec: Invalid value: cannot unmarshal a list where a mapping is needed'],
    [
      rule('from: {podSelector: {}}'),
      ['error wrong-type {podSelector: {}}'],
      'spec.ingress[0].from: Invalid value: cannot unmarshal a mapping where a list is needed: begin the item with `- `',
    ],
    [
      port('port: 80.0'),
      ['error wrong-type 80.0'],
      'spec.ingress[0].ports[0].port: Invalid value: cannot unmarshal number `80.0`, read as 80, where a whole number or a name is needed',
    ],
    [
      port('port: 8e1'),
      ['error wrong-type 8e1'],
      'spec.ingress[0].ports[0].port: Invalid value: cannot unmarshal number `8e1`, read as 80, where a whole number or a name is needed',
    ],
    [
      port('port: yes'),
      ['error wrong-type yes', 'error unused'],
      'spec.ingress[0].ports[0].port: Invalid value: cannot unmarshal boolean `yes`, read as true, where a whole number or a name is needed',
    ],
    [
      port('port: 1, endPort: "2"'),
      ['error wrong-type "2"'],
      'spec.ingress[0].ports[0].endPort: Invalid value: cannot unmarshal string `"2"`, where a whole number is needed',
    ],
    [
      policy('{}', '{name: p, labels: {a: on}}'),
      ['error wrong-type on'],
      'metadata.labels.a: Invalid value: cannot unmarshal boolean `on`, read as true, where a string is needed: put it in quotes, "on"',
    ],
    [
      policy('{podSelector: {matchLabels: {a: 1.10}}}'),
      ['error wrong-type 1.10'],
      'spec.podSelector.matchLabels.a: Invalid value: cannot unmarshal number `1.10`, read as 1.1, where a string is needed: put it in quotes, "1.10"',
    ],
    [
      policy('{}', '{name: 12}'),
      ['error wrong-type 12'],
      'metadata.name: Invalid value: cannot unmarshal number `12`, where a string is needed: put it in quotes, "12"',
    ],
  ])('%s', (text, said, message) => {
    expect(messages(text)[0]).toBe(message)
    expect(sayings(text)).toEqual(said.filter((saying) => saying !== 'error unused'))
  })
})

describe('metadata (semantics.md B.1, B.2)', () => {
  const long = 'a'.repeat(64)
  test.each([
    ['{}', ['error name-required {}']],
    ['{name: ""}', ['error name-required ""']],
    ['{name: Web}', ['error invalid-name Web']],
    ['{name: use_underscores}', ['error invalid-name use_underscores']],
    ['{name: a..b}', ['error invalid-name a..b']],
    ['{generateName: A-}', ['error invalid-name A-']],
    ['{name: p, namespace: a.b}', ['error invalid-namespace a.b']],
    [`{name: p, namespace: ${long}}`, [`error invalid-namespace ${long}`]],
    ['{name: p, labels: {a: -b}}', ['error invalid-label-value -b']],
    [`{name: p, labels: {a: ${long}}}`, [`error invalid-label-value ${long}`]],
    ['{name: p, labels: {a/b/c: d}}', ['error invalid-label-key a/b/c']],
    ['{name: p, labels: {/b: d}}', ['error invalid-label-key /b']],
    ['{name: p, labels: {A_/b: d}}', ['error invalid-label-key A_/b']],
    ['{name: p, labels: {"": d}}', ['error invalid-label-key ""']],
    ['{name: p, annotations: {a b: d}}', ['error invalid-annotation-key a b']],
    [
      `{name: p, annotations: {a: "${'x'.repeat(263_000)}"}}`,
      [`error annotations-too-long {a: "${'x'.repeat(263_000)}"}`],
    ],
  ])('%.60s', (metadata, said) => {
    expect(sayings(policy('{}', metadata))).toEqual(said)
  })

  test.each([
    ['v1', 'no matches for kind "NetworkPolicy" in version "v1"; use networking.k8s.io/v1'],
    [
      'extensions/v1beta1',
      'no matches for kind "NetworkPolicy" in version "extensions/v1beta1"; use networking.k8s.io/v1',
    ],
    ['extensions/v1', 'no matches for kind "NetworkPolicy" in version "extensions/v1"; use networking.k8s.io/v1'],
    [
      'networking.k8s.io/v1beta1',
      'no matches for kind "NetworkPolicy" in version "networking.k8s.io/v1beta1"; use networking.k8s.io/v1',
    ],
    ['networking/v1', 'no matches for kind "NetworkPolicy" in version "networking/v1"; use networking.k8s.io/v1'],
  ])('apiVersion %s', (apiVersion, message) => {
    expect(messages(`{apiVersion: ${apiVersion}, kind: NetworkPolicy, metadata: {name: p}}`)).toEqual([
      `apiVersion: ${message}`,
    ])
  })

  test('a missing apiVersion is named', () => {
    expect(messages('{kind: Deployment, metadata: {name: p}}')).toEqual([
      'apiVersion: Required value: apiVersion is not set; a Deployment needs apps/v1',
    ])
  })
})

describe('selectors (semantics.md B.3)', () => {
  const selector = (expression: string): string => policy(`{podSelector: {matchExpressions: [{${expression}}]}}`)
  test.each([
    [selector('key: a, operator: In'), ['error selector-values-required {key: a, operator: In}']],
    [selector('key: a, operator: NotIn, values: []'), ['error selector-values-required []']],
    [selector('key: a, operator: Exists, values: [b]'), ['error selector-values-forbidden [b]']],
    [selector('key: a, operator: DoesNotExist, values: [""]'), ['error selector-values-forbidden [""]']],
    [selector('key: a, operator: in, values: [b]'), ['error invalid-selector-operator in']],
    [selector('key: a, operator: Gt, values: ["1"]'), ['error invalid-selector-operator Gt']],
    [selector('key: a'), ['error invalid-selector-operator {key: a}']],
    [selector('operator: Exists'), ['error invalid-label-key {operator: Exists}']],
    [selector('key: a, operator: In, values: [b, $c]'), ['error invalid-label-value $c']],
    [peer('podSelector: {matchLabels: {"a b": c}}'), ['error invalid-label-key "a b"']],
    [peer('namespaceSelector: {matchLabels: {a: b c}}'), ['error invalid-label-value b c']],
    [policy('{egress: [{to: [{podSelector: {matchLabels: {a: b c}}}]}]}'), ['error invalid-label-value b c']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })
})

describe('peers, ports and types (semantics.md B.4)', () => {
  test.each([
    [rule('from: [{}]'), ['error empty-peer {}']],
    [rule('from: [null]'), ['error empty-peer null']],
    [peer('podSelector: null'), ['error empty-peer {podSelector: null}']],
    [
      peer('podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}'),
      ['error ip-block-with-selector {podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}'],
    ],
    [peer('ipBlock: {}'), ['error cidr-required {}']],
    [peer('ipBlock: {cidr: ""}'), ['error cidr-required ""']],
    [peer('ipBlock: {cidr: 10.0.0.1, except: [nonsense]}'), ['error invalid-cidr 10.0.0.1']],
    [peer('ipBlock: {cidr: 10.0.0.0/33}'), ['error invalid-cidr 10.0.0.0/33']],
    [peer('ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}'), ['error invalid-except 10.0.0.0/8']],
    [peer('ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}'), ['error invalid-except 11.0.0.0/16']],
    [peer('ipBlock: {cidr: 10.0.0.0/8, except: [0.0.0.0/0]}'), ['error invalid-except 0.0.0.0/0']],
    [peer('ipBlock: {cidr: 0.0.0.0/0, except: ["fd00::/8"]}'), ['error invalid-except "fd00::/8"']],
    [peer('ipBlock: {cidr: 10.0.0.0/8, except: [" ", 10.1.0.0/16]}'), ['error invalid-cidr " "']],
    [port('protocol: tcp'), ['error unsupported-protocol tcp']],
    [port('protocol: ICMP'), ['error unsupported-protocol ICMP']],
    [port('protocol: ""'), ['error unsupported-protocol ""']],
    [port('port: 0'), ['error invalid-port 0']],
    [port('port: 65536'), ['error invalid-port 65536']],
    [port('port: "80"'), ['error invalid-port-name "80"']],
    [port('port: a--b-'), ['error invalid-port-name a--b-', 'error invalid-port-name a--b-']],
    [port('port: HTTP'), ['error invalid-port-name HTTP', 'error invalid-port-name HTTP']],
    [port('port: abcdefghijklmnop'), ['error invalid-port-name abcdefghijklmnop']],
    [port('port: http, endPort: 90'), ['error invalid-end-port 90']],
    [port('endPort: 90'), ['error invalid-end-port 90']],
    [port('port: 90, endPort: 80'), ['error invalid-end-port 80']],
    [port('port: 90, endPort: 65536'), ['error invalid-end-port 65536']],
    [policy('{policyTypes: [Ingress, Egress, Ingress]}'), ['error too-many-policy-types [Ingress, Egress, Ingress]']],
    [policy('{policyTypes: [ingress]}'), ['error unsupported-policy-type ingress']],
    [policy('{policyTypes: [Egress], ingress: [{from: [{}]}]}'), ['error empty-peer {}']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })

  test("the server's words", () => {
    expect(messages(port('port: "80"'))).toEqual([
      'spec.ingress[0].ports[0].port: Invalid value: "80": must contain at least one letter (a-z); a number must not be in quotes',
    ])
    expect(messages(policy('{podSelector: {matchLabels: {a: b c}}}'))[0]).toMatch(
      /^spec\.podSelector\.matchLabels: Invalid value: "b c": a valid label must be/,
    )
  })
})

describe('CIDRs that servers grow strict about (semantics.md B.5)', () => {
  test.each([
    [
      '10.1.2.3/16',
      'ambiguous-cidr',
      'CIDR value "10.1.2.3/16" is ambiguous in this context (should be "10.1.0.0/16" or "10.1.2.3/32"?)',
    ],
    ['010.0.0.0/8', 'non-standard-cidr', 'non-standard CIDR value "010.0.0.0/8" is invalid: use "10.0.0.0/8"'],
    ['10.0.0.0/08', 'non-standard-cidr', 'use "10.0.0.0/8"'],
    ['::ffff:10.0.0.0/104', 'non-standard-cidr', 'use "10.0.0.0/8"'],
    ['FD00:0::/8', 'non-canonical-cidr', 'should be in RFC 5952 canonical format: use "fd00::/8"'],
    ['fd00::1/64', 'ambiguous-cidr', '(should be "fd00::/64" or "fd00::1/128"?)'],
  ])('%s: a warning, no error', (cidr, code, part) => {
    const [first, ...others] = validate(documentOf(peer(`ipBlock: {cidr: "${cidr}"}`)))
    expect(others).toEqual([])
    expect(first).toMatchObject({ severity: 'warning', code } satisfies Partial<Diagnostic>)
    expect(first?.message).toContain(part)
  })

  test('except is looked at, too', () => {
    expect(sayings(peer('ipBlock: {cidr: 10.0.0.0/8, except: [10.1.2.3/16]}'))).toEqual([
      'warning ambiguous-cidr 10.1.2.3/16',
    ])
  })
})

const deployment = (labels: string, ports = '[]', selector = '{}'): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: ${selector}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: c, image: i, ports: ${ports}}]}}}}`

describe('other kinds, as far as verdicts read them', () => {
  test.each([
    [deployment('{app: web}'), []],
    [deployment('{app: on}'), ['error wrong-type on']],
    [deployment('{app: b c}'), ['error invalid-label-value b c']],
    [deployment('{app: web}', '[]', '{matchLabels: {app: api}}'), ['error selector-misses-template {app: web}']],
    [deployment('{}', '[{containerPort: "80"}]'), ['error wrong-type "80"']],
    [deployment('{}', '[{containerPort: 0}]'), ['error container-port-required 0']],
    [deployment('{}', '[{name: x}]'), ['error container-port-required {name: x}']],
    [deployment('{}', '[{containerPort: 70000}]'), ['error invalid-container-port 70000']],
    [deployment('{}', '[{containerPort: 1, protocol: tcp}]'), ['error unsupported-protocol tcp']],
    [deployment('{}', '[{containerPort: 1, name: a}, {containerPort: 2, name: a}]'), ['error duplicate-port-name a']],
    ['{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: yes}}}', ['error wrong-type yes']],
    [
      '{apiVersion: batch/v1, kind: CronJob, metadata: {name: p}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {a: 1}}}}}}}',
      ['error wrong-type 1'],
    ],
    ['{apiVersion: v1, kind: Namespace, metadata: {name: a.b}}', ['error invalid-name a.b']],
    ['{apiVersion: v1, kind: Namespace, metadata: {name: a, namespace: b}}', ['warning namespace-not-allowed b']],
    ['{apiVersion: v1, kind: Node, metadata: {name: a.b}}', []],
    ['{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {a: 1}}}', ['error wrong-type 1']],
    ['{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: A}, spec: 1}', []],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })
})

const check = (fields: string): string =>
  `{apiVersion: drawbridge/v1alpha1, kind: ConnectivityChecks, metadata: {name: a}, checks: [{name: a, from: {namespace: a}, to: {internet: true}, expect: allowed}, {${fields}}]}`

const settings = (fields: string): string =>
  `{apiVersion: drawbridge/v1alpha1, kind: DrawbridgeSettings, metadata: {name: a}, ${fields}}`

describe("Drawbridge's own documents", () => {
  const ends = 'from: {namespace: a}, to: {internet: true}'
  test.each([
    [check(`${ends}, expect: allowed, ports: [TCP/80, TCP/1-2, UDP/dns, SCTP, 443, http, 1-2]`), []],
    [check(`${ends}, expect: yes`), ['warning wrong-type yes', 'warning invalid-expectation yes']],
    [
      check(`${ends}, expect: allowed, ports: [tcp/80, TCP/]`),
      ['warning invalid-check-port tcp/80', 'warning invalid-check-port TCP/'],
    ],
    [check('from: {workload: web}, to: {internet: true}, expect: denied'), ['warning invalid-end {workload: web}']],
    [
      check(`${ends}, expect: allowed, ports: [TCP/0, 70000]`),
      ['warning invalid-check-port TCP/0', 'warning invalid-check-port 70000'],
    ],
    [
      check('from: {namespace: a, workload: web}, to: {internet: true}, expect: denied'),
      ['warning invalid-workload web'],
    ],
    [check('to: {internet: true}, only: [{namespace: a}, {anywhere: true}]'), []],
    [check('to: {internet: true}, only: [], expect: denied, from: {anywhere: true}'), []],
    [check('to: {internet: true}, only: [{name: a}]'), ['warning unknown-field name', 'warning invalid-end {name: a}']],
    [check('to: {internet: true}, only: [], from: {host: a}'), ['warning invalid-only {host: a}']],
    [check('to: {internet: true}, only: [], expect: allowed'), ['warning invalid-only allowed']],
    [check('to: {internet: true}, only: web'), ['warning wrong-type web']],
    [check(`name: a, ${ends}, expect: denied`), ['warning duplicate-check-name a']],
    [check(`${ends}, expect: denied, port: 80`), ['warning unknown-field port']],
    [settings('podCidrs: [10.0.0.0/8], unknownLabels: absent'), []],
    [settings('podCidrs: [10.0.0.0]'), ['warning invalid-pod-cidrs [10.0.0.0]']],
    [settings('ingressController: {namespace: edge, labels: {app: nginx}}'), []],
    [settings('ingressController: unknown'), []],
    [settings('ingressController: {labels: {a: b}}'), ['warning invalid-ingress-controller {labels: {a: b}}']],
    [settings('ingressController: {namespace: edge, label: {}}'), ['warning unknown-field label']],
    [settings('podCidrs: none'), []],
    [settings('profile: cilium'), []],
    [settings('profile: {id: cilium, version: 1.20}'), []],
    [settings('profile: celium'), ['warning invalid-profile celium']],
    [settings('profile: {id: Cilium}'), ['warning invalid-profile Cilium']],
    [settings('profile: {version: v1}'), ['warning invalid-profile {version: v1}']],
    [settings('profile: [cilium]'), ['warning invalid-profile [cilium]']],
    [settings('profile: {id: cilium, version: newest}'), ['warning invalid-profile-version newest']],
    [settings('profile: {id: cilium, versoin: v1}'), ['warning unknown-field versoin']],
    [settings('unknownLabels: maybe'), ['warning invalid-unknown-labels maybe']],
    [settings('podCIDRs: []'), ['warning unknown-field podCIDRs']],
  ])('%s', (text, said) => {
    expect(sayings(text)).toEqual(said)
  })
})

test('a profile that is not known is answered with the likely ones, and with all', () => {
  const all = 'supported values: "reference", "calico", "cilium", '
  const [likely] = messages(settings('profile: {id: celium}'))
  expect(likely).toContain(`profile.id: Unsupported value: "celium": did you mean "cilium"? ${all}`)
  const [unlike] = messages(settings('profile: contiv'))
  expect(unlike).toContain(`profile: Unsupported value: "contiv": ${all}`)
})

const begun = (item: string): string =>
  `apiVersion: drawbridge/v1alpha1\nkind: ConnectivityChecks\nmetadata: {name: a}\nchecks:\n  - {name: a, from: {namespace: a}, to: {internet: true}, expect: denied}\n  -${item}\n`

test('a check that is only begun is asked for what is missing, at its place', () => {
  expect(messages(begun(''))).toEqual(['checks[1]: Required value: name, from, to and expect'])
  expect(sayings(begun(''))).toEqual(['warning empty-check '])
  expect(messages(begun(' name'))).toHaveLength(1)
  expect(messages(begun(' name: b')).map((message) => message.slice(0, 36))).toEqual([
    'checks[1].from: Required value: an e',
    'checks[1].expect: Required value: al',
    'checks[1].to: Required value: an end',
  ])
})
