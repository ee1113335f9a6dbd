import { Unzip, UnzipInflate, type UnzipFile } from 'fflate'
import type { Slices } from '../clock.ts'
import { isWanted, TOTAL_BYTES, FILE_BYTES } from './sift.ts'

/** Files in a zip beyond this number are not read: nobody's manifests, but a zip bomb. */
export const ZIP_ENTRIES = 5_000

/** What a zip held. `skipped`: files that are no YAML or JSON. `problem`: why it could not be read to its end. */
export interface Unzipped {
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[]
  readonly skipped: number
  readonly problem?: string | undefined
}

// So little at once that what a bomb inflates it to (1:1000) still fits in memory before it is counted.
const STEP_BYTES = 16 * 1024

/** Is this a zip, by its first bytes? */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** Unpacks the YAML and JSON files of a zip, in slices; real sizes are counted, not those that the zip claims. */
export async function unzip(bytes: Uint8Array, slices: Slices): Promise<Unzipped> {
  const files: { path: string; content: Uint8Array }[] = []
  let [skipped, entries, total] = [0, 0, 0]
  let problem: string | undefined

  const take = (file: UnzipFile): void => {
    if (file.name.endsWith('/') || problem !== undefined) return
    if (++entries > ZIP_ENTRIES) return void (problem = `it holds more than ${ZIP_ENTRIES} files`)
    if (!isWanted(file.name, 'folder')) return void skipped++
    const parts: Uint8Array[] = []
    let size = 0
    file.ondata = (error, part, final) => {
      if (error) return void (problem ??= `${file.name} is damaged`)
      size += part.length
      total += part.length
      if (size > FILE_BYTES || total > TOTAL_BYTES) {
        problem ??= `${file.name} unpacks to more than ${megabytes(size > FILE_BYTES ? FILE_BYTES : TOTAL_BYTES)}`
        return file.terminate()
      }
      parts.push(part)
      if (final) files.push({ path: file.name, content: concat(parts, size) })
    }
    file.start()
  }
  const reader = new Unzip(take)
  reader.register(UnzipInflate)
  for (let at = 0; at < bytes.length && problem === undefined; at += STEP_BYTES) {
    const end = Math.min(bytes.length, at + STEP_BYTES)
    problem = push(reader, bytes.subarray(at, end), end === bytes.length) ?? problem
    await slices.rest()
  }
  return { files, skipped, problem }
}

/** `50 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`
}

// The library throws at a zip that is cut off or uses an unknown compression: a user's mistake, so a value here.
function push(reader: Unzip, part: Uint8Array, final: boolean): string | undefined {
  try {
    reader.push(part, final)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
