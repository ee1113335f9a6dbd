import { block, cluster, evaluated, known, pod, pods, policy, port } from '#core/evaluate/build.testkit.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import type { Exposure } from '#core/model/cluster.ts'
import type { End } from '#core/model/end.ts'
import { describe, expect, test } from 'vitest'
import { explain } from './explain.ts'
import { plain } from '#core/model/sentence.ts'

const web: End = { namespace: 'shop', workload: 'Deployment/web' }
const db: End = { namespace: 'shop', workload: 'Deployment/db' }
const internet: End = { internet: true }
const ask = (evaluation: Evaluation, from: End, to: End, ...specs: readonly string[]) =>
  explain(evaluation, from, to, specs)
const told = (evaluation: Evaluation, from: End, to: End, ...specs: readonly string[]): readonly string[] => {
  const { summary, halves } = ask(evaluation, from, to, ...specs)
  return [summary, ...halves.flatMap(({ title, sentences }) => [title].concat(sentences.map(plain)))]
}
const tell = (evaluation: Evaluation, from: End, to: End): string => told(evaluation, from, to).join(' ')
const deny = policy('deny', '', { ingress: [] })
const both = [pod('web'), pod('db', { ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }] })]

describe('why', () => {
  test('nothing restricts', () => {
    const evaluation = evaluated(both)
    expect(told(evaluation, web, db)).toEqual([
      'shop/web may reach shop/db on all ports: no policy restricts it.',
      'Egress at shop/web: allowed',
      'No policy isolates shop/web for egress, so everything may get out.',
      'Ingress at shop/db: allowed',
      'No policy isolates shop/db for ingress, so everything may get in.',
    ])
    expect(ask(evaluation, web, db, 'TCP/5432').name).toBe('shop/web → shop/db TCP 5432: allowed')
  })

  test('a half that is open in part says so in the words of the screen', () => {
    const rule = policy('db', 'app=db', { ingress: [{ peers: [pods('app=web')], ports: [port('sql')] }] })
    const evaluation = evaluated(both, [rule])
    expect(told(evaluation, web, db, 'TCP/5432', 'TCP/80')).toContain('Ingress at shop/db: partly allowed')
  })

  test('a rule allows', () => {
    const rule = policy('db', 'app=db', { ingress: [{}, { peers: [pods('app=web')], ports: [port('sql')] }].slice(1) })
    const evaluation = evaluated(both, [rule, deny])
    expect(told(evaluation, web, db, 'TCP/sql')).toEqual([
      'shop/web may reach shop/db on TCP sql: a rule at shop/db allows it.',
      'Egress at shop/web: allowed',
      'No policy isolates shop/web for egress, so everything may get out.',
      'Ingress at shop/db: allowed',
      'shop/db is isolated for ingress: shop/db and shop/deny select it, so only what a rule allows may get in.',
      'shop/deny has no ingress rules: it allows nothing.',
      'Rule 1 of shop/db (spec.ingress[0]) allows TCP 5432 from shop/web.',
    ])
    const parts = ask(evaluation, web, db, 'TCP/sql').halves[1]?.sentences.at(-1)
    expect(parts?.filter(({ ref }) => ref).map(({ text, ref, code }) => [text, ref?.document, code])).toEqual([
      ['shop/db', 'db', undefined],
      ['spec.ingress[0]', 'db', true],
    ])
  })

  test('no rule allows at the destination', () => {
    const rule = policy('db', 'app=db', { ingress: [{ peers: [pods('app=web')], ports: [port(80)] }] })
    expect(told(evaluated(both, [rule]), web, db, '5432')).toEqual([
      'shop/db does not accept TCP 5432 from shop/web: it is isolated for ingress, and no rule allows this.',
      'Egress at shop/web: allowed',
      'No policy isolates shop/web for egress, so everything may get out.',
      'Ingress at shop/db: denied',
      'shop/db is isolated for ingress: shop/db selects it, so only what a rule allows may get in.',
      'Rule 1 of shop/db (spec.ingress[0]) allows TCP 80 from shop/web, not TCP 5432.',
      'No rule allows TCP 5432 from shop/web.',
    ])
  })

  test('closed at the source, at both ends, or where the ends do not meet', () => {
    const noOut = policy('out', 'app=web', { egress: [] })
    expect(told(evaluated(both, [noOut]), web, db)[0]).toBe(
      'shop/web may not send anything to shop/db: it is isolated for egress, and no rule allows this.',
    )
    expect(told(evaluated(both, [noOut, deny]), web, db, '80')[0]).toBe(
      'Closed at both ends: shop/web may not send TCP 80 to shop/db, and shop/db does not accept it.',
    )
    const out80 = policy('out', 'app=web', { egress: [{ ports: [port(80)] }] })
    const in81 = policy('in', 'app=db', { ingress: [{ ports: [port(81)] }] })
    expect(told(evaluated(both, [out80, in81]), web, db, '80', '81')[0]).toBe(
      'The two ends do not meet: of TCP 80, 81, shop/db accepts nothing that shop/web may send.',
    )
  })

  test('a part of the ports, or some of the pods', () => {
    const rule = policy('db', 'app=db', { ingress: [{ peers: [pods('app=web')], ports: [port(9090)] }] })
    const evaluation = evaluated(both, [rule])
    expect(told(evaluation, web, db, '8080', '9090')).toContain(
      'Only part of it may pass from shop/web to shop/db: TCP 9090 is open, TCP 8080 is closed.',
    )
    expect(told(evaluation, web, db, '8080', '9090')).toContain('No rule allows TCP 8080 from shop/web.')
    expect(ask(evaluation, web, db).open).toBe('TCP 9090')
    expect(told(evaluation, web, db)[0]).toBe(
      'Only part of it may pass from shop/web to shop/db: TCP 9090 is open, the rest is closed.',
    )
    const all = told(evaluation, { namespace: 'shop' }, db, '9090')
    expect(all[0]).toBe('all of shop may reach shop/db on TCP 9090: a rule at shop/db allows it.')
    const canary = { ...pod('web'), name: 'canary', labels: known({ app: 'canary' }) }
    const mixed = evaluated(cluster([...both, canary]), [rule])
    expect(told(mixed, { namespace: 'shop' }, db, '9090')[0]).toBe(
      'Only part of it may pass from all of shop to shop/db: TCP 9090 is open for some of the pods only.',
    )
    expect(ask(mixed, { namespace: 'shop' }, db, '9090').open).toBe('for some pods TCP 9090')
  })

  test('exempt ends say why', () => {
    const agent = pod('agent', { hostNetwork: true, node: 'n1' })
    const near = pod('near', { node: 'n1' })
    const evaluation = evaluated([...both, agent, near, pod('done', { finished: true })], [deny])
    const agentEnd = { namespace: 'shop', workload: 'Deployment/agent' }
    expect(told(evaluation, internet, agentEnd)).toContain(
      'No policy applies to shop/agent: its pods use the network of their node (hostNetwork).',
    )
    expect(told(evaluation, internet, db)).toContain('No policy applies to the internet: it is outside the cluster.')
    expect(told(evaluation, web, { namespace: 'shop', workload: 'Deployment/done' })).toContain(
      'No policy applies to shop/done: its pods have finished.',
    )
    expect(told(evaluation, agentEnd, { namespace: 'shop', workload: 'Deployment/near' })).toContain(
      'A pod and the node that it runs on always reach each other; no policy can forbid it.',
    )
  })

  test('a workload and itself is about replicas', () => {
    expect(told(evaluated(both, [deny]), db, db)).toContain(
      'This is about different pods: a pod always reaches itself.',
    )
  })
})

