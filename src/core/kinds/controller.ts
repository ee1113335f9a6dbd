import type { Pod } from '#core/model/cluster.ts'
import type { Labels } from '#core/model/labels.ts'
import type { FieldPath } from '#core/model/text.ts'
import { at } from '#core/yaml/tree.ts'
import { labelsOf, numberOf } from './fields.ts'
import type { Kind, SourceDocument } from './kind.ts'
import { readMeta, SKETCH_LABEL } from './meta.ts'
import type { ControllerObject, Meta } from './object.ts'
import { type AddedLabels, readPod } from './podTemplate.ts'

/** Where a controller keeps its template and how many pods it makes; all optional, the usual places are the default. */
export interface ControllerShape {
  readonly template?: FieldPath
  readonly replicas?: FieldPath
  readonly selector?: FieldPath
  readonly added?: (meta: Meta) => AddedLabels
  /** Splits the pods of the template where they differ from each other. */
  readonly spread?: (document: SourceDocument, pod: Pod, replicas: number) => readonly Pod[]
}

/** Reads anything with a pod template: replicas default to 1 as on the server. */
export function readController(
  document: SourceDocument,
  kind: Pick<Kind, 'groups' | 'scope'>,
  shape: ControllerShape = {},
): ControllerObject {
  const meta = readMeta(document, kind)
  const template = at(document.tree, shape.template ?? ['spec', 'template'])
  const replicas = Math.max(0, Math.trunc(numberOf(at(document.tree, shape.replicas ?? ['spec', 'replicas'])) ?? 1))
  const names = { namespace: meta.namespace ?? 'default', name: meta.name }
  const pod = { ...readPod(template, names, shape.added?.(meta) ?? {}), count: replicas }
  return {
    type: 'controller',
    meta,
    pods: shape.spread?.(document, pod, replicas) ?? [pod],
    replicas,
    selectorLabels: selectorLabels(document, shape.selector ?? ['spec', 'selector', 'matchLabels']),
    sketch: meta.labels[SKETCH_LABEL] === 'true' || pod.labels.labels[SKETCH_LABEL] === 'true',
  }
}

function selectorLabels(document: SourceDocument, path: FieldPath): Labels | undefined {
  const labels = labelsOf(at(document.tree, path))
  return Object.keys(labels).length === 0 ? undefined : labels
}
