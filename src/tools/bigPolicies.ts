import { type Labels, NAMESPACE_NAME_LABEL, type Requirement, type Selector } from '#core/model/labels.ts'
import type { Direction, IpBlockMatcher, PodMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import { ENVS, pick, type Plan, refOf, TEAMS, TIERS, VERSIONS } from './bigPlan.ts'

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']
const MAX_CLUSTER_POLICIES = 20
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']

type Style = 'simple' | 'expressions' | 'blocks' | 'ports'

/** What a policy is written with. */
interface Draft {
  readonly document: string
  readonly style: Style
  readonly plan: Plan
  readonly plans: readonly Plan[]
  readonly random: () => number
}

/**
 * So many policies, exactly: cluster policies (1 in 100, 20 at most), default deny with DNS in every second namespace (a fifth
 * of all at most) and for the rest rules for one application: in all 60 % plain selectors, 20 % expressions, 10 % IP
 * blocks with excepts, 10 % named ports and ranges.
 */
export function bigPolicies(plans: readonly Plan[], count: number, random: () => number): readonly Policy[] {
  const clusterWide = Array.from(
    { length: Math.min(MAX_CLUSTER_POLICIES, count < 20 ? 0 : Math.max(1, Math.round(count / 100))) },
    (_, i) => clusterPolicy(i),
  )
  const own = count - clusterWide.length
  const closed = [...new Set(plans.map(({ namespace }) => namespace))].filter((_, i) => i % 2 === 1)
  const baseline = closed.flatMap((namespace) => defaultDeny(namespace)).slice(0, Math.floor(own / 5))
  const applications = plans.filter(({ labels }) => labels['app'] !== undefined)
  const specific = stylesOf(own, baseline.length).map((style, i) =>
    specificPolicy({
      document: `policy-${i}`,
      style,
      plan: pick(applications.length > 0 ? applications : plans, random),
      plans,
      random,
    }),
  )
  return [...clusterWide, ...baseline, ...shuffled(specific, random)]
}

// The share of each style is of all NetworkPolicies; the plain ones that are there already count.
function stylesOf(all: number, plain: number): readonly Style[] {
  const expressions = Math.round(all * 0.2)
  const tenth = Math.round(all * 0.1)
  const simple = Math.max(0, all - plain - expressions - 2 * tenth)
  return [
    ...Array.from({ length: simple }, () => 'simple' as const),
    ...Array.from({ length: expressions }, () => 'expressions' as const),
    ...Array.from({ length: tenth }, () => 'blocks' as const),
    ...Array.from({ length: tenth }, () => 'ports' as const),
  ].slice(0, all - plain)
}

function specificPolicy(draft: Draft): Policy {
  const { document, style, plan, random } = draft
  const kept = style === 'blocks' && random() < 0.7 ? ['egress' as const] : directionsOf(random)
  const rules = kept.flatMap((direction) =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, (_, i) => specificRule(draft, direction, i)),
  )
  return policy(document, plan.namespace, { pods: subjectOf(draft), directions: kept, rules })
}

function directionsOf(random: () => number): readonly Direction[] {
  const drawn = random()
  return drawn < 0.6 ? ['ingress'] : drawn < 0.85 ? ['egress'] : DIRECTIONS
}

function subjectOf({ style, plan, document, random }: Draft): Selector {
  if (style === 'expressions') return [...equal(document, { app: appOf(plan) }), ...expression(document, random)]
  if (random() < 0.2) return equal(document, { tier: plan.labels['tier'] ?? '' })
  return equal(document, { app: appOf(plan) })
}

function specificRule(draft: Draft, direction: Direction, i: number): Rule {
  const { document, style, random } = draft
  const count = 1 + Math.floor(random() * 3)
  const peers = Array.from({ length: count }, (_, n) =>
    style === 'blocks' && n === 0 ? block(document, random) : podPeer(draft),
  )
  const ports = style === 'ports' ? specialPorts(document, random) : numbers(document, random)
  return { ref: refOf(document, 'spec', direction, i), direction, action: 'allow', peers, ports }
}

function podPeer({ document, style, plan, plans, random }: Draft): PodMatcher {
  const other = pick(plans, random)
  const where = random()
  if (style === 'expressions' && where < 0.5) return pods(document, plan.namespace, expression(document, random))
  if (where < 0.6) return pods(document, plan.namespace, equal(document, { app: appOf(other) }))
  if (where < 0.85) {
    const one = equal(document, { [NAMESPACE_NAME_LABEL]: other.namespace })
    return pods(document, one, equal(document, { app: appOf(other) }))
  }
  return pods(document, equal(document, { team: pick(TEAMS, random), env: pick(ENVS, random) }), [])
}

function expression(document: string, random: () => number): Selector {
  const drawn = random()
  if (drawn < 0.4) return [term(document, 'tier', 'In', [pick(TIERS, random), pick(TIERS, random)])]
  if (drawn < 0.7) return [term(document, 'version', 'NotIn', [pick(VERSIONS, random)])]
  if (drawn < 0.85) return [term(document, 'team', 'Exists', [])]
  return [term(document, 'statefulset.kubernetes.io/pod-name', 'DoesNotExist', [])]
}

