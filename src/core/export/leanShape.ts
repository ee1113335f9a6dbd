/** What of a value is kept: all of it, or of a mapping these keys; each item of a list by the same shape. */
export type Shape = true | { readonly [key: string]: Shape }

const META: Shape = { name: true, generateName: true, namespace: true, labels: true }
const PORT: Shape = { name: true, containerPort: true, protocol: true }
const CONTAINER: Shape = { name: true, restartPolicy: true, ports: PORT }
const POD: Shape = { hostNetwork: true, nodeName: true, containers: CONTAINER, initContainers: CONTAINER }
const SCRAPED: Shape = { ...META, annotations: { 'prometheus.io/scrape': true } }
const TEMPLATE: Shape = { metadata: SCRAPED, spec: POD }
const BACKEND: Shape = {
  serviceName: true,
  servicePort: true,
  service: { name: true, port: { name: true, number: true } },
}
const REF: Shape = { group: true, kind: true, name: true, namespace: true, port: true }
const FILTERS: Shape = { requestMirror: { backendRef: REF } }

/**
 * What verdicts read of everything that is no policy (the kinds in `core/kinds`; lean.test.ts holds them to it). One
 * shape for all kinds: no field of one means something secret in another.
 */
export const LEAN: Shape = {
  metadata: { ...SCRAPED, ownerReferences: { controller: true, kind: true, name: true } },
  status: { phase: true },
  spec: {
    ...POD,
    // Controllers
    replicas: true,
    parallelism: true,
    selector: true,
    ordinals: { start: true },
    template: TEMPLATE,
    jobTemplate: { spec: { parallelism: true, selector: true, template: TEMPLATE } },
    // Services
    type: true,
    externalTrafficPolicy: true,
    ports: { name: true, protocol: true, port: true, targetPort: true },
    // Ingress, Route and the routes of the Gateway API
    defaultBackend: BACKEND,
    backend: BACKEND,
    to: REF,
    port: { targetPort: true },
    alternateBackends: REF,
    rules: {
      http: { paths: { backend: BACKEND } },
      filters: FILTERS,
      backendRefs: { ...REF, filters: FILTERS },
    },
  },
}

/** The same with the addresses of pods and nodes. */
export const LEAN_WITH_IPS: Shape = {
  ...LEAN,
  status: { phase: true, podIP: true, podIPs: { ip: true }, addresses: { type: true, address: true } },
}

/** A plain value cut down to a shape; what is left empty by it goes, too. */
export function shaped(value: unknown, shape: Shape): unknown {
  if (shape === true) return value
  if (Array.isArray(value)) return value.map((item: unknown) => shaped(item, shape) ?? {})
  // Where a mapping belongs, nobody reads anything else; whatever it is, it stays here.
  if (typeof value !== 'object' || value === null) return value === null ? null : undefined
  const entries = Object.entries(value).flatMap(([key, own]): [string, unknown][] => {
    const part = Object.hasOwn(shape, key) ? shape[key] : undefined
    const kept = part === undefined ? undefined : shaped(own, part)
    return kept === undefined ? [] : [[key, kept]]
  })
  return entries.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(entries)
}

/** A shaped value with other names for the nodes that its pods run on: which pods share one counts, what it is called tells. */
export function renamedNodes(value: unknown, nameOf: (node: string) => string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, own]: [string, unknown]) => {
    if (key === 'nodeName' && typeof own === 'string') return [key, nameOf(own)]
    return [key, NODE_IS_BELOW.has(key) ? renamedNodes(own, nameOf) : own]
  })
  return Object.fromEntries(entries) as unknown
}

const NODE_IS_BELOW = new Set(['spec', 'template', 'jobTemplate'])