describe('what is not known is said, with what to load', () => {
  test('addresses of pods', () => {
    const rule = policy('out', 'app=web', { egress: [{ peers: [block('10.0.0.0/8')] }] })
    const evaluation = evaluated(both, [rule])
    expect(told(evaluation, web, db)).toEqual([
      'What is loaded does not tell whether shop/web may reach shop/db on all ports.',
      'Egress at shop/web: undetermined',
      'shop/web is isolated for egress: shop/out selects it, so only what a rule allows may get out.',
      'Whether all ports may pass to shop/db is not known.',
      'A rule names IP blocks, and which of them hold the pods of shop is not known: add what kubectl get pods -A -o yaml prints, or set the pod CIDR.',
      'Ingress at shop/db: allowed',
      'No policy isolates shop/db for ingress, so everything may get in.',
    ])
  })

  test('labels of a namespace that is not loaded', () => {
    const half = cluster([...both, pod('cli', { namespace: 'tools' })], { namespaces: [] })
    const rule = policy('db', 'app=db', { ingress: [{ peers: [pods('', 'team=x')] }] })
    expect(tell(evaluated(half, [rule]), { namespace: 'tools', workload: 'Deployment/cli' }, db)).toContain(
      'labels of the namespace tools, which is not loaded: add what kubectl get namespaces -o yaml prints.',
    )
  })

  test('labels that pods get when they start', () => {
    const job = pod('job', { labels: { labels: {}, unknown: ['job-name'] } })
    const rule = policy('job', 'job-name=x', { ingress: [] })
    const text = tell(evaluated([...both, job], [rule]), web, { namespace: 'shop', workload: 'Deployment/job' })
    expect(text).toContain('Whether shop/job is isolated for ingress is not known: shop/job may select it.')
    expect(text).toContain('the label job-name of the pods of shop')
  })

  test('policies of other engines', () => {
    const cilium = policy('cilium', 'app=db', {}, { unevaluated: 'CiliumNetworkPolicy' })
    expect(tell(evaluated(both, [cilium]), web, db)).toContain(
      'The CiliumNetworkPolicy shop/cilium may select these pods, and Drawbridge does not evaluate this kind of policy.',
    )
  })

  test('nodes of pods', () => {
    const agent = pod('agent', { hostNetwork: true })
    expect(
      tell(evaluated([...both, agent], [deny]), { namespace: 'shop', workload: 'Deployment/agent' }, db),
    ).toContain("A pod's own node always reaches it, and which node the pods of shop run on is not known")
  })

  test('addresses of names', () => {
    const rule = policy('out', 'app=web', { egress: [{ peers: [block('8.8.8.8/32')] }] })
    expect(tell(evaluated(both, [rule]), web, { host: 'example.com' })).toContain(
      'which address example.com has is not known',
    )
  })

  test('ports that no pod declares, and ends that are not there', () => {
    const evaluation = evaluated(both)
    expect(ask(evaluation, web, db, 'TCP/metrics')).toMatchObject({
      status: 'undetermined',
      summary: 'No pod of shop/db declares TCP/metrics, so there is no port to ask about.',
    })
    expect(ask(evaluation, web, { namespace: 'gone', workload: 'Deployment/x' })).toMatchObject({
      status: 'undetermined',
      halves: [],
      summary: 'There is nobody to ask: gone/x is not loaded, or has no pods.',
    })
  })
})

