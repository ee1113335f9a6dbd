import { namespaceValue, workloadValue } from '#core/kinds/workloadText.ts'
import type { ContainerPort } from '#core/model/cluster.ts'
import type { Intent } from '#core/model/intent.ts'
import { NO_PORTS } from '#core/model/ports.ts'
import { isPortName, parsePortSpec } from '#core/model/portSpec.ts'
import type { Draft } from './draft.ts'
import type { Planned } from './outcome.ts'
import { addDocument, SKETCH_FILE } from './place.ts'

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const HOW = 'use lower-case letters, digits and dashes, 63 at most, such as web-2'

/** A namespace that is put on the canvas becomes a document of `sketch.yaml` (design.md 8). */
export function planNamespace(start: Draft, { name, labels }: Extract<Intent, { type: 'add-namespace' }>): Planned {
  if (!NAME.test(name)) return { refusal: `“${name}” can’t be the name of a namespace: ${HOW}.` }
  if (start.loaded.cluster.namespaces.some((one) => one.name === name && one.loaded))
    return { refusal: `There is a namespace ${name} already.` }
  const { draft, path } = addDocument(start, SKETCH_FILE, namespaceValue(name, labels))
  return { draft, sentences: [`Adds the namespace ${name} to ${path}.`], warnings: [], wanted: () => NO_PORTS }
}

/** A workload that is put on the canvas becomes a Deployment in `sketch.yaml` (design.md 8), labelled by its name where no label is given. */
export function planWorkload(start: Draft, intent: Extract<Intent, { type: 'add-workload' }>): Planned {
  const { namespace, name } = intent
  if (!NAME.test(name)) return { refusal: `“${name}” can’t be the name of a workload: ${HOW}.` }
  if (!NAME.test(namespace)) return { refusal: `“${namespace}” can’t be the name of a namespace: ${HOW}.` }
  if (start.evaluation.workloads.has(`${namespace}/Deployment/${name}`))
    return { refusal: `There is a Deployment ${namespace}/${name} already.` }
  const ports = intent.ports.map(readPort)
  const wrong = intent.ports.find((_, i) => ports[i] === undefined)
  if (wrong !== undefined)
    return { refusal: `“${wrong}” is no container port: write TCP/8080, or http=TCP/8080 with a name.` }
  const labels = Object.keys(intent.labels).length > 0 ? intent.labels : { app: name }
  const value = workloadValue({ namespace, name, labels, ports: ports.filter((port) => port !== undefined) })
  // A namespace that nobody made would be "not loaded", and its labels unknown.
  const isNew = !start.loaded.cluster.namespaces.some((one) => one.name === namespace)
  const home = isNew ? addDocument(start, SKETCH_FILE, namespaceValue(namespace, {})).draft : start
  const { draft, path } = addDocument(home, SKETCH_FILE, value)
  return {
    draft,
    sentences: [`Adds the Deployment ${namespace}/${name} to ${path}.`],
    warnings: [],
    wanted: () => NO_PORTS,
  }
}

function readPort(text: string): ContainerPort | undefined {
  const cut = text.indexOf('=')
  const name = cut < 0 ? undefined : text.slice(0, cut)
  const spec = parsePortSpec(text.slice(cut + 1))
  if (spec?.port.type !== 'range' || spec.port.from !== spec.port.to) return undefined
  return name !== undefined && !isPortName(name) ? undefined : { name, port: spec.port.from, protocol: spec.protocol }
}
