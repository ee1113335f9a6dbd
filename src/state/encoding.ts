import type { Encoding } from './app.ts'

/** A text as its bytes say, with how to write it back; `readOnly` says why where that would lose something. */
export interface Decoded {
  readonly text: string
  readonly encoding: Encoding
  readonly readOnly?: string | undefined
}

const MARKS: readonly { readonly bytes: readonly number[]; readonly charset: Encoding['charset'] }[] = [
  { bytes: [0xef, 0xbb, 0xbf], charset: 'utf-8' },
  { bytes: [0xff, 0xfe], charset: 'utf-16le' },
  { bytes: [0xfe, 0xff], charset: 'utf-16be' },
]

/** Reads UTF-8, and UTF-16 where a byte order mark says so (PowerShell's `>`). Invalid bytes give a read-only text (design.md 8). */
export function decode(bytes: Uint8Array): Decoded {
  const mark = MARKS.find((candidate) => candidate.bytes.every((byte, i) => bytes[i] === byte))
  const charset = mark?.charset ?? 'utf-8'
  const encoding: Encoding = { charset, bom: mark !== undefined }
  const body = bytes.subarray(mark?.bytes.length ?? 0)
  try {
    return { text: new TextDecoder(charset, { ignoreBOM: true, fatal: true }).decode(body), encoding }
  } catch {
    const text = new TextDecoder(charset, { ignoreBOM: true }).decode(body)
    const readOnly = `This is not valid ${charset.toUpperCase()}: it is shown with � where bytes can’t be read, and can’t be edited.`
    return { text, encoding, readOnly }
  }
}

/** A text that came as a string; a byte order mark at its start moves into the encoding. */
export function ofString(text: string): Decoded {
  const bom = text.startsWith('\uFEFF')
  return { text: bom ? text.slice(1) : text, encoding: { charset: 'utf-8', bom } }
}

/** The bytes to write a text back with, its byte order mark included. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  const body = encodeBody(text, encoding.charset)
  const mark = encoding.bom ? MARKS.find(({ charset }) => charset === encoding.charset) : undefined
  if (!mark) return body
  const bytes = new Uint8Array(mark.bytes.length + body.length)
  bytes.set(mark.bytes)
  bytes.set(body, mark.bytes.length)
  return bytes
}

function encodeBody(text: string, charset: Encoding['charset']): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text)
  const bytes = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) bytes.setUint16(i * 2, text.charCodeAt(i), charset === 'utf-16le')
  return new Uint8Array(bytes.buffer)
}
