import type { ContainerPort } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import type { Ref } from '#core/model/text.ts'

/** A workload of the plan, before it has pods. */
export interface Plan {
  readonly namespace: string
  readonly app: string
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
  readonly replicas: number
  readonly hostNetwork: boolean
}

/** Names of the applications: the same ones live in many namespaces. */
export const APPS: readonly string[] = [
  'shop',
  'billing',
  'search',
  'mail',
  'auth',
  'stock',
  'media',
  'report',
].flatMap((domain) => ['web', 'api', 'worker', 'db', 'cache', 'queue', 'gateway'].map((role) => `${domain}-${role}`))
/** Values of the label `tier`. */
export const TIERS = ['frontend', 'backend', 'data'] as const
/** Values of the label `team`, of pods and of namespaces. */
export const TEAMS = ['red', 'green', 'blue', 'black', 'white', 'amber'] as const
/** Values of the namespaces' label `env`. */
export const ENVS = ['prod', 'staging', 'dev'] as const
/** Values of the label `version`. */
export const VERSIONS = ['v1', 'v2', 'v3', 'canary'] as const

const WORKLOADS_PER_NAMESPACE = 25
const MEAN_REPLICAS = 10
const PORTS: Readonly<Record<string, readonly ContainerPort[]>> = {
  web: [named('http', 8080), named('metrics', 9100)],
  api: [named('http', 8080), named('grpc', 9090), named('metrics', 9100)],
  worker: [named('metrics', 9100)],
  db: [named('postgres', 5432), named('metrics', 9187)],
  cache: [named('redis', 6379)],
  queue: [named('amqp', 5672), named('http', 15672)],
  gateway: [named('http', 8000), named('https', 8443), named('metrics', 9100)],
}

/** What runs in every cluster first, then made-up applications until there are so many pods, exactly. */
export function plansOf(pods: number, random: () => number): readonly Plan[] {
  const plans: Plan[] = []
  const count = Math.max(3, Math.round(pods / MEAN_REPLICAS / WORKLOADS_PER_NAMESPACE))
  let left = pods
  for (const system of [dns(Math.max(2, Math.ceil(pods / 5000))), proxy(Math.max(2, Math.ceil(pods / 500)))]) {
    plans.push({ ...system, replicas: Math.min(left, system.replicas) })
    left -= Math.min(left, system.replicas)
  }
  for (let i = 0; left > 0; i++) {
    const own = application(i, count, random)
    plans.push({ ...own, replicas: Math.min(left, own.replicas) })
    left -= own.replicas
  }
  return plans.filter(({ replicas }) => replicas > 0)
}

function application(i: number, namespaces: number, random: () => number): Plan {
  const app = APPS[Math.floor(i / namespaces) % APPS.length] ?? ''
  const again = Math.floor(i / namespaces / APPS.length)
  const role = app.slice(app.indexOf('-') + 1)
  const kind = role === 'db' || role === 'queue' ? 'StatefulSet' : 'Deployment'
  const tier = kind === 'StatefulSet' || role === 'cache' ? 'data' : role === 'web' ? 'frontend' : 'backend'
  const namespace = `team-${i % namespaces}`
  return {
    namespace,
    app: again === 0 ? app : `${app}-${again}`,
    kind,
    labels: { app, tier, team: pick(TEAMS, random), version: pick(VERSIONS, random) },
    ports: (PORTS[role] ?? []).map((port) => (random() < 0.1 ? { ...port, port: port.port + 1 } : port)),
    replicas: 1 + Math.floor(30 * random() ** 2),
    hostNetwork: false,
  }
}

function dns(replicas: number): Plan {
  const ports = [named('dns', 53, 'UDP'), named('dns-tcp', 53), named('metrics', 9153)]
  return { ...system('coredns', replicas), kind: 'Deployment', labels: { 'k8s-app': 'kube-dns' }, ports }
}

function proxy(replicas: number): Plan {
  return {
    ...system('kube-proxy', replicas),
    kind: 'DaemonSet',
    labels: { 'k8s-app': 'kube-proxy' },
    hostNetwork: true,
  }
}

function system(app: string, replicas: number): Omit<Plan, 'kind' | 'labels'> {
  return { namespace: 'kube-system', app, ports: [], replicas, hostNetwork: false }
}

function named(name: string, port: number, protocol: ContainerPort['protocol'] = 'TCP'): ContainerPort {
  return { name, port, protocol }
}

/** One of a list; the list must not be empty. */
export function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)]
  if (found === undefined) throw new Error('Nothing to pick from.')
  return found
}

/** A place that nobody reads. */
export function refOf(document: string, ...path: readonly (string | number)[]): Ref {
  return { document, path, range: { from: 0, to: 0 } }
}
