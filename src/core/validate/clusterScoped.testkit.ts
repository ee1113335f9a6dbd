/** Items of a flow list, all the same. */
export function repeated(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(', ')
}

/** A cluster-scoped policy with this spec (without its braces). */
export function documentText(kind: string, version: string, spec: string, metadata: string): string {
  return `{apiVersion: policy.networking.k8s.io/${version}, kind: ${kind}, metadata: ${metadata}, spec: {${spec}}}`
}

/** An AdminNetworkPolicy. */
export function anp(spec: string): string {
  return documentText('AdminNetworkPolicy', 'v1alpha1', spec, '{name: p}')
}

/** A BaselineAdminNetworkPolicy. */
export function banp(spec: string): string {
  return documentText('BaselineAdminNetworkPolicy', 'v1alpha1', spec, '{name: default}')
}

/** A ClusterNetworkPolicy. */
export function cnp(spec: string): string {
  return documentText('ClusterNetworkPolicy', 'v1alpha2', spec, '{name: p}')
}

/** A subject that is valid. */
export const SUBJECT = 'subject: {namespaces: {}}'
/** A peer that is valid. */
export const ALL = '{namespaces: {}}'

/** An AdminNetworkPolicy with one rule (without its braces). */
export function anpRule(rule: string, direction = 'ingress'): string {
  return anp(`priority: 1, ${SUBJECT}, ${direction}: [{${rule}}]`)
}

/** A BaselineAdminNetworkPolicy with one rule. */
export function banpRule(rule: string, direction = 'ingress'): string {
  return banp(`${SUBJECT}, ${direction}: [{${rule}}]`)
}

/** A ClusterNetworkPolicy with one rule. */
export function cnpRule(rule: string, direction = 'ingress'): string {
  return cnp(`tier: Admin, priority: 1, ${SUBJECT}, ${direction}: [{${rule}}]`)
}

/** An AdminNetworkPolicy with these items of `ports`. */
export function anpPort(items: string): string {
  return anpRule(`action: Deny, from: [${ALL}], ports: [${items}]`)
}

/** A ClusterNetworkPolicy with these items of `protocols`. */
export function cnpItem(items: string): string {
  return cnpRule(`action: Deny, from: [${ALL}], protocols: [${items}]`)
}

/** A ClusterNetworkPolicy with these egress peers. */
export function cnpTo(peers: string, action = 'Accept'): string {
  return cnpRule(`action: ${action}, to: [${peers}]`, 'egress')
}

/** A ClusterNetworkPolicy with these ingress peers. */
export function cnpFrom(peers: string, action = 'Accept'): string {
  return cnpRule(`action: ${action}, from: [${peers}]`)
}
