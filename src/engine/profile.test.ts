import { describe, expect, test } from 'vitest'
import { deploymentText, joined, policyText } from '#core/load/load.testkit.ts'
import type { End } from '#core/model/end.ts'
import type { Edge, Picture } from '#core/model/picture.ts'
import { file, openBench } from './engine.testkit.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const BLOCK = policyText(
  'db',
  `{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 5432}]}]}`,
)
// Comes close to opening db: of no use where the CNI is what closes it.
const NEAR = policyText('near', '{podSelector: {matchLabels: {app: other}}, ingress: [{}]}')
const CHECKS = `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: c}
checks:
  - {name: one, from: {namespace: shop, workload: Deployment/web}, to: {namespace: shop, workload: Deployment/db}, ports: [TCP/5432], expect: allowed}
  - {name: two, from: {namespace: shop, workload: Deployment/db}, to: {namespace: shop, workload: Deployment/web}, ports: [TCP/80], expect: allowed}
`
const TEXT = joined(
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  deploymentText('web'),
  deploymentText('db'),
  BLOCK,
  CHECKS,
)
const chosen = (id: string) =>
  file(
    'settings.yaml',
    `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\nprofile: ${id}\n`,
  )

const edgeOf = ({ edges }: Picture, to: string): Edge | undefined =>
  edges.find((edge) => edge.checks.length > 0 && 'workload' in edge.to && edge.to.workload === `Deployment/${to}`)

async function drawn(id: string, text = TEXT) {
  const bench = openBench()
  const picture = await bench.change({ type: 'workspace', files: [file('shop.yaml', text), chosen(id)] })
  return { bench, picture }
}

describe('a CNI', () => {
  test('turns the edge on which it does something else, and says why and by whom', async () => {
    const { picture } = await drawn('cilium')
    expect(picture.profile).toMatchObject({ id: 'cilium', name: 'Cilium' })
    const edge = edgeOf(picture, 'db')
    expect(edge?.status).toBe('denied')
    expect(edge?.name).toBe('shop/web → shop/db TCP 5432: denied; the API says allowed')
    expect(edge?.checks[0]?.outcome).toBe('broken')
    expect(edge?.differs?.reference).toBe('allowed')
    const [fact] = edge?.differs?.facts ?? []
    expect(fact).toMatchObject({ policies: ['shop/db'], uncertain: false, verified: true })
    expect(fact?.source).toMatch(/^https:/)
  })

  test('that opens more ports than a rule names marks its line, and says which', async () => {
    const bench = openBench()
    const named = policyText(
      'db',
      `{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: pg}]}]}`,
    )
    const pods = joined('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n', deploymentText('web'))
    const db = deploymentText('db').replace('image: i', 'image: i, ports: [{name: pg, containerPort: 5432}]')
    const files = [file('shop.yaml', joined(pods, db, named)), chosen('ovn-kubernetes')]
    const { edges } = await bench.change({ type: 'workspace', files })
    const edge = edges.find(({ to }) => 'workload' in to && to.workload === 'Deployment/db')
    expect(edge?.status).toBe('allowed')
    expect(edge?.name).toMatch(/: allowed; the CNI opens all TCP ports$/)
    expect(edge?.differs).toMatchObject({ reference: 'allowed', beyond: 'all TCP ports' })
    expect(edge?.differs?.facts[0]?.note).toMatch(/^A port name is not looked up/)
  })

  test('leaves no mark where it does as the API says, and the reference leaves none at all', async () => {
    expect(edgeOf((await drawn('cilium')).picture, 'web')).not.toHaveProperty('differs')
    const { picture } = await drawn('reference')
    expect(picture).not.toHaveProperty('profile')
    expect(picture.edges.filter((edge) => 'differs' in edge)).toEqual([])
  })

  test('that enforces nothing opens all, takes the locks off, and is said so', async () => {
    const { picture } = await drawn('flannel')
    expect(picture.profile?.enforcesNothing?.source).toMatch(/^https:/)
    expect(picture.edges.map(({ status }) => status)).not.toContain('denied')
    expect(picture.workloads.map(({ isolated }) => isolated.ingress)).toEqual(['no', 'no'])
    expect((await drawn('cilium')).picture.profile).not.toHaveProperty('enforcesNothing')
  })

  test('is explained with its own verdict, and offers no text to mend what the CNI does', async () => {
    const { bench } = await drawn('cilium', joined(TEXT, NEAR))
    const answer = await bench.engine.ask('explain', { from: at('web'), to: at('db'), ports: ['TCP/5432'] })
    expect(answer?.explanation).toMatchObject({ status: 'denied', differs: { reference: 'allowed' } })
    expect(answer?.explanation.halves.flatMap(({ misses }) => misses)).toEqual([])
    const places = answer?.explanation.deciders.map(({ ref, effect }) => [ref.path.join('.'), effect])
    expect(places).toEqual([
      ['spec.ingress.0', 'closes'],
      ['spec.podSelector', 'closes'],
    ])
    const own = await bench.engine.ask('explain', { from: at('db'), to: at('web'), ports: [] })
    expect(own?.explanation).not.toHaveProperty('differs')
  })

  test('is taken and given back by an edit, with all edges drawn anew', async () => {
    const { bench, picture } = await drawn('reference')
    expect(edgeOf(picture, 'db')?.status).toBe('allowed')
    expect(edgeOf(await bench.type('settings.yaml', 'profile: reference', 'profile: cilium'), 'db')?.status).toBe(
      'denied',
    )
    const changes = await bench.engine.ask('changes', { since: { type: 'edit' } })
    expect(changes?.edges.map(({ before, after }) => [before, after])).toContainEqual(['allowed', 'denied'])
    const after = await bench.type('settings.yaml', 'profile: cilium', 'profile: reference')
    expect(after.edges).toEqual(picture.edges)
  })

  test('is compared by what it makes of each policy, and of how many connections', async () => {
    const { bench } = await drawn('reference')
    const ask = async (id: string) => (await bench.engine.ask('profile', { profile: { id } }))?.compared
    expect(await ask('cilium')).toMatchObject({
      pairs: 2,
      differ: 1,
      policies: [{ name: 'shop/db', effect: 'other', facts: [{ verified: true }] }],
    })
    expect(await ask('flannel')).toMatchObject({ differ: 1, policies: [{ effect: 'none' }] })
    expect(await ask('reference')).toMatchObject({ differ: 0, policies: [] })
  })
})

// Of every CNI: what is undetermined because of it says that it is not known, and an edit draws what a fresh engine draws.
test.each([
  'calico',
  'weave-net',
  'kube-router',
  'antrea',
  'ovn-kubernetes',
  'aws-vpc-cni',
  'azure-npm-linux',
  'kindnet',
])('edits under %s come to what a fresh engine draws', async (id) => {
  const { bench } = await drawn(id)
  const edited = await bench.type('shop.yaml', '0.0.0.0/0', '10.0.0.0/8, except: [10.1.0.0/16]')
  const fresh = await openBench().change({
    type: 'workspace',
    files: [file('shop.yaml', TEXT.replace('0.0.0.0/0', '10.0.0.0/8, except: [10.1.0.0/16]')), chosen(id)],
  })
  expect(edited.edges).toEqual(fresh.edges)
  const opened = edited.edges.filter(({ status, differs }) => differs && status === 'undetermined')
  expect(opened.every(({ differs }) => differs?.facts.some(({ uncertain }) => uncertain))).toBe(true)
})
