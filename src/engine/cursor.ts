import type { DocumentInfo, Edge } from '#core/model/picture.ts'
import type { Policy } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import type { CursorPlace } from './protocol.ts'
import type { Scene } from './scene.ts'

/** Where the cursor is: `offset` in the text of a file. */
export interface Cursor {
  readonly file: string
  readonly offset: number
}

/** The document at a place of the text, the rules, backends or checks there (of a policy or an Ingress outside of them: all), and their edges. */
export function placeCursor(scene: Scene, edges: readonly Edge[], { file, offset }: Cursor): CursorPlace {
  const document = documentAt(scene, { file, offset })
  if (!document) return { rules: [], edges: [] }
  const inside = offset - document.range.from
  const policy = scene.loaded.policies.find((one) => one.ref.document === document.id)
  const rules = policy
    ? within(refsOf(policy), inside)
    : [...checksAt(scene, document, inside), ...backendsAt(scene, document, inside)]
  const card = scene.loaded.cluster.workloads.find((one) => one.refs.some((ref) => ref.document === document.id))?.id
  const keys = new Set(rules.map(keyOf))
  const touched = edges.filter((edge) =>
    [...edge.rules, ...edge.checks.map((check) => check.ref)].some((ref) => keys.has(keyOf(ref))),
  )
  return {
    document: document.id,
    rules,
    edges: touched.map((edge) => edge.id),
    ...(card === undefined ? {} : { card }),
  }
}

// The item of a List lies within the List: the smaller span is meant. At a seam it is the document that begins there.
function documentAt(scene: Scene, { file, offset }: Cursor): DocumentInfo | undefined {
  const around = scene.loaded.documents.filter((one) => one.file === file && holds(one.range, offset))
  const inner = around.filter(({ range }) => offset < range.to)
  return (inner.length > 0 ? inner : around).toSorted((a, b) => lengthOf(a) - lengthOf(b))[0]
}

function lengthOf({ range }: DocumentInfo): number {
  return range.to - range.from
}

function refsOf(policy: Policy): readonly Ref[] {
  return policy.rules.map((rule) => rule.ref)
}

function backendsAt(scene: Scene, document: DocumentInfo, offset: number): readonly Ref[] {
  const refs = scene.loaded.cluster.exposures.map(({ ref }) => ref).filter((ref) => ref.document === document.id)
  return within(refs, offset)
}

// Those at the place; where there are none, all of the document.
function within(refs: readonly Ref[], offset: number): readonly Ref[] {
  const here = refs.filter((ref) => holds(ref.range, offset))
  return here.length > 0 ? here : refs
}

function checksAt(scene: Scene, document: DocumentInfo, offset: number): readonly Ref[] {
  const refs = scene.loaded.checks.map((check) => check.ref).filter((ref) => ref.document === document.id)
  return refs.filter((ref) => holds(ref.range, offset))
}

function holds(range: { readonly from: number; readonly to: number }, offset: number): boolean {
  return range.from <= offset && offset <= range.to
}

function keyOf(ref: Ref): string {
  return `${ref.document}\n${ref.path.join('/')}`
}
