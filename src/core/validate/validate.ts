import type { SourceDocument } from '#core/kinds/kind.ts'
import { type TypeMeta, typeOf } from '#core/kinds/meta.ts'
import { findKind, meantKind } from '#core/kinds/read.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { type Field, inside, report, rootOf } from './field.ts'
import { VALIDATORS } from './index.ts'

const BY_KIND = new Map(VALIDATORS.flatMap((validator) => validator.kinds.map((kind) => [kind, validator])))
// Versions that no server has served for years; of other kinds every version is read alike.
const GONE = new Map([['NetworkPolicy', 'extensions/v1beta1']])

/** What the API server would say about a document, each message at its place; an error means that it is rejected. Never throws. */
export function validate(document: SourceDocument): readonly Diagnostic[] {
  const root = rootOf(document)
  const type = typeOf(document.tree)
  const kind = findKind(type) ?? meantKind(type)
  const validator = kind && BY_KIND.get(`${kind.groups[0] ?? ''}/${kind.kind}`)
  return [...checkType(root, type), ...(validator?.check(root) ?? [])]
}

function checkType(root: Field, type: TypeMeta): readonly Diagnostic[] {
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`
  const meant = meantKind(type)
  const isWrongVersion = type.kind === 'NetworkPolicy' && type.group === 'networking.k8s.io' && type.version !== 'v1'
  if (!meant && !isWrongVersion && GONE.get(type.kind) !== apiVersion) return []
  const field = inside(root, 'apiVersion')
  const needed =
    meant?.kind === 'NetworkPolicy' || !meant
      ? 'networking.k8s.io/v1'
      : [meant.groups[0], 'v1'].filter(Boolean).join('/')
  const message =
    apiVersion === ''
      ? `Required value: apiVersion is not set; a ${type.kind} needs ${needed}`
      : `no matches for kind "${type.kind}" in version "${apiVersion}"; use ${needed}`
  return [report(field, { code: 'no-such-kind', severity: 'error', message })]
}
