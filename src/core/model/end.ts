/**
 * An end of a connection as checks, edges and intents name it (design.md 7). `workload` is `Kind/name`.
 * `anyNamespace` is every pod of the cluster (`namespaceSelector: {}`), now and later; `anywhere` is a rule without peers; `host` a DNS name or an IP outside the cluster; `node` a Node by name; the ingress
 * controller is the one pod that Ingress objects send from, wherever it runs.
 */
export type End =
  | { readonly namespace: string; readonly workload: string }
  | { readonly namespace: string }
  | { readonly cidr: string; readonly except?: readonly string[] | undefined }
  | { readonly internet: true }
  | { readonly anywhere: true }
  | { readonly anyNamespace: true }
  | { readonly host: string }
  | { readonly node: string }
  | { readonly ingressController: true }

/** A stable text for an end, usable as a key: `shop/Deployment/web`, `shop`, `cidr:10.0.0.0/8!10.1.0.0/16`, `internet`, `anywhere`, `any-namespace`, `host:a.b`, `node:n1`, `ingress-controller`. */
export function endId(end: End): string {
  if ('workload' in end) return `${end.namespace}/${end.workload}`
  if ('namespace' in end) return end.namespace
  if ('cidr' in end) return `cidr:${[end.cidr, ...(end.except ?? [])].join('!')}`
  if ('host' in end) return `host:${end.host}`
  if ('node' in end) return `node:${end.node}`
  if ('ingressController' in end) return 'ingress-controller'
  if ('anyNamespace' in end) return 'any-namespace'
  return 'internet' in end ? 'internet' : 'anywhere'
}

/** How people read an end: `shop/web`, `all of shop`, `10.0.0.0/8`, `the internet`, `all pods`, `anywhere`. */
export function endName(end: End): string {
  if ('workload' in end) return `${end.namespace}/${end.workload.slice(end.workload.indexOf('/') + 1)}`
  if ('namespace' in end) return `all of ${end.namespace}`
  if ('cidr' in end) return [end.cidr, ...(end.except ?? [])].join(' without ')
  if ('host' in end) return end.host
  if ('node' in end) return `node ${end.node}`
  if ('ingressController' in end) return 'the ingress controller'
  if ('anyNamespace' in end) return 'all pods'
  return 'internet' in end ? 'the internet' : 'anywhere'
}