function block(document: string, random: () => number): IpBlockMatcher {
  const drawn = random()
  const third = Math.floor(random() * 8)
  if (drawn < 0.3) return ipBlock(document, '0.0.0.0/0', PRIVATE)
  if (drawn < 0.6) return ipBlock(document, `203.0.${third}.0/24`, [`203.0.${third}.${Math.floor(random() * 256)}/32`])
  if (drawn < 0.8) return ipBlock(document, `10.${third}.0.0/16`, [`10.${third}.${Math.floor(random() * 32)}.0/24`])
  return ipBlock(document, `198.51.100.${third * 32}/27`, [`198.51.100.${third * 32 + 8}/29`])
}

function numbers(document: string, random: () => number): readonly PortMatcher[] | 'any' {
  if (random() < 0.15) return 'any'
  const drawn = [8080, 9090, 9100, 5432, 6379, 5672, 443, 8443]
  return Array.from({ length: 1 + Math.floor(random() * 2) }, () => tcp(document, pick(drawn, random)))
}

function specialPorts(document: string, random: () => number): readonly PortMatcher[] {
  const from = pick([1024, 8000, 30000], random) + Math.floor(random() * 10) * 10
  const range = tcp(document, from, from + pick([10, 100, 1000], random))
  const name = pick(['http', 'grpc', 'metrics', 'postgres', 'redis'], random)
  const named: PortMatcher = { ...range, port: { type: 'named', name } }
  const drawn = random()
  return drawn < 0.5 ? [named] : drawn < 0.8 ? [range] : [named, range]
}

function defaultDeny(namespace: string): readonly Policy[] {
  const document = `${namespace}-allow-dns`
  const dns = pods(document, equal(document, { [NAMESPACE_NAME_LABEL]: 'kube-system' }), [
    ...equal(document, { 'k8s-app': 'kube-dns' }),
  ])
  const ports: readonly PortMatcher[] = [{ ...tcp(document, 53), protocol: 'UDP' }, tcp(document, 53)]
  const ref = refOf(document, 'spec', 'egress', 0)
  const rules: readonly Rule[] = [{ ref, direction: 'egress', action: 'allow', peers: [dns], ports }]
  return [
    policy(`${namespace}-default-deny`, namespace, { pods: [], directions: DIRECTIONS, rules: [] }),
    policy(document, namespace, { pods: [], directions: ['egress'], rules }),
  ]
}

// The first one is the Baseline policy, of which a cluster has one; the Admin ones come in order of priority.
function clusterPolicy(i: number): Policy {
  const document = i === 0 ? 'default' : `guard-${i}`
  const env = ENVS[i % ENVS.length] ?? ''
  const everyone = pods(document, [], [])
  const foreign = pods(document, [term(document, 'env', 'NotIn', [env])], [])
  const team = pods(document, equal(document, { team: TEAMS[i % TEAMS.length] ?? '' }), [])
  const rule = (direction: Direction, n: number, rest: Pick<Rule, 'action' | 'peers' | 'ports'>): Rule => ({
    ref: refOf(document, 'spec', direction, n),
    name: `${direction}-${n}`,
    direction,
    ...rest,
  })
  const admin = [
    rule('ingress', 0, { action: 'allow', peers: [team], ports: [tcp(document, 9100)] }),
    rule('ingress', 1, { action: 'pass', peers: [team], ports: 'any' }),
    rule('ingress', 2, { action: 'deny', peers: [foreign], ports: [tcp(document, 5432), tcp(document, 6000 + i)] }),
    rule('egress', 0, { action: 'deny', peers: [ipBlock(document, '169.254.169.254/32', [])], ports: 'any' }),
  ]
  const subject = i === 0 ? everyone : pods(document, equal(document, { env }), [])
  const tier = i === 0 ? 'baseline' : 'admin'
  const rules = i === 0 ? [rule('ingress', 0, { action: 'deny', peers: [foreign], ports: 'any' })] : admin
  const directions = DIRECTIONS.filter((direction) => rules.some((own) => own.direction === direction))
  const flags = { managed: false, stale: false }
  return { ref: refOf(document), name: document, tier, priority: i * 10, subject, directions, rules, ...flags }
}

function policy(
  document: string,
  namespace: string,
  { pods: selector, directions, rules }: { pods: Selector; directions: readonly Direction[]; rules: readonly Rule[] },
): Policy {
  return {
    ref: refOf(document),
    name: `${namespace}/${document}`,
    namespace,
    tier: 'networkPolicy',
    priority: 0,
    subject: pods(document, namespace, selector),
    directions,
    rules,
    managed: false,
    stale: false,
  }
}

function pods(document: string, where: string | Selector, selector: Selector): PodMatcher {
  const namespaces =
    typeof where === 'string'
      ? ({ type: 'name', name: where } as const)
      : ({ type: 'selector', selector: where } as const)
  return { type: 'pods', namespaces, pods: selector, ref: refOf(document) }
}

function ipBlock(document: string, cidr: string, except: readonly string[]): IpBlockMatcher {
  return { type: 'ipBlock', cidr, except, ref: refOf(document) }
}

function tcp(document: string, from: number, to = from): PortMatcher {
  return { protocol: 'TCP', port: { type: 'range', from, to }, ref: refOf(document) }
}

function equal(document: string, labels: Labels): Selector {
  return Object.entries(labels).map(([key, value]) => term(document, key, 'In', [value]))
}

function term(
  document: string,
  key: string,
  operator: Requirement['operator'],
  values: readonly string[],
): Requirement {
  return { key, operator, values: [...new Set(values)], ref: refOf(document) }
}

function appOf({ labels, app }: Plan): string {
  return labels['app'] ?? app
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
