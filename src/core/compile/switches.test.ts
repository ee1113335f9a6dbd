import { describe, expect, test } from 'vitest'
import { deploymentText, joined, policyText } from '#core/load/load.testkit.ts'
import type { End } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { applied, filesOf, openIn, planOf, unwanted, worldOf } from './deny.testkit.ts'

type Own = End & { readonly namespace: string; readonly workload: string }
const at = (workload: string, namespace = 'shop'): Own => ({ namespace, workload: `Deployment/${workload}` })
const [web, db, dns] = [at('web'), at('db'), at('kube-dns', 'kube-system')]
const NAMESPACE = `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n`
const DNS = deploymentText('kube-dns', '', 'kube-system').replaceAll('app: kube-dns', 'k8s-app: kube-dns')
const APPS = joined(NAMESPACE, deploymentText('web'), deploymentText('db'), DNS)
const DENY = policyText('default-deny', '{podSelector: {}, policyTypes: [Ingress, Egress]}')

function carryOut(
  texts: readonly string[],
  intent: Intent,
): { made: ReturnType<typeof planOf>; files: ReturnType<typeof filesOf>; text: string } {
  const before = filesOf(...texts)
  const made = planOf(worldOf(before), intent)
  const files = applied(before, made)
  return { made, files, text: files.find(({ path }) => path === 'file-1.yaml')?.text ?? '' }
}

const checks = (ports: string, name = 'web may reach db on TCP 80'): string => `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: {name: c}
checks:
  - name: ${name} # drawn
    from: {namespace: shop, workload: Deployment/web}
    to: {namespace: shop, workload: Deployment/db}
    ports: [${ports}] # these
    expect: allowed
`

const change = (ports: readonly string[], next: readonly string[]): Intent => {
  return { type: 'change-ports', from: web, to: db, ports, next }
}

const isolate = (direction: 'ingress' | 'egress', on: boolean, keep = false): Intent => {
  return { type: 'isolate', end: db, direction, on, dns: keep }
}

const label = (end: Own, labels: Readonly<Record<string, string>>): Intent => ({ type: 'add-labels', end, labels })

describe('change-ports', () => {
  const rule = `{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [PORTS]}]}`
  const hand = (ports: string): string => policyText('db', rule.replace('PORTS', ports))

  test('writes one port over the other, in the rule and in the check', () => {
    const { made, files, text } = carryOut(
      [APPS, hand('{port: 80}'), checks('TCP/80')],
      change(['TCP/80'], ['TCP/8080']),
    )
    expect(text).toBe(hand('{port: 8080}'))
    expect(files[2]?.text).toBe(checks('TCP/8080', 'web may reach db on TCP 8080'))
    expect([made.title, unwanted(made)]).toEqual(['Change the port where it stands', []])
    expect(openIn(files, web, db)).toBe('TCP 8080')
  })

  test('keeps a name that is not ours, and the ports that stay', () => {
    const { files } = carryOut(
      [APPS, hand('{port: 80}, {port: 90}'), checks('TCP/80, TCP/90', 'mine')],
      change(['TCP/80', 'TCP/90'], ['TCP/90', 'TCP/8000-8080']),
    )
    expect(files[2]?.text).toBe(checks('TCP/8000-8080, TCP/90', 'mine'))
    expect(openIn(files, web, db)).toBe('TCP 90, 8000-8080')
  })

  test('of a rule for others, too, moves nobody else', () => {
    const both = policyText(
      'db',
      '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {}}], ports: [{port: 80}]}]}',
    )
    const { made, files } = carryOut([APPS, both], change(['TCP/80'], ['TCP/81']))
    expect(openIn(files, web, db)).toBe('TCP 81')
    expect(openIn(files, dns, db)).toBe('TCP 80')
    expect(unwanted(made)).toEqual([])
  })

  test('that only adds closes nothing, and one that only takes away opens nothing', () => {
    const more = carryOut([APPS, hand('{port: 80}')], change(['TCP/80'], ['TCP/80', 'TCP/81']))
    expect([openIn(more.files, web, db), more.made.closes]).toEqual(['TCP 80-81', []])
    const less = carryOut([APPS, hand('{port: 80}, {port: 81}')], change(['TCP/80', 'TCP/81'], ['TCP/81']))
    expect([openIn(less.files, web, db), less.made.opens]).toEqual(['TCP 81', []])
  })
})

