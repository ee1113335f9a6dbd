import { NAMESPACE_NAME_LABEL, type Requirement, type Selector } from '#core/model/labels.ts'
import { at } from '#core/yaml/tree.ts'
import { isNull, itemsOf } from './fields.ts'
import type { SourceDocument } from './kind.ts'
import { readSelector } from './selector.ts'
import type { Selected } from './unevaluated.ts'

const NAMESPACE_NAME = 'io.kubernetes.pod.namespace'
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.'

/** The pods of a Cilium policy's `spec` and `specs`: by their endpointSelector; a nodeSelector selects hosts, no pods. */
export function ciliumSubjects(document: SourceDocument): readonly Selected[] {
  const specs = itemsOf(at(document.tree, ['specs'])).map((_, i) => ['specs', i] as const)
  const single = isNull(at(document.tree, ['spec'])) && specs.length > 0 ? [] : [['spec'] as const]
  return [...single, ...specs].flatMap((path) => {
    const forHosts = !isNull(at(document.tree, [...path, 'nodeSelector']))
    return forHosts ? [] : [readEndpoints(document, [...path, 'endpointSelector'])]
  })
}

function readEndpoints(document: SourceDocument, path: readonly (string | number)[]): Selected {
  const selector = readSelector(document, path).map(withoutSource)
  // Identities such as `reserved:host` are no labels of pods.
  if (selector.some(({ key }) => key.includes(':'))) return {}
  return {
    pods: selector.filter((requirement) => !isOfNamespace(requirement)),
    namespaces: selector.filter(isOfNamespace).flatMap(ofNamespace),
  }
}

function isOfNamespace({ key }: Requirement): boolean {
  return key.startsWith('io.kubernetes.') || key.startsWith('io.cilium.')
}

function withoutSource(requirement: Requirement): Requirement {
  return { ...requirement, key: requirement.key.replace(/^(k8s|any)[:.]/, '') }
}

function ofNamespace(requirement: Requirement): Selector {
  if (requirement.key === NAMESPACE_NAME) return [{ ...requirement, key: NAMESPACE_NAME_LABEL }]
  if (!requirement.key.startsWith(NAMESPACE_LABEL)) return []
  return [{ ...requirement, key: requirement.key.slice(NAMESPACE_LABEL.length) }]
}
