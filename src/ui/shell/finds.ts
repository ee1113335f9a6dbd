import type { Picture } from '#core/model/picture.ts'
import type { WorkspaceFile } from '#state/app.ts'

/** Something that Find can go to; `text` is what is searched. */
export interface Find {
  readonly key: string
  readonly text: string
  readonly what: string
  readonly target:
    | { readonly type: 'card'; readonly id: string }
    | { readonly type: 'document'; readonly id: string }
    | { readonly type: 'file'; readonly path: string }
}

/** Everything with a name: workloads, namespaces, policies, files; in this order. */
export function findsOf(picture: Picture | undefined, files: readonly WorkspaceFile[]): readonly Find[] {
  const workloads = (picture?.workloads ?? []).map(({ id, namespace, name, kind }) => ({
    key: `w ${id}`,
    text: `${namespace}/${name}`,
    what: kind,
    target: { type: 'card', id } as const,
  }))
  const namespaces = (picture?.namespaces ?? []).map(({ name }) => ({
    key: `n ${name}`,
    text: name,
    what: 'Namespace',
    target: { type: 'card', id: name } as const,
  }))
  const policies = (picture?.documents ?? [])
    .filter(({ kind, name }) => kind.endsWith('Policy') && name !== '')
    .map(({ id, name, kind }) => ({
      key: `p ${id}`,
      text: name,
      what: kind,
      target: { type: 'document', id } as const,
    }))
  const paths = files.map(({ path }) => ({
    key: `f ${path}`,
    text: path,
    what: 'File',
    target: { type: 'file', path } as const,
  }))
  return [...workloads, ...namespaces, ...policies, ...paths]
}