describe('isolate', () => {
  test('on: a policy of its own that allows nothing, or the present traffic', () => {
    const { made, files } = carryOut([APPS], isolate('ingress', true))
    expect(openIn(files, web, db)).toBe('no ports')
    expect(made.title).toBe('Isolate shop/db, and allow nothing')
    expect(unwanted(made)).toEqual([])
    const [kept] = made.others
    expect(kept?.title).toBe('Isolate shop/db, and keep the present traffic between loaded workloads')
    expect(kept && openIn(applied(filesOf(APPS), kept), web, db)).toBe('all ports')
    expect(kept && openIn(applied(filesOf(APPS), kept), { internet: true }, db)).toBe('no ports')
  })

  test('on: keeps what the checks need first, also where the other half is closed, and is seen before it is done', () => {
    const { made, files } = carryOut([APPS, checks('TCP/80')], isolate('ingress', true))
    expect(made.title).toBe('Isolate shop/db, and keep what the checks need')
    expect([made.needsPreview, unwanted(made), made.warnings]).toEqual([true, [], []])
    expect([openIn(files, web, db), openIn(files, dns, db)]).toEqual(['TCP 80', 'no ports'])
    expect(made.others.map(({ title }) => title)).toEqual([
      'Isolate shop/db, and keep the present traffic between loaded workloads',
      'Isolate shop/db, and allow nothing',
    ])
    expect(made.others[1]?.warnings[0]).toContain('Breaks the check')
    const closed = policyText('web', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}')
    const broken = carryOut([APPS, checks('TCP/80'), closed], isolate('ingress', true))
    expect(broken.files.map(({ text }) => text).join()).toContain('app: web')
  })

  test('on: DNS is kept or not, and nothing else depends on that', () => {
    const own: Intent = { type: 'isolate', end: web, direction: 'egress', on: true, dns: false }
    const [without, kept] = [own, { ...own, dns: true }].map((intent) => carryOut([APPS, checks('TCP/80')], intent))
    expect(without && [openIn(without.files, web, db), openIn(without.files, web, dns)]).toEqual(['TCP 80', 'no ports'])
    expect(kept && [openIn(kept.files, web, db), openIn(kept.files, web, dns)]).toEqual(['TCP 80', 'TCP 53; UDP 53'])
    const present = kept?.made.others[0]
    const text = present
      ? applied(filesOf(APPS, checks('TCP/80')), present)
          .map((file) => file.text)
          .join()
      : ''
    expect(text.split('k8s-app: kube-dns').length).toBe(APPS.split('k8s-app: kube-dns').length + 1)
  })

  test('on, of egress with DNS', () => {
    const { files } = carryOut([APPS], isolate('egress', true, true))
    expect([openIn(files, db, dns), openIn(files, db, web)]).toEqual(['TCP 53; UDP 53', 'no ports'])
  })

  test('on, where it is isolated already, says by what', () => {
    const { made } = carryOut([APPS, DENY], isolate('ingress', true))
    expect(made.refusal).toBe('shop/db is isolated already for ingress, by shop/default-deny.')
  })

  test('off takes back what on wrote', () => {
    const on = carryOut([APPS], isolate('ingress', true))
    const off = planOf(worldOf(on.files), isolate('ingress', false))
    expect(off.needsPreview).toBe(true)
    expect(applied(on.files, off)).toEqual(filesOf(APPS))
  })

  test('off takes one direction out of what isolates in both', () => {
    const both = policyText('db', '{podSelector: {matchLabels: {app: db}}, egress: [{}]}')
    const { files, text } = carryOut([APPS, both], isolate('ingress', false))
    expect(text).toContain('policyTypes: [Egress]')
    expect(openIn(files, web, db)).toBe('all ports')
  })

  test('off names what isolates others, too', () => {
    const { made } = carryOut([APPS, DENY], isolate('egress', false))
    expect(made.refusal).toContain('shop/default-deny isolates all pods of shop')
  })
})

describe('DNS that nobody loaded', () => {
  const alone = joined(NAMESPACE, deploymentText('web'), deploymentText('db'))

  test('is assumed to be kube-system/kube-dns: who may not ask it any more loses names', () => {
    const { made } = carryOut([alone], isolate('egress', true))
    expect(made.dns).toEqual({ lost: [db], gained: [] })
    expect(made.warnings).toEqual([
      'Cuts off DNS for shop/db: names do not resolve there any more. No DNS pods are loaded: kube-system/kube-dns is assumed.',
    ])
    expect(carryOut([alone], isolate('egress', true, true)).made.dns).toEqual({ lost: [], gained: [] })
  })

  test('is lost by a denial to anywhere, too, and gained again', () => {
    const open = policyText('db', '{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress], egress: [{}]}')
    const { made } = carryOut([alone, open], { type: 'deny', from: db, to: { anywhere: true }, ports: [] })
    expect([made.dns.lost, made.needsPreview]).toEqual([[db], true])
    const { files } = carryOut([alone], isolate('egress', true))
    expect(planOf(worldOf(files), { type: 'allow-dns', end: db }).dns.gained).toEqual([db])
  })
})

