import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import { arrange, commandsFor, inOrder, kustomization } from './arrange.ts'
import { collect, type ExportContext, gonePolicies, spared } from './collect.ts'

/**
 * Manifests for `kubectl apply` (design.md 8): policies, and on request the rest, stripped of what the server fills in;
 * with the commands that apply them and delete what is gone. Checks and settings are never in it.
 */
export function exportBundle(options: ExportOptions, context: ExportContext): ExportBundle {
  const { documents, leftOut } = collect(options, context)
  const groups = arrange(inOrder(documents, context.loaded), context.loaded, options.layout)
  const hasOwn = context.files.some(({ path }) => /(^|\/)kustomization(\.ya?ml)?$/i.test(path))
  const isListed = options.layout === 'file-per-policy' && groups.length > 0 && !hasOwn
  const files = groups.flatMap((group) => group.files)
  return {
    files: isListed ? [...files, kustomization(groups)] : files,
    commands: commandsFor(groups, gonePolicies(context)),
    leftOut: [...leftOut, ...spared(context)],
  }
}
