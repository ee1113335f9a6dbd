import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import type {
  RawCluster,
  RawPeer,
  RawPod,
  RawPolicy,
  RawPort,
  RawRule,
  RawSelector,
} from '#core/evaluate/raw.testkit.ts'
import { load } from '#core/load/load.ts'
import { coversIps, parseCidr, NO_IPS } from '#core/model/cidr.ts'
import type { End } from '#core/model/end.ts'
import type { ExplainedHalf } from '#core/model/picture.ts'
import type { NearMiss } from '#core/model/nearMiss.ts'
import { explain } from './explain.ts'
import { plain } from '#core/model/sentence.ts'

const PORTS = [[], ['TCP/80'], ['TCP/8080'], ['UDP/53'], ['TCP/80', 'TCP/8080-8090']]

/** What a miss says, to be held against the manifests as they were written. */
interface Said {
  readonly cluster: RawCluster
  readonly miss: NearMiss
  readonly policy: RawPolicy | undefined
  readonly rule: RawRule | undefined
  readonly selectors: readonly RawSelector[]
}

type Judge = (said: Said, parts: readonly string[]) => boolean

const value = (text: string | undefined): string | undefined => (text === '""' ? '' : text)

function podNamed({ pods }: RawCluster, name: string | undefined): RawPod | undefined {
  return pods.find((pod) => `${pod.namespace}/${pod.name}` === name)
}

function labelsOf({ cluster }: Said, who: string | undefined): Readonly<Record<string, string>> | undefined {
  const [, namespace] = /^the namespace (.*)$/.exec(who ?? '') ?? []
  if (namespace === undefined) return podNamed(cluster, who)?.labels
  const own = cluster.namespaces.find(({ name }) => name === namespace)
  return own && { ...own.labels, 'kubernetes.io/metadata.name': namespace }
}

const asks = ({ selectors }: Said, key: string | undefined, values: string | undefined): boolean =>
  selectors.some(
    ({ matchLabels = {}, matchExpressions = [] }) =>
      (key !== undefined && Object.hasOwn(matchLabels, key) && matchLabels[key] === value(values)) ||
      matchExpressions.some(
        (one) =>
          one.key === key &&
          one.operator === 'In' &&
          (one.values ?? []).map((own) => (own === '' ? '""' : own)).join(' or ') === values,
      ),
  )

const expression = ({ selectors }: Said, key: string | undefined, operator: string): boolean =>
  selectors.some(({ matchExpressions = [] }) =>
    matchExpressions.some((one) => one.key === key && one.operator === operator),
  )

const has = (said: Said, who: string | undefined, key = '', own?: string): boolean => {
  const labels = labelsOf(said, who)
  return labels !== undefined && (own === undefined ? !Object.hasOwn(labels, key) : labels[key] === value(own))
}

function peersOf({ rule }: Said): readonly RawPeer[] {
  return rule?.from ?? rule?.to ?? []
}

function portMatches({ rule }: Said, protocol: string | undefined, port: string | undefined): boolean {
  const isIt = (one: RawPort): boolean => {
    const text = one.endPort === undefined || one.endPort === one.port ? `${one.port}` : `${one.port}-${one.endPort}`
    return (one.protocol ?? 'TCP') === protocol && text === port
  }
  return (rule?.ports ?? []).some(isIt)
}

const ipsOf = (said: Said, who: string | undefined) => parseCidr(podNamed(said.cluster, who)?.ip ?? who ?? '') ?? NO_IPS