describe('default-deny', () => {
  const deny: Intent = { type: 'default-deny', namespace: 'shop', direction: 'ingress', on: true, dns: false }

  test('keeps what the checks need first, and is seen before it is done', () => {
    const { made, files } = carryOut([APPS, checks('TCP/80')], deny)
    expect([made.title, made.needsPreview]).toEqual(['Deny by default, and keep what the checks need', true])
    expect([openIn(files, web, db), openIn(files, db, web), openIn(files, dns, db)]).toEqual([
      'TCP 80',
      'no ports',
      'no ports',
    ])
    expect(made.others.map(({ title }) => title)).toEqual([
      'Deny by default, and keep the present traffic between loaded workloads',
      'Deny by default, and allow nothing',
    ])
  })

  test('may keep the present traffic', () => {
    const { made, files } = carryOut([APPS], deny)
    expect(openIn(files, web, db)).toBe('no ports')
    const [kept] = made.others
    expect(kept?.title).toBe('Deny by default, and keep the present traffic between loaded workloads')
    const after = kept ? applied(filesOf(APPS), kept) : []
    expect([web, dns].map((end) => openIn(after, end, db))).toEqual(['all ports', 'all ports'])
    expect(openIn(after, { internet: true }, db)).toBe('no ports')
    const off = planOf(worldOf(after), { ...deny, on: false })
    expect(off.sentences.join()).toContain('Still isolated for ingress: web, db')
  })
})

describe('allow-dns', () => {
  test('for a namespace is its allow-dns', () => {
    const { made, files, text } = carryOut([APPS, DENY], { type: 'allow-dns', end: { namespace: 'shop' } })
    expect(text).toContain('name: allow-dns')
    expect([web, db].map((end) => openIn(files, end, dns))).toEqual(['TCP 53; UDP 53', 'TCP 53; UDP 53'])
    expect([unwanted(made), made.dns.gained]).toEqual([[], [web, db]])
  })

  test('for a workload goes into its own policy', () => {
    const own = policyText('web-egress', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}').replace(
      '  name:',
      '  labels: {app.kubernetes.io/managed-by: drawbridge}\n  name:',
    )
    const { made, files } = carryOut([APPS, own], { type: 'allow-dns', end: web })
    expect(made.sentences[0]).toBe('Adds DNS to shop/web-egress.')
    expect(openIn(files, web, dns)).toBe('TCP 53; UDP 53')
  })

  test('goes into a policy that was written by hand, where that is less', () => {
    const own = policyText('web-egress', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}')
    const { made, files } = carryOut([APPS, own], { type: 'allow-dns', end: web })
    expect([made.title, unwanted(made)]).toEqual(['Allow DNS in web-egress', []])
    expect(made.others.map(({ title }) => title)).toEqual(['Allow DNS by a new policy, web-egress-2'])
    expect(openIn(files, web, dns)).toBe('TCP 53; UDP 53')
  })

  test('of a namespace isolates nobody who was not', () => {
    const one = policyText('web', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}')
    const { files, made } = carryOut([APPS, one], { type: 'allow-dns', end: { namespace: 'shop' } })
    expect([openIn(files, web, dns), openIn(files, db, dns)]).toEqual(['TCP 53; UDP 53', 'all ports'])
    expect(made.closes).toEqual([])
  })

  test('has nothing to do where DNS is open', () => {
    const open = carryOut([APPS], { type: 'allow-dns', end: web })
    expect(open.made.refusal).toContain('no policy restricts what shop/web sends')
    const done = carryOut([APPS, DENY], { type: 'allow-dns', end: web })
    const again = planOf(worldOf(done.files), { type: 'allow-dns', end: web })
    expect(again.refusal).toBe('Nothing to do: shop/web reaches DNS already.')
  })
})

describe('allow against a check that says denied', () => {
  test('turns it around, and says so', () => {
    const denied = checks('TCP/80', 'keep out').replace('expect: allowed', 'expect: denied')
    const { made, files } = carryOut([APPS, denied, DENY], { type: 'allow', from: web, to: db, ports: ['TCP/80'] })
    expect(made.sentences).toContain('Turns the check “keep out” into “web may reach db on TCP 80”.')
    expect([made.warnings, made.needsPreview]).toEqual([
      ['The check “keep out” says the opposite: it changes, too.'],
      true,
    ])
    expect(worldOf(files).loaded.checks.map(({ name, expect: wanted }) => [name, wanted])).toEqual([
      ['web may reach db on TCP 80', 'allowed'],
    ])
  })
})

