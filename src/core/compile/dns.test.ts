import type { Service, Workload } from '#core/model/cluster.ts'
import { cluster, pod, workload } from '#core/evaluate/build.testkit.ts'
import { formatPorts } from '#core/model/ports.ts'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { describe, expect, test } from 'vitest'
import { dnsOf, dnsPods } from './dns.ts'

const nowhere = { document: '', path: [], range: { from: 0, to: 0 } }
const node = (name: string): Workload => workload(pod(name, { namespace: 'kube-system' }))
const both = (port: number | string): object[] => [
  { protocol: 'UDP', port },
  { protocol: 'TCP', port },
]
const to = (namespace: string, podSelector?: object): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  ...(podSelector && { podSelector: { matchLabels: podSelector } }),
})
const block = (cidr: string): object => ({ peers: [{ ipBlock: { cidr } }], ports: both(53) })
const KUBE_DNS = { peers: [to('kube-system', { 'k8s-app': 'kube-dns' })], ports: both(53) }

const known = (profile: string, workloads: readonly Workload[] = [], services: readonly Service[] = []) => ({
  cluster: cluster([], { workloads, services }),
  settings: { ...DEFAULT_SETTINGS, profile: { id: profile } },
})

describe('where names are resolved, by profile (semantics.md A.13)', () => {
  test.each([
    ['reference', [KUBE_DNS]],
    ['cilium', [KUBE_DNS]],
    ['none-such', [KUBE_DNS]],
    ['ovn-kubernetes', [{ peers: [to('openshift-dns')], ports: both(5353) }]],
    ['gke-dataplane-v2', [KUBE_DNS, block('169.254.169.254/32')]],
  ])('%s, where no DNS Service is loaded', (profile, rules) => {
    expect(dnsOf(known(profile))).toEqual({ rules, assumed: true })
  })

  test('the node-local cache counts where it is loaded', () => {
    const local = [node('node-local-dns')]
    expect(dnsOf(known('calico', local)).rules).toEqual([KUBE_DNS, block('169.254.20.10/32')])
    expect(dnsOf(known('gke-dataplane-v2', local)).rules).toEqual([
      KUBE_DNS,
      block('169.254.20.10/32'),
      block('169.254.169.254/32'),
    ])
  })

  test('a loaded Service says more than a profile', () => {
    const service: Service = {
      namespace: 'kube-system',
      name: 'kube-dns',
      selector: { 'k8s-app': 'coredns' },
      headless: false,
      ports: [{ port: 53, protocol: 'UDP', targetPort: 1053 }],
      ref: nowhere,
    }
    expect(dnsOf(known('ovn-kubernetes', [], [service]))).toEqual({
      rules: [{ peers: [to('kube-system', { 'k8s-app': 'coredns' })], ports: [{ protocol: 'UDP', port: 1053 }] }],
      assumed: false,
    })
  })

  test('the workloads that answer are those of the profile', () => {
    const openshift = workload(pod('dns', { namespace: 'openshift-dns' }))
    const { ids, ports } = dnsPods(known('ovn-kubernetes', [openshift, node('web')]))
    expect([...ids]).toEqual([openshift.id])
    expect(formatPorts(ports)).toBe('UDP 5353')
    expect([...dnsPods(known('reference', [openshift])).ids]).toEqual([])
  })
})
