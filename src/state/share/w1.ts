import type { End } from '#core/model/end.ts'
import { tidyPath } from '../incoming/sift.ts'
import { freePath } from '../content.ts'
import { FRESH_VIEW } from '../stores.ts'
import type { Encoding } from '../app.ts'
import type { Position, Selection } from '../view.ts'
import type { SharedView, SharedWorkspace } from './shared.ts'

type File = SharedWorkspace['files'][number]
type Json = Readonly<Record<string, unknown>>

const FILES = 5_000
// None of ours have one: finding free names for thousands would hold up the page.
const CLASHES = 100
const ENTRIES = 20_000
const SHORT = 4_000
// What is read by people, in one or two lines.
const NAME = 100
const SENTENCE = 300
const DEPTH = 64
// Farther out nobody finds a card again, nor anything else beside it.
const FARTHEST = 50_000
// They would turn around, or tear apart, the sentences in which a text is told.
const UNSEEN = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]+/gu

/** The first format: plain JSON, defaults left out. */
export function writeW1({ name, files, view, lean, lesson }: SharedWorkspace): Json {
  return {
    drawbridge: 'w1',
    name,
    ...(lean && { lean }),
    files: files.map(writeFile),
    view: writeView(view),
    ...(lesson !== undefined && { lesson }),
  }
}

/**
 * Reads it, from whoever wrote it: undefined where it is no workspace; in the view, what isn't as it should be is left
 * out. No two files have one path afterwards.
 */
export function readW1(value: unknown): SharedWorkspace | undefined {
  const shared = mapping(value)
  const files = list(shared?.['files'], FILES)?.map(readFile)
  if (!shared || !files || !isShallow(shared['lesson'], DEPTH)) return undefined
  if (files.length - new Set(files.map((file) => file?.path)).size > CLASHES) return undefined
  const taken = new Set<string>()
  const placed = files.flatMap((file): File[] => {
    if (!file) return []
    const path = freePath(file.path, taken)
    taken.add(path)
    return [{ ...file, path }]
  })
  if (placed.length < files.length) return undefined
  return {
    name: seen(shared['name'])?.trim().slice(0, NAME) || 'Shared',
    files: placed,
    view: readView(mapping(shared['view']) ?? {}),
    lean: shared['lean'] === true,
    ...(shared['lesson'] !== undefined && { lesson: shared['lesson'] }),
  }
}

function writeFile({ path, text, encoding, counts, namespace, readOnly }: File): Json {
  return {
    path,
    text,
    ...(!counts && { counts }),
    ...(namespace !== undefined && { namespace }),
    ...(encoding.charset !== 'utf-8' && { charset: encoding.charset }),
    ...(encoding.bom && { bom: true }),
    ...(readOnly !== undefined && { readOnly }),
  }
}

function readFile(value: unknown): File | undefined {
  const file = mapping(value)
  const path = seen(file?.['path'])
  const text = file?.['text']
  if (!file || path === undefined || typeof text !== 'string') return undefined
  const namespace = short(file['namespace'])
  const readOnly = seen(file['readOnly'])?.slice(0, SENTENCE)
  return {
    path: tidyPath(path),
    text,
    encoding: { charset: readCharset(file['charset']), bom: file['bom'] === true },
    counts: file['counts'] !== false,
    ...(namespace !== undefined && { namespace }),
    ...(readOnly !== undefined && { readOnly }),
  }
}

function readCharset(value: unknown): Encoding['charset'] {
  return value === 'utf-16le' || value === 'utf-16be' ? value : 'utf-8'
}

function writeView(view: SharedView): Json {
  const positions = Object.entries(view.positions).map(([id, { x, y }]) => [id, Math.round(x), Math.round(y)])
  const hidden = Object.entries(view.layers).flatMap(([layer, on]) => (on ? [] : [layer]))
  return {
    ...(positions.length > 0 && { positions }),
    ...(hidden.length > 0 && { hidden }),
    ...(view.reachDenied && { reachDenied: true }),
    ...(view.placed.length > 0 && { placed: view.placed }),
    ...(view.closedNamespaces.length > 0 && { closed: view.closedNamespaces }),
    ...(view.activeFile !== undefined && { file: view.activeFile }),
    ...(view.hint !== undefined && { hint: view.hint }),
    ...(view.centre !== 'graph' && { centre: view.centre }),
    ...(view.selection !== undefined && { selection: view.selection }),
  }
}

function readView(view: Json): SharedView {
  const hidden = list(view['hidden'], ENTRIES) ?? []
  const { checks, rules, reach } = FRESH_VIEW.layers
  const isShown = (layer: string, fresh: boolean): boolean => fresh && !hidden.includes(layer)
  return {
    positions: readPositions(view['positions']),
    layers: { checks: isShown('checks', checks), rules: isShown('rules', rules), reach: isShown('reach', reach) },
    reachDenied: view['reachDenied'] === true,
    placed: (list(view['placed'], ENTRIES) ?? []).flatMap((end) => readEnd(end) ?? []),
    closedNamespaces: (list(view['closed'], ENTRIES) ?? []).flatMap((name) => short(name) ?? []),
    activeFile: seen(view['file']),
    hint: seen(view['hint'])?.slice(0, SENTENCE),
    centre: view['centre'] === 'table' ? 'table' : 'graph',
    selection: readSelection(mapping(view['selection'])),
  }
}

// `fromEntries` makes own keys, whatever they are called.
function readPositions(value: unknown): Readonly<Record<string, Position>> {
  const entries = list(value, ENTRIES) ?? []
  return Object.fromEntries(
    entries.flatMap((entry): [string, Position][] => {
      const [id, x, y] = list(entry, 3) ?? []
      const isPlace = typeof id === 'string' && isCoordinate(x) && isCoordinate(y)
      return isPlace && id !== '__proto__' ? [[id, { x, y }]] : []
    }),
  )
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST
}

function readSelection(value: Json | undefined): Selection | undefined {
  const id = short(value?.['id'])
  const type = value?.['type']
  return id !== undefined && (type === 'edge' || type === 'card') ? { type, id } : undefined
}

// Only ends that a user can put outside the boxes.
function readEnd(value: unknown): End | undefined {
  const end = mapping(value)
  const [cidr, host] = [short(end?.['cidr']), short(end?.['host'])]
  const except = list(end?.['except'], ENTRIES)?.flatMap((part) => short(part) ?? [])
  if (cidr !== undefined) return { cidr, ...(except !== undefined && { except }) }
  if (host !== undefined) return { host }
  if (end?.['internet'] === true) return { internet: true }
  return end?.['anywhere'] === true ? { anywhere: true } : undefined
}

function mapping(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

function list(value: unknown, longest: number): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length <= longest ? (value as readonly unknown[]) : undefined
}

function short(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= SHORT ? value : undefined
}

function seen(value: unknown): string | undefined {
  return short(value)?.replaceAll(UNSEEN, ' ')
}

// What is nested without an end would overflow the stack of whoever walks through it, the browser's storage included.
function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((part) => isShallow(part, depth - 1))
}
