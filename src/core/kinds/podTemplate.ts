import type { ContainerPort, Pod } from '#core/model/cluster.ts'
import type { KnownLabels } from '#core/model/labels.ts'
import { type Protocol, PROTOCOLS } from '#core/model/ports.ts'
import { at, child, type Tree } from '#core/yaml/tree.ts'
import { readNamedHosts } from './namedHosts.ts'
import { isTrue, itemsOf, labelsOf, numberOf, textAt, textOf } from './fields.ts'

/** Labels that a controller puts on its pods beyond the template's (semantics.md A.2). */
export interface AddedLabels {
  readonly known?: Readonly<Record<string, string>>
  readonly unknown?: readonly string[] | 'all'
}

/** What policies can see of a pod template or pod: labels, ports, node, hostNetwork. IPs and count are for the caller. */
export function readPod(
  template: Tree | undefined,
  names: { namespace: string; name: string },
  added: AddedLabels,
): Pod {
  const spec = child(template, 'spec')
  const hosts = readNamedHosts(spec)
  return {
    name: names.name,
    namespace: names.namespace,
    labels: withAdded(template, added),
    ports: readPorts(spec),
    ips: [],
    node: textAt(spec, 'nodeName') || undefined,
    hostNetwork: isTrue(child(spec, 'hostNetwork')),
    finished: false,
    count: 1,
    ...(textAt(at(template, ['metadata', 'annotations']), 'prometheus.io/scrape') === 'true' ? { scraped: true } : {}),
    ...(hosts.length > 0 ? { hosts } : {}),
  }
}

/** `TCP` where nothing is said (the API's default); undefined for what is no protocol of NetworkPolicy. */
export function protocolOf(tree: Tree | undefined): Protocol | undefined {
  const text = textOf(tree)
  return text === undefined ? 'TCP' : PROTOCOLS.find((protocol) => protocol === text)
}

// A template of a live object may already carry what its controller adds: then the value is known.
function withAdded(template: Tree | undefined, { known = {}, unknown = [] }: AddedLabels): KnownLabels {
  const labels = Object.assign(Object.create(null), labelsOf(at(template, ['metadata', 'labels'])), known) as Record<
    string,
    string
  >
  return { labels, unknown: unknown === 'all' ? 'all' : unknown.filter((key) => !Object.hasOwn(labels, key)) }
}

// Lookup order of named ports: containers, then restartable init containers (semantics.md A.9).
function readPorts(spec: Tree | undefined): readonly ContainerPort[] {
  const sidecars = itemsOf(child(spec, 'initContainers')).filter((init) => textAt(init, 'restartPolicy') === 'Always')
  return [...itemsOf(child(spec, 'containers')), ...sidecars].flatMap((container) =>
    itemsOf(child(container, 'ports')).flatMap(readPort),
  )
}

function readPort(tree: Tree): ContainerPort[] {
  const port = numberOf(child(tree, 'containerPort'))
  const protocol = protocolOf(child(tree, 'protocol'))
  if (port === undefined || protocol === undefined) return []
  return [{ name: textAt(tree, 'name') || undefined, port, protocol }]
}
