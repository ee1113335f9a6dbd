import { Deflate, Inflate } from 'fflate'
import type { Slices } from '../clock.ts'

/** Why something could not be unpacked. */
export type Unreadable = { readonly problem: 'damaged' | 'too large' }

const WRITE_STEP = 128 * 1024
// So little at once that what a bomb inflates it to (1:1000) is counted before it fills the memory.
const READ_STEP = 2 * 1024

/** Compresses a text (raw deflate over UTF-8), in slices. */
export async function squeeze(text: string, slices: Slices): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const deflate = new Deflate({ level: 9 }, (part) => void parts.push(part))
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length || at === 0; at += WRITE_STEP) {
    deflate.push(bytes.subarray(at, at + WRITE_STEP), at + WRITE_STEP >= bytes.length)
    await slices.rest()
  }
  return join(parts)
}

/** The text again, if it stays within so many bytes: they are counted while they come. */
export async function unsqueeze(bytes: Uint8Array, limit: number, slices: Slices): Promise<string | Unreadable> {
  const parts: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((part) => {
    size += part.length
    if (size <= limit) parts.push(part)
  })
  for (let at = 0; at < bytes.length || at === 0; at += READ_STEP) {
    if (!push(inflate, bytes.subarray(at, at + READ_STEP), at + READ_STEP >= bytes.length))
      return { problem: 'damaged' }
    if (size > limit) return { problem: 'too large' }
    await slices.rest()
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(join(parts))
  } catch {
    return { problem: 'damaged' }
  }
}

// The library throws at what is no deflate stream, or ends too early: a value here.
function push(inflate: Inflate, part: Uint8Array, final: boolean): boolean {
  try {
    inflate.push(part, final)
    return true
  } catch {
    return false
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
