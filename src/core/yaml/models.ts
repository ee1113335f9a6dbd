import type { Edited } from './edited.ts'
import { columnOf, dashesOf } from './layout.ts'
import { skipBlank } from './places.ts'
import { firstOf } from './spans.ts'
import type { Entry, MappingNode, SequenceNode, Tree } from './tree.ts'

/** Nodes of the document that a new value takes after; the last one counts most. */
export type Models = readonly Tree[]

type Plain = Readonly<Record<string, unknown>>

/** The container among the models that the new one looks like: of the same type, and not empty. */
export function modelOf(models: Models, value: object): MappingNode | SequenceNode | undefined {
  const isLike = (node: Tree): node is Tree & (MappingNode | SequenceNode) =>
    Array.isArray(value)
      ? node.type === 'sequence' && node.items.length > 0
      : node.type === 'mapping' && node.entries.some(({ merged }) => merged !== true)
  return models.findLast((node): node is Tree & (MappingNode | SequenceNode) => !node.alias && isLike(node))
}

// Kubernetes writes these alike.
const TWINS: ReadonlyMap<string, string> = new Map([
  ['from', 'to'],
  ['to', 'from'],
  ['ingress', 'egress'],
  ['egress', 'ingress'],
  ['podSelector', 'namespaceSelector'],
  ['namespaceSelector', 'podSelector'],
])

/** Entries with this key in the models, or with that of its twin (`to` and `from`); else anywhere in the document. */
export function entriesLike({ byKey }: Edited, models: Models, key: string): readonly Entry[] {
  const own = models.flatMap((node) => (node.type === 'mapping' && !node.alias ? node.entries : []))
  const twin = TWINS.get(key)
  const same = (name: string | undefined): readonly Entry[] =>
    own.filter((entry) => entry.key === name && entry.merged !== true && !entry.value.alias)
  const all = [same(key), same(twin), byKey.get(key) ?? [], byKey.get(twin ?? '') ?? []]
  return all.find(hasContent) ?? []
}

// An empty value shows no style.
function hasContent(entries: readonly Entry[]): boolean {
  return entries.some(({ value }) => value.type === 'scalar' || firstOf(value) !== undefined)
}

/** What the items of a new list take after: the items of the lists among the models. */
export function itemsLike(models: Models): Models {
  return models.flatMap((node) => (node.type === 'sequence' && !node.alias ? node.items : []))
}

/** What a new scalar takes after: models that are scalars; else the other values around them. */
export function textsLike(models: Models, around: Models): Models {
  const own = models.filter(({ type }) => type === 'scalar')
  if (own.length > 0) return own
  return around.flatMap((node) => (node.type === 'mapping' ? node.entries.map(({ value }) => value) : []))
}

/** The keys of the mappings among the models, as they are written. */
export function keysLike(models: Models): Models {
  return models.flatMap((node) =>
    node.type === 'mapping' && !node.alias ? node.entries.map((one) => one.keyNode) : [],
  )
}

/** The entries of a value in the order of its model, as far as that has them; what is undefined is not there. */
export function ordered(value: object, model: Tree | undefined): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(value as Plain).filter(([, own]) => own !== undefined)
  const order = model?.type === 'mapping' ? model.entries.map(({ key }) => key) : []
  const known = entries
    .filter(([key]) => order.includes(key))
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  let next = 0
  return entries.map((entry) => (order.includes(entry[0]) ? (known[next++] ?? entry) : entry))
}

/** How the items of a block list stand behind their dashes. */
export interface DashStyle {
  /** Columns from the dash to the item. */
  readonly gap: number
  /** The dash has a line of its own. */
  readonly below: boolean
}

/** As in the first of these lists that has block items; `- a` where none has. */
export function dashStyleOf({ text }: Edited, models: Models): DashStyle {
  for (const list of models.toReversed()) {
    if (list.type !== 'sequence' || list.style !== 'block' || list.alias) continue
    const found = dashStyleIn(text, list)
    if (found) return found
  }
  return { gap: 2, below: false }
}

// Items that are blocks tell most.
function dashStyleIn(text: string, list: SequenceNode): DashStyle | undefined {
  const dashes = dashesOf(text, list)
  const blocks = list.items.findLastIndex(isBlock)
  const index = blocks < 0 ? list.items.length - 1 : blocks
  const [dash, item] = [dashes[index], list.items[index]]
  if (dash === undefined || !item || item.range.to === item.range.from) return undefined
  const start = skipBlank(text, dash + 1)
  const below = /[\n\r]/.test(text.slice(dash, start))
  const gap = columnOf(text, start) - columnOf(text, dash)
  return gap < 2 ? undefined : { gap, below: below && blocks >= 0 }
}

function isBlock(item: Tree): boolean {
  return item.type !== 'scalar' && item.style === 'block' && !item.alias
}
