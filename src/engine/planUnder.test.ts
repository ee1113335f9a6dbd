import { expect, test } from 'vitest'
import { deploymentText, joined, policyText } from '#core/load/load.testkit.ts'
import type { End } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { file, openBench } from './engine.testkit.ts'

const at = (name: string) => ({ namespace: 'shop', workload: `Deployment/${name}` }) satisfies End
const BLOCK = policyText(
  'db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 5432}]}]}',
)
const CHECK = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: c}
checks:
  - {name: one, from: {namespace: shop, workload: Deployment/web}, to: {namespace: shop, workload: Deployment/db}, ports: [TCP/5432], expect: allowed}
`
const SHOP = joined(
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  deploymentText('web'),
  deploymentText('db'),
)

async function planned(id: string, texts: readonly string[], intent: Intent): Promise<Plan> {
  const bench = openBench()
  const settings = `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\nprofile: ${id}\n`
  const files = [file('shop.yaml', joined(SHOP, ...texts)), file('settings.yaml', settings)]
  await bench.change({ type: 'workspace', files })
  const answer = await bench.engine.ask('plan', { intent })
  if (!answer) throw new Error('There was no answer.')
  return answer.plan
}

const ASK = { from: at('web'), to: at('db'), ports: ['TCP/5432'] }
const ALLOW: Intent = { type: 'allow', ...ASK }
const DENY: Intent = { type: 'deny', ...ASK }

test('what only the CNI denies is not called done: why, and what helps, are said', async () => {
  const { changes, sentences } = await planned('cilium', [BLOCK, CHECK], ALLOW)
  expect(changes).toEqual([])
  expect(sentences[0]).toMatch(/^By the API: shop\/web → shop\/db is allowed already, by rule 1 of shop\/db/)
  expect(sentences.at(-1)).toBe(
    'But under Cilium it is closed all the same. An ipBlock never holds pods, and holds nodes only with policy-cidr-match-mode: nodes. What helps: a rule that selects the pods by their labels instead of their addresses.',
  )
})

test('where a check is saved for it, that is seen before it is accepted', async () => {
  const { changes, warnings, needsPreview } = await planned('cilium', [BLOCK], ALLOW)
  expect(changes).toHaveLength(1)
  expect(needsPreview).toBe(true)
  expect(warnings.join()).toContain('But under Cilium it is closed all the same.')
})

test('a denial that a CNI without policies does not enforce says that it stays open', async () => {
  const { warnings, others } = await planned('flannel', [], DENY)
  const told =
    'But under Flannel it is open all the same. Flannel only connects pods: it enforces no policy at all. What helps: only a CNI that enforces policies, or an engine for them beside this one.'
  expect(warnings).toContain(told)
  expect(others.map((other) => other.warnings.includes(told))).not.toContain(false)
})

test('what is not known of the CNI is said not to be known', async () => {
  const range = policyText(
    'db',
    '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 5000, endPort: 6000}]}]}',
  )
  const { sentences } = await planned('gke-dataplane-v2', [range, CHECK], ALLOW)
  expect(sentences.at(-1)).toMatch(
    /^But under GKE Dataplane V2 it is not known whether it is closed\. Nobody has checked/,
  )
})

test('of what is not known only that is told, not what else the CNI does', async () => {
  const egress = policyText(
    'web',
    '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 1}]}, {to: [{podSelector: {}}], ports: [{port: 9002, protocol: SCTP}]}]}',
  )
  const { warnings } = await planned('cilium', [egress], { ...ALLOW, ports: ['SCTP/9002'] })
  expect(warnings).toEqual([
    'But under Cilium it is not known whether it is closed. SCTP in policies has to be switched on (sctp.enabled).',
  ])
})

test('locks and refusals under a CNI without policies are said to be the API’s word', async () => {
  const lock: Intent = { type: 'default-deny', namespace: 'shop', direction: 'ingress', on: true, dns: false }
  expect((await planned('flannel', [], lock)).warnings).toContain(
    'This closes nothing yet. That is what the API says: Flannel enforces no policy.',
  )
  const isolate: Intent = { type: 'isolate', end: at('db'), direction: 'ingress', on: true, dns: false }
  expect((await planned('flannel', [BLOCK], isolate)).refusal).toMatch(/already.*Flannel enforces no policy\.$/)
  expect((await planned('flannel', [BLOCK], { ...lock, on: false })).warnings.join()).not.toContain('closes nothing')
})

test('where the CNI does as the API says, and under the reference, a plan says no more than before', async () => {
  for (const intent of [ALLOW, DENY]) {
    const plain = await planned('reference', [BLOCK], intent)
    expect(await planned('calico', [BLOCK], intent)).toEqual(plain)
    expect(JSON.stringify(plain)).not.toMatch(/But under|By the API/)
  }
})
