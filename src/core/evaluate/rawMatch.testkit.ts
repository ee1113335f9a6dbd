import type { Question, RawCluster, RawEnd, RawPod, RawSelector } from './raw.testkit.ts'

/** A pod that selectors can point at: not on its node's network, not finished (semantics.md A.10, A.11, C.2). */
export function isSelectable(end: RawEnd): end is RawPod {
  return 'labels' in end && !end.hostNetwork && !end.finished
}

/** Do the labels match? (semantics.md A.6) */
export function selects(selector: RawSelector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'Exists') return value !== undefined
      if (operator === 'DoesNotExist') return value === undefined
      const listed = value !== undefined && values.includes(value)
      return operator === 'In' ? listed : !listed // A.6: NotIn holds where the key is absent
    })
  )
}

/** The labels of a namespace, with the one that the API server sets (semantics.md A.7). */
export function namespaceLabels(cluster: RawCluster, name: string): Readonly<Record<string, string>> {
  const declared = cluster.namespaces.find((namespace) => namespace.name === name)
  return { ...declared?.labels, 'kubernetes.io/metadata.name': name }
}

/**
 * Has the destination a container port of this name, and is it the one that is asked for? A hostNetwork pod is its node
 * to policies (semantics.md A.9, A.10), and a node declares no ports.
 */
export function isNamed(name: string, { dst, protocol, port }: Question): boolean {
  if (!('labels' in dst) || dst.hostNetwork) return false
  return dst.ports.some((own) => own.name === name && own.protocol === protocol && own.port === port)
}

/** Is the address in the block? The families are apart (semantics.md A.8). */
export function inCidr(ip: string, cidr: string): boolean {
  const [network = '', length = '0'] = cidr.split('/')
  const address = bitsOf(ip)
  const block = bitsOf(network)
  return address.length === block.length && address.slice(0, Number(length)) === block.slice(0, Number(length))
}

function bitsOf(ip: string): string {
  if (!ip.includes(':'))
    return ip
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  const [head = '', tail = ''] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...middle, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('')
}
