import { strToU8, zipSync } from 'fflate'
import type { ExportBundle } from '#core/model/exporting.ts'

/** Hands a text to the browser as a download. */
export function downloadText(name: string, text: string): void {
  save(name, new Blob([text], { type: 'application/yaml' }))
}

/** Hands the files of an export to the browser as one zip. */
export function downloadZip(name: string, files: ExportBundle['files']): void {
  const entries = Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)]))
  save(name, new Blob([zipSync(entries, { level: 6 }).slice()], { type: 'application/zip' }))
}

/** A name that is safe as that of a file: `shop prod` becomes `shop-prod`. */
export function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z\d.]+/g, '-')
      .replaceAll(/^[-.]+|[-.]+$/g, '') || 'drawbridge'
  )
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the blob over once the click is through.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