const guard = (action: 'allow' | 'deny' | 'pass', more: object = {}) =>
  policy(
    'guard',
    'app=db',
    { ingress: [{ action, peers: [pods('app=web')] }] },
    { name: 'guard', tier: 'admin', ...more },
  )

describe('tiers (semantics.md C.2)', () => {
  test('an admin rule decides before NetworkPolicies are asked', () => {
    expect(told(evaluated(both, [guard('deny')]), web, db, '5432')).toEqual([
      'shop/db does not accept TCP 5432 from shop/web: the admin policy guard denies it.',
      'Egress at shop/web: allowed',
      'No policy isolates shop/web for egress, so everything may get out.',
      'Ingress at shop/db: denied',
      'Rule 1 of the admin policy guard (spec.ingress[0]) denies TCP 5432 from shop/web, whatever NetworkPolicies say.',
      'No policy isolates shop/db for ingress, so what the admin tier does not decide may get in.',
    ])
    expect(tell(evaluated(both, [guard('allow'), deny]), web, db)).toContain('a rule at shop/db allows it')
    expect(tell(evaluated(both, [guard('pass'), deny]), web, db)).toContain(
      'passes on all ports from shop/web to the NetworkPolicies. shop/db is isolated for ingress: shop/deny selects it',
    )
  })

  test('the baseline tier decides where no NetworkPolicy isolates', () => {
    const text = tell(evaluated(both, [guard('deny', { tier: 'baseline' })]), web, db)
    expect(text).toContain('shop/db does not accept anything from shop/web: the baseline policy guard denies it.')
    expect(text).toContain('No policy isolates shop/db for ingress, so the baseline tier decides')
  })

  test('rules of the same priority that contradict each other are both named', () => {
    const accept = policy('accept', 'app=db', { ingress: [{}] }, { name: 'accept', tier: 'admin' })
    expect(tell(evaluated(both, [guard('deny'), accept]), web, db)).toContain(
      'Rule 1 of the admin policy guard (spec.ingress[0]) (denies) and Rule 1 of the admin policy accept (spec.ingress[0]) (allows) contradict each other at the same priority 0; Kubernetes does not say who wins.',
    )
  })
})

