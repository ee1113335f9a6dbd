import { endName, type End } from '#core/model/end.ts'
import type { ContainerPort } from '#core/model/cluster.ts'
import type { Isolated, NamespaceCard, Switch, WorkloadCard } from '#core/model/picture.ts'

const LETTERS: Readonly<Record<string, string>> = {
  Deployment: 'D',
  StatefulSet: 'S',
  DaemonSet: 'DS',
  ReplicaSet: 'RS',
  ReplicationController: 'RC',
  Job: 'J',
  CronJob: 'CJ',
  Pod: 'P',
}

/** One or two letters for a workload's kind; the first of a kind that is not known. */
export function kindLetters(kind: string): string {
  return LETTERS[kind] ?? kind.slice(0, 1).toUpperCase()
}

/** The second line of a card: `×3 · 8080 +1`, or its kind where it has no ports; `×0` is said. */
export function cardLine(card: WorkloadCard): string {
  const often = card.kind === 'Pod' || card.kind === 'CronJob' || card.kind === 'Job' ? '' : `×${card.replicas}`
  const ports = shortPorts(card.ports)
  return [often, ports === '' ? (often === '' ? card.kind : 'no ports') : ports]
    .filter((part) => part !== '')
    .join(' · ')
}

function shortPorts(ports: readonly ContainerPort[]): string {
  const [first, second, ...rest] = [...new Set(ports.map((port) => `${port.port}`))]
  if (first === undefined) return ''
  if (second === undefined) return first
  return rest.length === 0 && second.length + first.length <= 7 ? `${first} ${second}` : `${first} +${rest.length + 1}`
}

const ISOLATED: Readonly<Record<Isolated, string>> = {
  yes: 'isolated',
  no: 'open',
  some: 'isolated for some pods',
  unknown: 'perhaps isolated',
}

/** One direction in words: `isolated in`, `open out`. */
export function isolationWords(isolated: Isolated, direction: 'ingress' | 'egress'): string {
  return `${ISOLATED[isolated]} ${direction === 'ingress' ? 'in' : 'out'}`
}

/** The accessible name of a card: everything that it shows. */
export function cardName(card: WorkloadCard): string {
  const ports = card.ports.map(
    (port) => `${port.protocol} ${port.port}${port.name === undefined ? '' : ` ${port.name}`}`,
  )
  return [
    `${card.namespace}/${card.name}`,
    card.kind,
    `${card.replicas} ${card.replicas === 1 ? 'pod' : 'pods'}`,
    ports.length === 0 ? 'no declared ports' : `ports ${ports.join(', ')}`,
    isolationWords(card.isolated.ingress, 'ingress'),
    isolationWords(card.isolated.egress, 'egress'),
    ...marksOf(card),
  ].join(', ')
}

function marksOf(card: WorkloadCard): string[] {
  return [
    card.hostNetwork ? 'on the host network: policies do not reach it' : '',
    card.assumed ? 'not loaded, assumed from a policy' : '',
    card.sketch ? 'sketched here' : '',
    card.stale ? 'its document does not parse: last good meaning' : '',
  ].filter((mark) => mark !== '')
}

const SWITCHED: Readonly<Record<Switch, string>> = { on: 'on', mixed: 'for some workloads', off: 'off' }

/** The accessible name of a namespace's box. */
export function boxName(card: NamespaceCard, workloads: number): string {
  const loaded = card.loaded ? '' : ', not loaded'
  const count = `${workloads} ${workloads === 1 ? 'workload' : 'workloads'}`
  return `Namespace ${card.name}, ${count}, default deny in ${SWITCHED[card.defaultDeny.ingress]}, out ${SWITCHED[card.defaultDeny.egress]}${loaded}`
}

/** The two lines of an outside end's card. */
export function outsideLines(end: End): { readonly title: string; readonly detail: string } {
  if ('internet' in end) return { title: 'Internet', detail: 'public IPs' }
  if ('anywhere' in end) return { title: 'Anywhere', detail: 'any peer' }
  if ('anyNamespace' in end) return { title: 'All pods', detail: 'any namespace' }
  if ('ingressController' in end) return { title: 'Ingress controller', detail: 'Ingress, routes' }
  if ('node' in end) return { title: end.node, detail: 'node' }
  if ('host' in end) return { title: end.host, detail: 'host' }
  if ('cidr' in end) {
    const except = end.except ?? []
    const detail =
      except.length === 0 ? 'IP block' : except.length === 1 ? `except ${except[0]}` : `${except.length} excepts`
    return { title: end.cidr, detail }
  }
  return { title: endName(end), detail: '' }
}

/** The accessible name of an outside end. */
export function outsideName(end: End): string {
  if ('cidr' in end) {
    const except = end.except ?? []
    return `IP block ${end.cidr}${except.length === 0 ? '' : `, except ${except.join(', ')}`}`
  }
  if ('internet' in end) return 'The internet, public addresses'
  if ('ingressController' in end) return 'The ingress controller: what Ingress, Route and Gateway send from'
  if ('anyNamespace' in end) return 'All pods, of any namespace'
  if ('node' in end) return `Node ${end.node}`
  return 'anywhere' in end ? 'Anywhere, any peer' : `Host ${endName(end)}`
}
