/** A file that only makes sense after `kubectl kustomize` or `helm template` (design.md 9). */
export interface Overlay {
  readonly path: string
  readonly reason: 'patch' | 'template'
  /** The folder to render. */
  readonly folder: string
}

/** Path and text of a file that comes in. */
export interface Text {
  readonly path: string
  readonly text: string
}

const KUSTOMIZATION = /(^|\/)kustomization[.]ya?ml$/i
const PATCH_PATH = /(^|\/)patch(es)?([-_.][^/]*)?([.]ya?ml|\/)/i
const HELM = /\{\{[^}]*[.](?:Values|Release|Chart|Capabilities)\b|\{\{-?\s*(?:include|tpl|template|toYaml)\s/
// An action that begins a line, or a bare one as a value: quoted ones and those in block scalars are the user's own text.
const BARE = /^(?:\{\{|(?: {2})?(?:name|namespace|kind|apiVersion|replicas): *\{\{)/m

/** Those of the files that are patches or templates: they are shown, but don't count. */
export function overlaysIn(files: readonly Text[]): readonly Overlay[] {
  const patches = new Map<string, string>()
  for (const file of files) {
    if (!KUSTOMIZATION.test(file.path)) continue
    const folder = folderOf(file.path)
    for (const patch of patchesOf(file.text)) patches.set(resolve(folder, patch), folder)
  }
  return files.flatMap(({ path, text }): Overlay[] => {
    if (isTemplate(text)) return [{ path, reason: 'template', folder: chartOf(path) }]
    const folder = patches.get(path)
    if (folder !== undefined) return [{ path, reason: 'patch', folder }]
    return PATCH_PATH.test(path)
      ? [{ path, reason: 'patch', folder: path.slice(0, path.search(PATCH_PATH)) || '.' }]
      : []
  })
}

/** One message for all of them, with the commands that render what they stand for; undefined for none. */
export function tellOverlays(overlays: readonly Overlay[]): string | undefined {
  if (overlays.length === 0) return undefined
  const commands = overlays.map(({ reason, folder }) =>
    reason === 'template'
      ? `\`helm template ${folder} > rendered.yaml\``
      : `\`kubectl kustomize ${folder} > rendered.yaml\``,
  )
  const [subject, them] =
    overlays.length === 1
      ? [`${overlays[0]?.path} is a patch or a template: it doesn’t count`, 'it']
      : [`${overlays.length} files are patches or templates: they don’t count`, 'them']
  return `${subject}. Render ${them} with ${[...new Set(commands)].slice(0, 3).join(' or ')} and open the result.`
}

function isTemplate(text: string): boolean {
  return text.includes('{{') && BARE.test(text) && (HELM.test(text) || BARE_NAME.test(text))
}

const BARE_NAME = /^(?: {2})?(?:name|namespace): *\{\{/m

function patchesOf(text: string): readonly string[] {
  const sections = text.match(/^patches\w*:[^\n]*\n(?:[ -][^\n]*\n|\n)*/gm) ?? []
  return sections.flatMap((section) =>
    [...section.matchAll(/(?:path:|^\s*-)\s+([\w./-]+[.]ya?ml)\s*$/gm)].map(([, path]) => path ?? ''),
  )
}

function resolve(folder: string, path: string): string {
  const steps = folder === '.' ? [] : folder.split('/')
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
}

// The chart of `shop/templates/db.yaml` is `shop`.
function chartOf(path: string): string {
  const [, chart] = /^(.*?)\/?templates\//.exec(path) ?? []
  return chart === undefined ? folderOf(path) : chart || '.'
}
