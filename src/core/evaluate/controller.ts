import type { Pod } from '#core/model/cluster.ts'
import { type KnownLabels, NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Controller, Evaluation } from './evaluation.ts'
import type { PeerClass } from './peerClass.ts'

// Where nothing is said, it is in a namespace that nobody knows; the name is the one that netpol-analyzer gives it.
const ASSUMED = 'ingress-controller-ns'
const NAMELESS = ''

/**
 * The ingress controller: as the settings place and label it; else with labels that aren't known in a namespace that
 * isn't known, or without any where unknown labels are read as absent (corpora/README.md). Its address is not known.
 */
export function controllerOf(settings: Settings, id: number): Controller {
  const place = settings.ingressController
  const isPlaced = place !== 'unknown'
  const namespace = isPlaced ? place.namespace : settings.unknownLabels === 'absent' ? ASSUMED : NAMELESS
  const labels: KnownLabels = isPlaced
    ? { labels: place.labels, unknown: [] }
    : { labels: {}, unknown: unread(settings) }
  const common = { namespace, labels, ports: [], hostNetwork: false, finished: false }
  const pod: Pod = { ...common, name: 'ingress-controller', ips: [], count: 1 }
  return { class: { ...common, type: 'pods', id, portsKey: '', family: undefined, parts: [] }, pods: [pod], isPlaced }
}

/** The labels of its namespace while that isn't loaded: its name, or not even that. */
export function controllerNamespace({ class: own }: Controller, settings: Settings): KnownLabels {
  const labels: Record<string, string> = Object.create(null)
  if (own.namespace !== NAMELESS) labels[NAMESPACE_NAME_LABEL] = own.namespace
  return { labels, unknown: unread(settings) }
}

/** Is it the controller, and nobody said where it runs? */
export function isUnplaced({ controller }: Evaluation, peer: PeerClass): boolean {
  return peer === controller.class && !controller.isPlaced
}

/** Is there nothing in this namespace but the controller? Such a one is not loaded, and no end. */
export function isControllers({ controller, cluster, index }: Evaluation, namespace: string): boolean {
  if (namespace !== controller.class.namespace || (index.byNamespace.get(namespace) ?? []).length > 1) return false
  return cluster.namespaces.every(({ name }) => name !== namespace)
}

function unread({ unknownLabels }: Settings): KnownLabels['unknown'] {
  return unknownLabels === 'absent' ? [] : 'all'
}