/** Every clause that a sentence may have, and how it is checked. */
const CLAUSES: readonly (readonly [RegExp, Judge])[] = [
  [
    /^(?:asks for|asks for namespaces with|is of a policy for pods with) (\S+): (.*); (.+) has (\S+): (\S+?)(?: \(did you mean \S+: \S+\?\))?$/,
    (said, [key, values, who, own, actual]) => asks(said, key, values) && key === own && has(said, who, own, actual),
  ],
  [
    /^(?:asks for|asks for namespaces with|is of a policy for pods with) (\S+): (.*); (.+) has no label (\S+?)(?:, but (\S+): (\S+))?(?: \(did you mean \S+: \S+\?\))?$/,
    (said, [key, values, who, own, other, actual]) =>
      asks(said, key, values) &&
      key === own &&
      has(said, who, own) &&
      (other === undefined ||
        (has(said, who, other, actual) && actual === values?.split(' or ').find((one) => one === actual))),
  ],
  [
    /^(?:asks for|asks for namespaces with|is of a policy for pods with) (\S+) other than (\S+); (.+) has (\S+): (\S+)$/,
    (said, [key, not, who, own, actual]) =>
      expression(said, key, 'NotIn') && value(not) === value(actual) && has(said, who, own, actual),
  ],
  [
    /^(?:asks for|asks for namespaces with|is of a policy for pods with) any (\S+); (.+) has no label (\S+)$/,
    (said, [key, who]) => expression(said, key, 'Exists') && has(said, who, key),
  ],
  [
    /^(?:asks for|asks for namespaces with|is of a policy for pods with) no (\S+); (.+) has (\S+): (\S+)$/,
    (said, [key, who, own, actual]) => expression(said, key, 'DoesNotExist') && has(said, who, own, actual),
  ],
  [
    /^has no namespaceSelector, so it means pods of (\S+) only; (.+) is in (\S+)$/,
    (said, [own, who, namespace]) =>
      own !== namespace &&
      said.policy?.namespace === own &&
      podNamed(said.cluster, who)?.namespace === namespace &&
      peersOf(said).some((one) => one.podSelector && !one.namespaceSelector),
  ],
  [
    /^asks for namespaceSelector and podSelector in one item, and no pod answers to both; (.+) answers to the (?:first|second) \(did you mean two items\?\)$/,
    (said) => peersOf(said).some((one) => one.podSelector && one.namespaceSelector),
  ],
  [
    /^has namespaceSelector and podSelector as two items: the second means (\S+) only, and the first asks for (.+), which (\S+) does not have \(did you mean one item with both, and \S+ \S+\?\)$/,
    (said, [own, , namespace]) =>
      own !== namespace &&
      said.policy?.namespace === own &&
      peersOf(said).some((one) => one.podSelector && !one.namespaceSelector) &&
      peersOf(said).some((one) => one.namespaceSelector),
  ],
  [
    /^allows (\S+); (\S+) is outside of it$/,
    (said, [cidr, who]) =>
      peersOf(said).some(({ ipBlock }) => ipBlock?.cidr === cidr) &&
      !coversIps(parseCidr(cidr ?? '') ?? NO_IPS, ipsOf(said, who)),
  ],
  [
    /^allows (\S+) without (\S+); (\S+) is in that exception$/,
    (said, [cidr, except = '', who]) =>
      peersOf(said).some(({ ipBlock }) => ipBlock?.cidr === cidr && ipBlock?.except?.includes(except)) &&
      coversIps(parseCidr(except) ?? NO_IPS, ipsOf(said, who)),
  ],
  [/^allows (\S+) ([\d-]+), not (.+)$/, (said, [protocol, port]) => portMatches(said, protocol, port)],
  [
    /^allows all (\S+) ports, not (.+)$/,
    ({ rule }, [protocol]) =>
      (rule?.ports ?? []).some((one) => (one.protocol ?? 'TCP') === protocol && one.port === undefined),
  ],
  [
    /^allows (\S+) ([a-z]+) \((\S+) (\S+) at (\S+)\), not (.+)$/,
    (said, [protocol, name, , port, who]) =>
      portMatches(said, protocol, name) &&
      (podNamed(said.cluster, who)?.ports ?? []).some((one) => one.name === name && `${one.port}` === port),
  ],
  [
    /^allows (\S+) ([a-z]+); (.+) defines no (\S+) port of that name$/,
    (said, [protocol, name, who]) =>
      portMatches(said, protocol, name) &&
      !(podNamed(said.cluster, who)?.ports ?? []).some((one) => one.name === name && one.protocol === protocol),
  ],
  [
    /^allows (\S+) ([a-z]+); (.+) defines that name for (\S+) (\d+)$/,
    (said, [, name, who, protocol, port]) =>
      (podNamed(said.cluster, who)?.ports ?? []).some(
        (one) => one.name === name && one.protocol === protocol && `${one.port}` === port,
      ),
  ],
  [
    /^does not count: policyTypes of its policy does not list (\S+)$/,
    ({ policy }, [type = '']) => policy?.spec.policyTypes !== undefined && !policy.spec.policyTypes.includes(type),
  ],
]

