import { verdictOf } from '#core/evaluate/evaluate.ts'
import { checksValue } from '#core/kinds/checkText.ts'
import { policyValue } from '#core/kinds/networkPolicyText.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import { formatPortSpec } from '#core/model/portSpec.ts'
import { formatPorts } from '#core/model/ports.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { expect, test } from 'vitest'
import { edgesOf, openOf, realEnds, sampleFiles, samplesExist, sizeOf, withoutPolicies } from './samples.testkit.ts'
import { plan } from './plan.ts'
import { type Scope, wholeSet } from './wholeSet.ts'
import { carryOut, type World, worldOf } from './world.testkit.ts'

const SHOPS = [
  ['online-boutique', 'default'],
  ['sock-shop', 'sock-shop'],
] as const
const STYLES: readonly PlanStyle[] = ['per-workload', 'per-edge', 'per-namespace']
const exist = samplesExist()

/** The cluster's DNS, and a namespace that has nothing to do with the shop. */
const AROUND = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: kube-dns } }
  template: { metadata: { labels: { k8s-app: kube-dns } }, spec: { containers: [{ name: dns }] } }
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec:
  selector: { k8s-app: kube-dns }
  ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53, protocol: TCP }]
---
apiVersion: v1
kind: Pod
metadata: { name: stranger, namespace: elsewhere, labels: { app: frontend, name: front-end } }
spec: { containers: [{ name: main }] }
`
const OUTSIDE: readonly End[] = [{ internet: true }, { cidr: '10.0.0.0/16' }]

interface Redrawn {
  readonly theirs: World
  readonly ours: World
}

function redraw(shop: string, scope: Scope): Redrawn {
  const files = [...sampleFiles(shop), { path: 'around.yaml', text: AROUND, counts: true }]
  const theirs = worldOf(files)
  const bare = worldOf(withoutPolicies(files))
  const { policies, unsaid, warnings } = wholeSet(bare.evaluation, edgesOf(theirs).filter(isIn(scope)), scope)
  expect([unsaid, warnings]).toEqual([[], []])
  const text = policies.map((policy) => writeYaml(policyValue(policy), { indent: 2, indentLists: true })).join('---\n')
  const ours: SourceFile = { path: 'ours.yaml', text, counts: true }
  return { theirs, ours: worldOf([...bare.files, ours]) }
}

function isIn({ namespaces }: Pick<Scope, 'namespaces'>): (edge: { readonly to: End }) => boolean {
  return ({ to }) => 'namespace' in to && namespaces.includes(to.namespace)
}

for (const [shop, home] of SHOPS)
  for (const style of STYLES)
    test(`${shop}, redrawn ${style} for ingress alone, allows exactly what its own policies allow`, () => {
      if (!exist) return
      const { theirs, ours } = redraw(shop, { namespaces: [home], directions: 'ingress', style })
      const ends = [...realEnds(theirs), ...OUTSIDE]
      expect(ends.length).toBeGreaterThan(12)
      expect(openOf(ours, ends)).toEqual(openOf(theirs, ends))
      console.info(`${shop} ${style}, ingress only: ours ${told(ours)}; its own ${told(theirs)}`)
      if (style === 'per-edge') return
      expect(sizeOf(ours).policies).toBeLessThanOrEqual(sizeOf(theirs).policies)
      expect(sizeOf(ours).lines).toBeLessThanOrEqual(sizeOf(theirs).lines)
      expect(sizeOf(ours).raw).toBeLessThanOrEqual(sizeOf(theirs).raw)
    })

for (const [shop, home] of SHOPS)
  for (const style of STYLES)
    test(`${shop}, redrawn ${style} in full, allows exactly that and DNS`, () => {
      if (!exist) return
      const { theirs, ours } = redraw(shop, { namespaces: [home], directions: 'both', style })
      const own = realEnds(theirs).filter(({ namespace }) => namespace === home)
      const others: readonly End[] = [...OUTSIDE, ...realEnds(theirs).filter(({ namespace }) => namespace !== home)]
      expect(openOf(ours, own)).toEqual(openOf(theirs, own))
      for (const from of own)
        for (const to of others) {
          const isDns = 'workload' in to && to.workload === 'Deployment/coredns'
          const open = verdictOf(ours.evaluation, from, to, [])?.allowed
          expect(open && formatPorts(open)).toBe(isDns ? 'TCP 53; UDP 53' : 'no ports')
          // What comes in is as in their own.
          const [mine, their] = [ours, theirs].map(({ evaluation }) => verdictOf(evaluation, to, from, [])?.allowed)
          expect(mine).toEqual(their)
        }
      console.info(`${shop} ${style}, both halves and DNS: ours ${told(ours)}`)
    })

for (const [shop, home] of SHOPS)
  test(`${shop}, saved as checks and protected, is closed to all but that`, () => {
    if (!exist) return
    const files = [...sampleFiles(shop), { path: 'around.yaml', text: AROUND, counts: true }]
    const theirs = worldOf(files)
    const bare = withoutPolicies(files)
    const checks = edgesOf(theirs)
      .filter(isIn({ namespaces: [home] }))
      .map(({ from, to, ports }, i) => ({
        name: `check ${i}`,
        from,
        to,
        ports: ports.map(formatPortSpec),
        expect: 'allowed' as const,
      }))
    const saved = { path: 'checks.yaml', text: writeYaml(checksValue('checks', checks)), counts: true }
    const start = worldOf([...bare, saved])
    const made = plan({ type: 'protect', namespaces: [home], directions: 'ingress' }, { ...start, revision: 1 })
    const strict = [made, ...made.others].find(({ title }) => title === 'Only what the checks say')
    const ours = worldOf(carryOut(start.files, strict ?? made))
    expect(openOf(ours, realEnds(theirs))).toEqual(openOf(theirs, realEnds(theirs)))
    expect(sizeOf(ours).policies).toBeLessThanOrEqual(sizeOf(theirs).policies)
  })

function told(world: World): string {
  const { policies, lines, raw } = sizeOf(world)
  return `${policies} policies, ${lines} spec lines (${raw} as they stand)`
}
