import { at, type Tree } from '#core/yaml/tree.ts'
import { readController } from './controller.ts'
import type { SourceDocument } from './kind.ts'
import { typeOf } from './meta.ts'
import type { ControllerObject } from './object.ts'
import type { AddedLabels } from './podTemplate.ts'

// Which labels a custom controller adds; one that isn't listed is taken to add hashes like the known ones.
const ADDED: Readonly<Record<string, (name: string) => AddedLabels>> = {
  'argoproj.io': () => ({ unknown: ['rollouts-pod-template-hash'] }),
  'apps.openshift.io': (name) => ({ known: { deploymentconfig: name }, unknown: ['deployment'] }),
  'serving.knative.dev': () => ({ unknown: 'all' }),
}
const HASHES = ['pod-template-hash', 'controller-revision-hash']

/** Does it have a pod template where workloads have it (`spec.template.spec.containers`)? Any such kind is a workload (design.md 9). */
export function looksLikeWorkload(tree: Tree): boolean {
  return at(tree, ['spec', 'template', 'spec', 'containers'])?.type === 'sequence'
}

/** Reads a workload of a kind that has no file of its own: Rollout, DeploymentConfig and the like. */
export function readAnyWorkload(document: SourceDocument): ControllerObject {
  const { group } = typeOf(document.tree)
  const added = Object.hasOwn(ADDED, group) ? ADDED[group] : undefined
  return readController(
    document,
    { groups: [group], scope: 'namespaced' },
    {
      selector: group === 'apps.openshift.io' ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels'],
      added: ({ name }) => added?.(name) ?? { unknown: HASHES },
    },
  )
}
