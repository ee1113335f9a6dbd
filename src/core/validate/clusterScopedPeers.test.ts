import { describe, expect, test } from 'vitest'
import { anpRule, banpRule, cnpTo, cnpFrom } from './clusterScoped.testkit.ts'
import { sayings, messages } from './said.testkit.ts'

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
