import { findPatches, type Text } from '#core/load/overlays.ts'

/** A file that only makes sense after `kubectl kustomize` or `helm template` (design.md 9). */
export interface Overlay {
  readonly path: string
  /** What to run instead of opening it. */
  readonly command: string
}

const HELM = /\{\{[^}]*[.](?:Values|Release|Chart|Capabilities)\b|\{\{-?\s*(?:include|tpl|template|toYaml)\s/
// An action that begins a line, or a bare one as a value: quoted ones and those in block scalars are the user's own text.
const BARE = /^(?:\{\{|(?: {2})?(?:name|namespace|kind|apiVersion|replicas): *\{\{)/m
const BARE_NAME = /^(?: {2})?(?:name|namespace): *\{\{/m

/** Those of the files that are patches or templates: they are shown, but don't count. */
export function overlaysIn(files: readonly Text[]): readonly Overlay[] {
  const patches = findPatches(files)
  return files.flatMap(({ path, text }): Overlay[] => {
    if (isTemplate(text)) return [{ path, command: `helm template ${chartOf(path)} > rendered.yaml` }]
    const patch = patches.get(path)
    const command = /`([^`]+)`/.exec(patch?.message ?? '')?.[1]
    return command === undefined ? [] : [{ path, command }]
  })
}

/** One message for all of them, with the commands that render what they stand for; undefined for none. */
export function tellOverlays(overlays: readonly Overlay[]): string | undefined {
  if (overlays.length === 0) return undefined
  const commands = [...new Set(overlays.map(({ command }) => `\`${command}\``))].slice(0, 3).join(' or ')
  return overlays.length === 1
    ? `${overlays[0]?.path} is a patch or a template: it doesn’t count. Run ${commands} and open the result.`
    : `${overlays.length} files are patches or templates: they don’t count. Run ${commands} and open the result.`
}

function isTemplate(text: string): boolean {
  return text.includes('{{') && BARE.test(text) && (HELM.test(text) || BARE_NAME.test(text))
}

// The chart of `shop/templates/db.yaml` is `shop`.
function chartOf(path: string): string {
  const [, chart] = /^(.*?)\/?templates\//.exec(path) ?? []
  if (chart !== undefined) return chart || '.'
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
}
