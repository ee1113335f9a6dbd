import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { ask, deployment, joined, netpol, SHOP } from './run.testkit.ts'

const ALL = '0.0.0.0-255.255.255.255'

async function lines(...args: readonly string[]): Promise<readonly string[]> {
  const { status, out, err } = await ask(['list', ...args])
  expect([status, err.replaceAll(/^note: .*\n/gm, '')]).toEqual([0, ''])
  return out.split('\n').slice(0, -1)
}

async function webReachesDb(...args: readonly string[]): Promise<boolean> {
  return (await lines(...args)).includes('shop/web[Deployment] => shop/db[Deployment] : All Connections')
}

describe('list', () => {
  test('prints what is open, in the order of names', async () => {
    const web = 'shop/web[Deployment]'
    const jobs = 'shop/jobs[Deployment]'
    const db = 'shop/db[Deployment]'
    expect(await lines(folderWith(SHOP))).toEqual([
      `${db} => ${jobs} : All Connections`,
      `${db} => ${web} : All Connections`,
      `${db} => ${ALL} : All Connections`,
      `${jobs} => ${web} : All Connections`,
      `${jobs} => ${ALL} : All Connections`,
      `${ALL} => ${jobs} : All Connections`,
      `${web} => ${db} : TCP 5432`,
      `${web} => ${jobs} : All Connections`,
      `${web} => ${ALL} : All Connections`,
      `${ALL} => ${web} : All Connections`,
    ])
  })

  test('reads what is piped in, in every format, and the same whatever the files are called', async () => {
    const folder = folderWith({
      'z/web.yaml': SHOP['web.yaml'],
      'a.json': JSON.stringify({ a: 1 }),
      'b/db.yml': SHOP['db.yaml'],
    })
    const text = joined(SHOP['db.yaml'], SHOP['web.yaml'])
    for (const format of ['txt', 'json', 'csv', 'md', 'dot']) {
      const piped = await ask(['list', '-', '-o', format], text)
      expect(piped.out).toBe((await ask(['list', folder, '-o', format])).out)
      expect(piped.out).toContain('shop/web[Deployment]')
    }
  })

  test('--focus leaves what has that workload at an end', async () => {
    const focused = await lines(folderWith(SHOP), '--focus', 'shop/db')
    expect(focused.length).toBe(4)
    expect(focused.every((line) => line.includes('shop/db[Deployment]'))).toBe(true)
    expect(await ask(['list', folderWith(SHOP), '--focus', 'shop/dp'])).toEqual({
      status: 2,
      out: '',
      err: 'drawbridge: --focus shop/dp: there is no such workload. Did you mean shop/db?\n',
    })
  })

  test('--direct-owners names a pod by its ReplicaSet', async () => {
    const pod = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-abc12-x\n  namespace: shop\n  labels: {app: web, pod-template-hash: abc12}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-abc12, controller: true, uid: u}]\nspec: {containers: [{name: c, image: i}]}\n`
    const folder = folderWith({ 'pod.yaml': pod })
    expect((await lines(folder))[0]).toContain('shop/web[Deployment]')
    expect((await lines(folder, '--direct-owners'))[0]).toContain('shop/web-abc12[ReplicaSet]')
  })

  test('--pod-cidr says whether an IP block may hold pods; a settings document does, too, and the flag overrides it', async () => {
    const block = netpol('db', '  ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]\n')
    const settings =
      'apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\npodCidrs: [10.244.0.0/16]\n'
    const folder = folderWith({ 'web.yaml': SHOP['web.yaml'], 'db.yaml': joined(deployment('db', 1), block) })
    const said = folderWith({ 'web.yaml': SHOP['web.yaml'], 'db.yaml': joined(deployment('db', 1), block, settings) })
    expect(await webReachesDb(folder)).toBe(false)
    expect(await webReachesDb(folder, '--pod-cidr', '10.244.0.0/16')).toBe(true)
    expect(await webReachesDb(folder, '--pod-cidr', '10.244.0.0/17', '--pod-cidr', '10.244.128.0/17')).toBe(true)
    expect(await webReachesDb(said)).toBe(true)
    expect(await webReachesDb(said, '--pod-cidr', 'none')).toBe(false)
  })

  test('--unknown-labels absent reads labels of namespaces that are not loaded as absent', async () => {
    const rule = netpol(
      'db',
      '  ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}]}]\n',
    )
    const folder = folderWith({ 'web.yaml': SHOP['web.yaml'], 'db.yaml': joined(deployment('db', 1), rule) })
    const line = 'shop/web[Deployment] => shop/db[Deployment] : All Connections'
    expect(await lines(folder)).not.toContain(line)
    expect(await lines(folder, '--unknown-labels', 'absent')).toContain(line)
    expect(await lines(folder, '--unknown-labels', 'absent', '--unknown-labels', 'unknown')).not.toContain(line)
  })

  test('-n is the namespace of what does not say its own', async () => {
    const folder = folderWith({ 'web.yaml': SHOP['web.yaml'].replace(', namespace: shop', '') })
    expect((await lines(folder))[0]).toContain('default/web[Deployment]')
    expect((await lines(folder, '-n', 'prod'))[0]).toContain('prod/web[Deployment]')
  })

  test('policies alone are listed with what their selectors name, but not beside real workloads', async () => {
    const policy = netpol('db', '  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n')
    const alone = await lines(folderWith({ 'policy.yaml': policy }))
    expect(alone).toContain('shop/app=web[Assumed] => shop/app=db[Assumed] : All Connections')
    const beside = await lines(folderWith({ 'policy.yaml': policy, 'other.yaml': deployment('x', 1, 'other') }))
    expect(beside.filter((line) => line.includes('Assumed'))).toEqual([])
  })

  test('nothing to list is said', async () => {
    const folder = folderWith({ 'ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n' })
    expect(await ask(['list', folder])).toEqual({
      status: 0,
      out: '',
      err: 'There are no workloads and no policies in it, so there is nothing to list.\n',
    })
  })
})