describe('the ingress controller', () => {
  const controller: End = { ingressController: true }
  const ref = deny.ref
  const exposure: Exposure = { namespace: 'shop', service: 'db', name: 'Ingress shop/db', ref }
  const exposing = (...exposures: readonly Exposure[]) =>
    cluster(both, {
      services: [
        {
          namespace: 'shop',
          name: 'db',
          selector: { app: 'db' },
          headless: false,
          ports: [{ port: 80, targetPort: 'sql', protocol: 'TCP' }],
          ref,
        },
      ],
      exposures,
    })

  test('is told with what leads to the pods, and where to say where it runs', () => {
    const rule = policy('db', 'app=db', { ingress: [{ peers: [pods('app=nginx', '')] }] })
    expect(told(evaluated(exposing(exposure), [rule]), controller, db, 'TCP/5432')).toEqual([
      'What is loaded does not tell whether the ingress controller may reach shop/db on TCP 5432.',
      'Egress at the ingress controller: allowed',
      'Ingress shop/db leads to shop/db on TCP 5432.',
      'Where the ingress controller runs is not known, so what policies do to what it sends is left out: set ingressController in a DrawbridgeSettings document.',
      'Ingress at shop/db: undetermined',
      'shop/db is isolated for ingress: shop/db selects it, so only what a rule allows may get in.',
      'Whether TCP 5432 may pass from the ingress controller is not known.',
      'Where the ingress controller runs and how its pods are labelled is not known: set ingressController in a DrawbridgeSettings document.',
    ])
  })

  test('several ways are one sentence, and none is said', () => {
    const route = { ...exposure, name: 'Route shop/db' }
    expect(told(evaluated(exposing(exposure, route)), controller, db)).toContain(
      'Ingress shop/db and Route shop/db lead to shop/db on TCP 5432.',
    )
    expect(told(evaluated(exposing(exposure)), controller, web)).toContain(
      'No Ingress, Route or HTTPRoute leads to shop/web.',
    )
  })

  test('is a pod like any other once it is placed', () => {
    const settings = { ingressController: { namespace: 'edge', labels: { app: 'nginx' } } }
    expect(told(evaluated(exposing(exposure), [], settings), controller, db)).toContain(
      'No policy isolates the ingress controller for egress, so everything may get out.',
    )
  })
})

test('a node is not outside the cluster', () => {
  const nodes = [{ name: 'n1', labels: {}, ips: ['192.168.0.1'], ref: deny.ref }]
  const evaluation = evaluated(cluster(both, { nodes }))
  expect(told(evaluation, { node: 'n1' }, web)).toContain('No policy applies to node n1: policies are about pods.')
})
