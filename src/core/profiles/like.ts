import { PROFILES } from './index.ts'

/** What else people call a profile's CNI. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  reference: ['none', 'default', 'kubernetes', 'upstream'],
  calico: ['canal', 'tigera'],
  'weave-net': ['weave'],
  'kube-router': ['k3s', 'rke2', 'k0s'],
  'ovn-kubernetes': ['openshift', 'ovn', 'ovnk', 'ovnkube'],
  'aws-vpc-cni': ['aws', 'eks', 'vpc-cni', 'amazon'],
  'azure-npm-linux': ['azure', 'aks', 'npm', 'azure-npm'],
  'azure-npm-windows': ['windows'],
  'gke-dataplane-v2': ['dataplane-v2', 'anetd', 'google', 'gke'],
  kindnet: ['kind', 'kube-network-policies', 'knp'],
}

/** Ids that somebody may have meant who wrote this one: another name of a CNI, a part of an id, or a slip of the pen; none where nothing is like it. */
export function profilesLike(text: string): readonly string[] {
  const wanted = fold(text)
  if (wanted === '') return []
  const names = PROFILES.map(({ id, name }) => [id, [id, name, ...(OTHER_NAMES[id] ?? [])].map(fold)] as const)
  const tests: readonly ((name: string) => boolean)[] = [
    (name) => name === wanted,
    (name) => isSlip(name, wanted),
    (name) => wanted.length > 2 && (name.includes(wanted) || wanted.includes(name)),
  ]
  for (const isLike of tests) {
    const found = names.flatMap(([id, all]) => (all.some(isLike) ? [id] : []))
    if (found.length > 0) return found
  }
  return []
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

// One letter too many, too few, another, or two that changed places.
function isSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 4) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return Math.max(left.length, right.length) < 2 || (left.length === 2 && left === `${right[1] ?? ''}${right[0] ?? ''}`)
}
