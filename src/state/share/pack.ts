import type { Slices } from '../clock.ts'
import { fromBase64Url, toBase64Url } from './base64.ts'
import { FORMAT, LINK_LIMIT, type SharedWorkspace } from './shared.ts'
import { squeeze, type Unreadable, unsqueeze } from './squeeze.ts'
import { readW1, writeW1 } from './w1.ts'

/** A link's fragment, if the workspace fits into one; `size` is how long it is or would be, in characters. */
export interface Packed {
  readonly fragment?: string | undefined
  readonly size: number
}

/** Why what came is not opened: `newer` was written by a later version than this one. */
export type Refused = Unreadable | { readonly problem: 'newer' | 'no workspace' }

/** A link that is longer was not made here, or is no link to open without a question. Characters. */
const LONGEST_LINK = 300_000
/** What a link may unpack to. Bytes. */
const LINK_BYTES = 8 * 1024 * 1024

// A version for each reader, for ever: links stand in books.
const READERS: Readonly<Record<string, (value: unknown) => SharedWorkspace | undefined>> = { w1: readW1 }
const LINK = /#(w\d{1,4})[.]([\w-]*)/

/** Does a text hold a link to a workspace: an address, or its fragment alone? */
export function isLink(text: string): boolean {
  return LINK.test(text)
}

/** The workspace as a URL fragment, its `#` included. */
export async function packLink(shared: SharedWorkspace, slices: Slices): Promise<Packed> {
  const bytes = await squeeze(JSON.stringify(writeW1(shared)), slices)
  const size = `#${FORMAT}.`.length + Math.ceil((bytes.length * 4) / 3)
  return size > LINK_LIMIT ? { size } : { size, fragment: `#${FORMAT}.${toBase64Url(bytes)}` }
}

/** The workspace as the text of a file that people can read, too. */
export function packFile(shared: SharedWorkspace): string {
  return `${JSON.stringify(writeW1(shared), undefined, 1)}\n`
}

/** Reads a link of any version, from whoever made it; the text around it doesn't matter. */
export async function unpackLink(text: string, slices: Slices): Promise<SharedWorkspace | Refused> {
  const [, version = '', packed = ''] = LINK.exec(text) ?? []
  if (!Object.hasOwn(READERS, version)) return { problem: version === '' ? 'no workspace' : 'newer' }
  if (packed.length > LONGEST_LINK) return { problem: 'too large' }
  const bytes = fromBase64Url(packed)
  const json = bytes ? await unsqueeze(bytes, LINK_BYTES, slices) : ({ problem: 'damaged' } as const)
  return typeof json === 'string' ? readJson(json) : json
}

/** Reads the text of a file. Its size is for the caller to bound. */
export function unpackFile(text: string): SharedWorkspace | Refused {
  return readJson(text)
}

// Nobody writes half of a JSON text: something of it got lost on the way.
function readJson(json: string): SharedWorkspace | Refused {
  const value = parse(json)
  if (value === undefined) return { problem: 'damaged' }
  const version = typeof value === 'object' && value !== null && 'drawbridge' in value ? value.drawbridge : undefined
  if (typeof version !== 'string' || !/^w\d{1,4}$/.test(version)) return { problem: 'no workspace' }
  const read = Object.hasOwn(READERS, version) ? READERS[version] : undefined
  if (!read) return { problem: 'newer' }
  return read(value) ?? { problem: 'no workspace' }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
