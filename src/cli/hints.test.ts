import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, deployment, joined, netpol } from './run.testkit.ts'

const ADDRESSES = 'note: Policies name IP blocks, and the addresses of some pods are not known'
const LABELS = 'note: Policies ask for labels of namespaces, and 1 namespace is not loaded'

async function said(rule: string, ...args: readonly string[]): Promise<string> {
  const policy = netpol('db', `  ingress: [{from: [${rule}]}]\n`)
  return (await ask(['list', folderWith({ 'db.yaml': joined(deployment('db', 1), policy) }), ...args])).err
}

describe('what list may leave out is said, with what to do', () => {
  test('where an IP block may hold pods, or not', async () => {
    const block = '{ipBlock: {cidr: 10.0.0.0/8}}'
    expect(await said(block)).toContain(ADDRESSES)
    expect(await said('{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}')).toContain(ADDRESSES)
    expect(await said('{ipBlock: {cidr: 0.0.0.0/0}}')).toBe('')
    expect(await said(block, '--pod-cidr', 'none')).toBe('')
    expect(await said(block, '--pod-cidr', '10.244.0.0/16')).toBe('')
    expect(await said(block, '--pod-cidr', '192.168.0.0/16')).toBe('')
    expect(await said('{ipBlock: {cidr: "fd00::/8"}}', '--pod-cidr', '10.244.0.0/16')).toBe('')
  })

  test('where labels of namespaces decide that are not loaded', async () => {
    const team = '{namespaceSelector: {matchLabels: {team: a}}}'
    expect(await said(team)).toContain(LABELS)
    expect(await said('{namespaceSelector: {}}')).toBe('')
    expect(await said('{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}')).toBe('')
    expect(await said('{podSelector: {}}')).toBe('')
    expect(await said(team, '--unknown-labels', 'absent')).toBe('')
  })
})
