import { itemsOf, textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import type { Entry } from './entry.ts'

/** A text with its path in the workspace. */
export interface Text {
  readonly path: string
  /** How much of the path the user named: somebody who names a folder of patches wants it read. */
  readonly named?: number | undefined
  readonly text: string
}

/** Why a file has no say, and the command that gives what would. */
export interface Overlay {
  readonly code: 'kustomize-patch' | 'helm-template'
  readonly message: string
}

const PATCH_LISTS = ['patches', 'patchesStrategicMerge', 'patchesJson6902']

/** Files that are patches of a kustomization: listed in one, or under a folder `patches…`. They are no objects of their own (design.md 9). */
export function findPatches(files: readonly Text[]): ReadonlyMap<string, Overlay> {
  const found = new Map<string, Overlay>()
  for (const { path, named = 0 } of files) {
    const folder = /^(.*?)(?:^|\/)patches[^/]*\//.exec(path.slice(named))?.[1]
    if (folder !== undefined) found.set(path, patch(path.slice(0, named) + folder))
  }
  for (const file of files.filter(({ path }) => isKustomization(path))) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
    for (const listed of patchesOf(file.text)) found.set(resolve(folder, listed), patch(folder))
  }
  return found
}

/** Is the file one that kustomize itself reads? */
export function isKustomization(path: string): boolean {
  return /(^|\/)kustomization(\.ya?ml)?$/i.test(path)
}

/** Is it a Helm template? Only braces that hurt count: dumps hold `{{ … }}` inside strings of dashboards and alerts. */
export function recogniseTemplate({ text }: Text, entries: readonly Entry[]): Overlay | undefined {
  if (!text.includes('{{')) return undefined
  return entries.some(hurts) ? TEMPLATE : undefined
}

// Braces break the text, or parse as a mapping where a text is needed, or end up in a name. What was good a moment ago is
// being typed: its last good meaning stands, and nothing of its file may vanish for a key that was pressed twice.
function hurts({ state, text, meaning, diagnostics, good }: Entry): boolean {
  if (!text.includes('{{')) return false
  if (good && state !== 'object') return false
  const isAtBraces = ({ ref }: Diagnostic): boolean =>
    text.startsWith('{', ref.range.from) && /\{\{/.test(text.slice(Math.max(0, ref.range.from - 1), ref.range.to))
  if (state === 'broken' || diagnostics.some(isAtBraces)) return true
  return `${meaning?.meta.name ?? ''}${meaning?.meta.namespace ?? ''}`.includes('{{')
}

const TEMPLATE: Overlay = {
  code: 'helm-template',
  message:
    'This is a Helm template: its `{{ … }}` are filled in by Helm, so that the file has no say here. ' +
    'Open what `helm template <release> <chart> > rendered.yaml` writes.',
}

function patch(folder: string): Overlay {
  return {
    code: 'kustomize-patch',
    message:
      'This is a patch of a kustomization, no object of its own: it has no say here. ' +
      `Open what \`kubectl kustomize ${folder === '' ? '.' : folder} > rendered.yaml\` writes.`,
  }
}

function patchesOf(text: string): readonly string[] {
  const { tree } = parseDocument(text)
  return PATCH_LISTS.flatMap((list) => itemsOf(child(tree, list))).flatMap(
    (item: Tree) => textOf(item) ?? textOf(child(item, 'path')) ?? [],
  )
}

function resolve(folder: string, path: string): string {
  const steps = folder === '' ? [] : folder.split('/')
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}
