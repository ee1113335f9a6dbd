import type { Edited } from './edited.ts'
import { padOf } from './flowHabit.ts'
import { entriesLike, itemsLike, keysLike, modelOf, type Models, ordered, textsLike } from './models.ts'
import { scalarText, styleAmong } from './quotes.ts'
import type { MappingNode, SequenceNode } from './tree.ts'

/** What a value in brackets takes after, and where it stands. */
export interface FlowPlace {
  readonly models: Models
  /** For scalars without models: what stands around them. */
  readonly around?: Models | undefined
  /** The blanks in front of its line; undefined where it has to stay on one line. */
  readonly margin: string | undefined
}

/** A value in flow style, as the models write theirs: brackets padded or not, over one line or several, quoted alike; JSON in JSON. */
export function flowLike(edited: Edited, value: unknown, place: FlowPlace): string {
  if (typeof value !== 'object' || value === null) return flowScalar(edited, value, place)
  const model = modelOf(place.models, value)
  const inner = isSpread(edited, model, place) ? `${place.margin}${edited.flow.unit}` : undefined
  const parts = Array.isArray(value) ? itemParts(edited, value, place, inner) : entryParts(edited, value, place, inner)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return `${open}${close}`
  if (inner !== undefined) {
    const line = edited.newline + inner
    return `${open}${line}${parts.join(`,${line}`)}${edited.newline}${place.margin}${close}`
  }
  const pad = isPadded(edited, model, value) ? ' ' : ''
  return open + pad + parts.join(edited.flow.comma) + pad + close
}

/** A key in brackets, as the models write theirs. */
export function flowKeyLike(edited: Edited, key: string, models: Models): string {
  if (edited.json) return JSON.stringify(key)
  return scalarText(key, styleAmong(keysLike(models), edited.quotes), true)
}

function flowScalar(edited: Edited, value: unknown, { models, around = [] }: FlowPlace): string {
  if (edited.json) return JSON.stringify(value ?? null)
  return scalarText(value, styleAmong(textsLike(models, around), edited.quotes), true)
}

function itemParts(
  edited: Edited,
  value: readonly unknown[],
  { models }: FlowPlace,
  inner: string | undefined,
): readonly string[] {
  return value.map((item) => flowLike(edited, item, { models: itemsLike(models), margin: inner }))
}

function entryParts(edited: Edited, value: object, { models }: FlowPlace, inner: string | undefined): string[] {
  return ordered(value, modelOf(models, value)).map(([key, own]) => {
    const deeper = entriesLike(edited, models, key).map((entry) => entry.value)
    const written = flowLike(edited, own, { models: deeper, around: models, margin: inner })
    return flowKeyLike(edited, key, models) + edited.flow.colon + written
  })
}

// In JSON over several lines, what has no model does as the document does.
function isSpread(
  { text, json, flow }: Edited,
  model: MappingNode | SequenceNode | undefined,
  { margin }: FlowPlace,
): boolean {
  if (margin === undefined || flow.unit === undefined) return false
  return model?.style === 'flow' ? text.slice(model.range.from, model.range.to).includes('\n') : json
}

function isPadded({ text, flow }: Edited, model: MappingNode | SequenceNode | undefined, value: object): boolean {
  const own = model?.style === 'flow' ? padOf(text, model) : undefined
  return own ?? (Array.isArray(value) ? flow.padsLists : flow.padsMaps)
}
