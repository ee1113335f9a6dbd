import type { Tree } from '#core/yaml/tree.ts'
import { looksLikeWorkload, readAnyWorkload } from './anyWorkload.ts'
import { KINDS } from './index.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { type TypeMeta, typeOf } from './meta.ts'
import type { KubeObject } from './object.ts'

const BY_NAME = new Map(KINDS.flatMap((kind) => kind.groups.map((group) => [`${group}/${kind.kind}`, kind])))
const OWN_KINDS = new Map(
  KINDS.filter(({ groups }) => isOfKubernetes(groups[0] ?? '')).map((kind) => [kind.kind, kind]),
)

/** The kind of a group and name; undefined for those that aren't read. */
export function findKind(type: Pick<TypeMeta, 'group' | 'kind'>): Kind | undefined {
  return BY_NAME.get(`${type.group}/${type.kind}`)
}

/**
 * The kind that somebody means who writes `apiVersion: v1` (or nothing) for a Deployment or `apps/v1` for a NetworkPolicy:
 * the API server knows no such kind. Undefined where the group is somebody else's API.
 */
export function meantKind(type: Pick<TypeMeta, 'group' | 'kind'>): Kind | undefined {
  return isOfKubernetes(type.group) && !findKind(type) ? OWN_KINDS.get(type.kind) : undefined
}

/** What a document means; undefined for kinds that are skipped. Never throws on any tree. */
export function readObject(document: SourceDocument): KubeObject | undefined {
  const type = typeOf(document.tree)
  const kind = findKind(type) ?? meantKind(type)
  if (kind) return kind.read(document)
  return looksLikeWorkload(document.tree) && type.kind !== '' ? readAnyWorkload(document) : undefined
}

/** Is this document a list of objects (`List`, `PodList`, …)? */
export function isList(tree: Tree): boolean {
  return (
    typeOf(tree).kind.endsWith('List') && tree.type === 'mapping' && tree.entries.some(({ key }) => key === 'items')
  )
}

// Groups whose kinds people mix up; `networking` is a frequent slip.
function isOfKubernetes(group: string): boolean {
  const groups = ['', 'apps', 'batch', 'extensions', 'networking.k8s.io', 'networking', 'policy.networking.k8s.io']
  return groups.includes(group)
}