test('who is left out of a rule for anybody is told of the comment there', () => {
  const open = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    # anybody may
    - ports: [{port: 80}]
`
  const deny: Intent = { type: 'deny', from: web, to: db, ports: [] }
  expect(carryOut([APPS, open], deny).made.warnings).toContain(
    'A comment at rule 1 of shop/db may no longer be true: please read it.',
  )
  expect(carryOut([APPS, open.replace('# anybody may', '')], deny).made.warnings.join()).not.toContain('A comment')
})

const ofApp = (name: string): string => policyText(name, `{podSelector: {matchLabels: {app: ${name}}}}`)
const pathsOf = (...texts: readonly string[]): readonly string[] => {
  const { made } = carryOut([APPS, checks('TCP/80'), ...texts, DENY], { type: 'allow', from: web, to: db, ports: [] })
  return made.changes.flatMap((one) => ('path' in one ? [one.path] : []))
}

describe('allow of what is open because nobody looks', () => {
  const draw: Intent = { type: 'allow', from: web, to: db, ports: ['TCP/80'] }
  const titles = (text: string): readonly string[] => {
    const { made } = carryOut([text], draw)
    return [made, ...made.others].map(({ title }) => title)
  }
  const kept = 'Isolate shop/db, and keep the present traffic between loaded workloads'

  test('saves the check alone where isolating would cut off others that are there', () => {
    expect(titles(APPS)).toEqual(['Save the check only', kept, 'New policy db-ingress'])
    expect(carryOut([APPS], draw).made.changes.map((one) => ('path' in one ? one.path : ''))).toEqual(['checks.yaml'])
  })

  test('is a policy where nothing else is there, or others are only sketched', () => {
    const two = joined(NAMESPACE, deploymentText('web'), deploymentText('db'))
    expect(titles(two)[0]).toBe('New policy db-ingress')
    const sketched = deploymentText('api').replace('labels: {', 'labels: {drawbridge/sketch: "true", ')
    expect(titles(joined(two, sketched))[0]).toBe('New policy db-ingress')
    expect(titles(joined(two, deploymentText('api')))[0]).toBe('Save the check only')
  })
})

describe('where new text goes', () => {
  test('is the file with most policies of the namespace, and none of many with as many', () => {
    expect(pathsOf(ofApp('a'), ofApp('b'))).toEqual(['policies/shop.yaml', 'file-1.yaml'])
    expect(pathsOf(ofApp('a'), joined(ofApp('b'), ofApp('c')))).toEqual(['file-3.yaml', 'file-1.yaml'])
  })

  test('policies are listed before checks', () => {
    const { made } = carryOut([APPS, DENY], { type: 'allow', from: web, to: db, ports: ['TCP/80'] })
    expect(made.changes.map((one) => ('path' in one ? one.path : ''))).toEqual(['file-1.yaml', 'checks.yaml'])
  })
})

describe('add-labels', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web # ours
    spec: {containers: [{name: c, image: i}]}
`
  const CRON = `apiVersion: batch/v1
kind: CronJob
metadata: {name: web, namespace: shop}
spec:
  schedule: '@daily'
  jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}
`
  const POD = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec: {containers: [{name: c, image: i}]}\n`

  test('puts them into the template, and never into the selector', () => {
    const { files, made } = carryOut([text], label(web, { tier: 'front', beta: 'on' }))
    expect(files[0]?.text).toBe(text.replace('# ours\n', `# ours\n        tier: front\n        beta: 'on'\n`))
    expect(made.needsPreview).toBe(true)
  })

  test.each([
    ['a CronJob', CRON, { ...web, workload: 'CronJob/web' }, CRON.replace('{template: {spec:', '{template: {spec:')],
    ['a bare Pod', POD, { ...web, workload: 'Pod/web' }, POD],
  ])('makes room for them in %s', (_, own, end) => {
    const { files, made } = carryOut([own], label(end, { tier: 'front' }))
    expect(made.refusal).toBeUndefined()
    const [workload] = worldOf(files).evaluation.cluster.workloads
    expect(workload?.pods.map(({ labels }) => ({ ...labels.labels }))).toEqual([{ tier: 'front' }])
  })

  test('leaves a key that has another value', () => {
    expect(carryOut([text], label(web, { app: 'other' })).made.refusal).toContain('app: web')
    expect(carryOut([text], label(web, { app: 'web' })).made.refusal).toContain('nothing to do')
  })
})