function isTrue(said: Said): string {
  const text = plain(said.miss.sentence)
  // Nothing is written about pods that are only assumed.
  if (text.includes('a pod of ')) return ''
  const [, index, name, rest] = /^Rule (\d+) of (\S+) (.*)\.$/.exec(text) ?? []
  if (said.miss.kind === 'no-rule') return said.miss.rule === undefined ? '' : 'a rule where there is none'
  if (said.miss.kind === 'other-half') return said.rule ? '' : 'no rule for the other half'
  if (name !== said.miss.policyName || !said.rule || !rest) return `unreadable: ${text}`
  if (Number(index) !== Number(said.miss.rule?.path[2]) + 1) return `another rule: ${text}`
  const wrong = rest.split('; also, it ').find(
    (clause) =>
      !CLAUSES.some(([form, judge]) => {
        const found = form.exec(clause)
        return found !== null && judge(said, found.slice(1))
      }),
  )
  return wrong === undefined ? '' : `not so: ${wrong} (${text})`
}

function saidBy(cluster: RawCluster, miss: NearMiss): Said {
  const policy = cluster.policies.find(({ namespace, name }) => `${namespace}/${name}` === miss.policyName)
  const direction = miss.rule?.path[1] === 'egress' ? 'egress' : 'ingress'
  const rule = policy?.spec[direction]?.[Number(miss.rule?.path[2])]
  const peers = rule?.from ?? rule?.to ?? []
  const selectors = [policy?.spec.podSelector, ...peers.flatMap((one) => [one.podSelector, one.namespaceSelector])]
  return { cluster, miss, policy, rule, selectors: selectors.filter((one) => one !== undefined) }
}

test('what a near miss says about rules, pods, namespaces and ports is so in the manifests', () => {
  const kinds = new Map<string, number>()
  fc.assert(
    fc.property(clusters, fc.nat(), fc.nat(), fc.constantFrom(...PORTS), (cluster, one, other, ports) => {
      const loaded = load([{ path: 'all.json', text: manifestsOf(cluster), counts: true }])
      const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
      const pods: readonly End[] = cluster.pods.map(({ namespace, name }) => ({ namespace, workload: `Pod/${name}` }))
      const ends: readonly End[] = [
        ...pods,
        ...pods,
        { namespace: 'x' },
        { host: '203.0.113.9' },
        { host: '198.51.100.7' },
      ]
      const [from, to] = [ends[one % ends.length], ends[other % ends.length]]
      if (!from || !to) return
      const { halves } = explain(evaluation, from, to, ports)
      for (const { misses, status } of halves) {
        expect(misses.length).toBeLessThan(4)
        expect(status === 'allowed' && misses.length > 0).toBe(false)
        for (const miss of misses) kinds.set(miss.kind, (kinds.get(miss.kind) ?? 0) + 1)
        expect(misses.map((miss) => isTrue(saidBy(cluster, miss))).filter((wrong) => wrong !== '')).toEqual([])
      }
      expect(halves.flatMap((half) => (isClosed(half) ? [half.title] : []))).toEqual([])
    }),
    { numRuns: 2500 },
  )
  for (const kind of ['label-value', 'label-absent', 'namespace-label', 'own-namespace', 'port', 'protocol', 'no-rule'])
    expect([kind, kinds.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy((count: number) => count > 5)])
})

/** Denied without a word of what comes close. */
function isClosed({ status, misses }: ExplainedHalf): boolean {
  return status === 'denied' && misses.length === 0
}
