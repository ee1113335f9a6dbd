import type { Picture } from '#core/model/picture.ts'

/**
 * A list after an edit: a number takes the part over from that place of the list before, anything else is new.
 * Undefined: the list is as it was.
 */
type ListPatch<T> = readonly (number | T)[] | undefined

type Listed = 'namespaces' | 'workloads' | 'outside' | 'edges' | 'documents' | 'problems' | 'checks'
type Lists = { readonly [L in Listed]?: ListPatch<Picture[L][number]> }

/** A picture as the difference to the one before, so that a keystroke sends (and repaints) only what it changed. */
export interface PicturePatch {
  /** The revision that it builds on; undefined: it stands alone. */
  readonly base?: number | undefined
  readonly lists: Lists
  readonly rest: Omit<Picture, Listed>
}

const LISTED: readonly Listed[] = ['namespaces', 'workloads', 'outside', 'edges', 'documents', 'problems', 'checks']

/** What to send so that a holder of `before` gets `after`. Parts are the same only where they are the same object. */
export function diffPictures(before: Picture | undefined, after: Picture): PicturePatch {
  const { namespaces, workloads, outside, edges, documents, problems, checks, ...rest } = after
  if (!before) return { lists: { namespaces, workloads, outside, edges, documents, problems, checks }, rest }
  const entries = LISTED.flatMap((name) => {
    const patch = diffLists<object>(before[name], after[name])
    return patch ? [[name, patch] as const] : []
  })
  return { base: before.revision, lists: Object.fromEntries(entries), rest }
}

/** The picture that the patch describes; parts that didn't change are the very objects of `before`. Undefined where it builds on another. */
export function patchPicture(before: Picture | undefined, patch: PicturePatch): Picture | undefined {
  if (patch.base !== undefined && patch.base !== before?.revision) return undefined
  const list = <L extends Listed>(name: L): Picture[L] =>
    applyList<Picture[L][number]>(before?.[name] ?? [], patch.lists[name]) as Picture[L]
  return {
    ...patch.rest,
    namespaces: list('namespaces'),
    workloads: list('workloads'),
    outside: list('outside'),
    edges: list('edges'),
    documents: list('documents'),
    problems: list('problems'),
    checks: list('checks'),
  }
}

function diffLists<T extends object>(before: readonly T[], after: readonly T[]): ListPatch<T> {
  if (before === after) return undefined
  const places = new Map(before.map((part, place) => [part, place]))
  const patch = after.map((part) => places.get(part) ?? part)
  return patch.length === before.length && patch.every((step, place) => step === place) ? undefined : patch
}

function applyList<T>(before: readonly T[], patch: ListPatch<T>): readonly T[] {
  if (!patch) return before
  return patch.map((step) => (typeof step === 'number' ? before[step] : step))
}
