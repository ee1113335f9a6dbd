import type { End } from '#core/model/end.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import { isTrue, itemsOf, textAt, textOf } from './fields.ts'
import { canonicalCidr } from './cidrText.ts'

/** An end as checks write it (design.md 7); undefined for anything that names none, or two at once. */
export function readEnd(tree: Tree | undefined): End | undefined {
  const ends = [inCluster(tree), block(tree), host(tree), node(tree), flag(tree)].filter((end) => end !== undefined)
  return ends.length === 1 ? ends[0] : undefined
}

function inCluster(tree: Tree | undefined): End | undefined {
  const namespace = textAt(tree, 'namespace')
  if (!namespace) return undefined
  const workload = textAt(tree, 'workload')
  if (workload === undefined) return { namespace }
  return /^[^/]+\/.+$/.test(workload) ? { namespace, workload } : undefined
}

function block(tree: Tree | undefined): End | undefined {
  const cidr = canonicalCidr(textAt(tree, 'cidr') ?? '')
  if (cidr === undefined) return undefined
  const except = itemsOf(child(tree, 'except')).map((hole) => canonicalCidr(textOf(hole) ?? ''))
  if (except.includes(undefined)) return undefined
  return except.length === 0 ? { cidr } : { cidr, except: except.filter((hole) => hole !== undefined) }
}

function host(tree: Tree | undefined): End | undefined {
  const name = textAt(tree, 'host')
  return name ? { host: name } : undefined
}

function node(tree: Tree | undefined): End | undefined {
  const name = textAt(tree, 'node')
  return name ? { node: name } : undefined
}

function flag(tree: Tree | undefined): End | undefined {
  if (isTrue(child(tree, 'internet'))) return { internet: true }
  if (isTrue(child(tree, 'ingressController'))) return { ingressController: true }
  if (isTrue(child(tree, 'anyNamespace'))) return { anyNamespace: true }
  return isTrue(child(tree, 'anywhere')) ? { anywhere: true } : undefined
}
