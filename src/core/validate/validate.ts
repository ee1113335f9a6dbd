import type { Kind, SourceDocument } from '#core/kinds/kind.ts'
import { type TypeMeta, typeOf } from '#core/kinds/meta.ts'
import { findKind, meantKind } from '#core/kinds/read.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { type Field, inside, report, rootOf } from './field.ts'
import { VALIDATORS } from './index.ts'

const BY_KIND = new Map(VALIDATORS.flatMap((validator) => validator.kinds.map((kind) => [kind, validator])))

/** What the API server would say about a document, each message at its place; an error means that it is rejected. Never throws. */
export function validate(document: SourceDocument): readonly Diagnostic[] {
  const root = rootOf(document)
  const type = typeOf(document.tree)
  const kind = findKind(type) ?? meantKind(type)
  const validator = kind && BY_KIND.get(`${kind.groups[0] ?? ''}/${kind.kind}`)
  return [...checkType(root, type), ...(validator?.check(root) ?? [])]
}

function checkType(root: Field, type: TypeMeta): readonly Diagnostic[] {
  const kind = findKind(type)
  const meant = kind ?? meantKind(type)
  if (!meant || (kind && isServed(kind, type))) return []
  const field = inside(root, 'apiVersion')
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`
  const needed = [meant.groups[0], meant.versions?.[0] ?? 'v1'].filter(Boolean).join('/')
  const message =
    apiVersion === ''
      ? `Required value: apiVersion is not set; a ${type.kind} needs ${needed}`
      : `no matches for kind "${type.kind}" in version "${apiVersion}"; use ${needed}`
  return [report(field, { code: 'no-such-kind', severity: 'error', message })]
}

// Old groups (extensions/v1beta1 NetworkPolicy) haven't been served for years.
function isServed({ groups, versions }: Kind, { group, version }: TypeMeta): boolean {
  return versions === undefined || (group === groups[0] && versions.includes(version))
}
