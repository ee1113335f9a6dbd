import type { IncomingFile, WorkspaceFile } from '../app.ts'
import type { Slices } from '../clock.ts'
import { freePath } from '../content.ts'
import { decode, type Decoded, ofString } from '../encoding.ts'
import { type Overlay, overlaysIn } from './overlays.ts'
import { redact } from './redact.ts'
import { FILE_BYTES, isWanted, tidyPath, TOTAL_BYTES } from './sift.ts'
import { count } from './told.ts'
import { unwrap } from './unwrap.ts'
import { isZip, megabytes, unzip } from './unzip.ts'

/** Files that are ready to enter the workspace, and what has to be said about the rest. */
export interface Prepared {
  readonly pasted: boolean
  readonly files: readonly WorkspaceFile[]
  readonly overlays: readonly Overlay[]
  readonly secrets: number
  readonly skipped: number
  readonly taken?: string | undefined
  /** What was not taken in and why, for people. */
  readonly problems: readonly string[]
}

/** How to prepare. `present`: the files that are there already; their sizes count. */
export interface PrepareOptions {
  readonly pasted: boolean
  readonly slices: Slices
  readonly present: readonly WorkspaceFile[]
  readonly onProgress: (done: number, total: number) => void
}

interface Job extends PrepareOptions {
  readonly files: WorkspaceFile[]
  readonly problems: string[]
  secrets: number
  skipped: number
  taken: string | undefined
}

/** Unpacks, decodes, unwraps and takes Secrets' values out, in slices; throws only what the signal of the slices says. */
export async function prepare(incoming: readonly IncomingFile[], options: PrepareOptions): Promise<Prepared> {
  const job: Job = { ...options, files: [], problems: [], secrets: 0, skipped: 0, taken: undefined }
  const unpacked = await unpack(incoming, job)
  const total = unpacked.reduce((sum, { content }) => sum + content.length, 0)
  if (tooMuch(total, job)) return finish({ ...job, files: [] })
  let done = 0
  for (const file of unpacked) {
    await read(file, job)
    options.onProgress((done += file.content.length), total)
    await options.slices.rest()
  }
  return finish(job)
}

function finish(job: Job): Prepared {
  const { pasted, files, problems, secrets, skipped, taken } = job
  const overlays = overlaysIn(files)
  const quiet = new Set(overlays.map(({ path }) => path))
  const placed = files.map((file): WorkspaceFile => (quiet.has(file.path) ? notCounting(file) : file))
  if (placed.length === 0 && problems.length === 0)
    problems.push(
      skipped > 0
        ? `Nothing was opened: ${count(skipped, 'file')}, and none is YAML or JSON.`
        : 'There is no text in this.',
    )
  return { pasted, files: placed, overlays, secrets, skipped, taken, problems }
}

function notCounting(file: WorkspaceFile): WorkspaceFile {
  return { ...file, counts: false }
}

async function unpack(incoming: readonly IncomingFile[], job: Job): Promise<readonly IncomingFile[]> {
  const unpacked: IncomingFile[] = []
  for (const file of incoming) {
    if (typeof file.content === 'string' || !isZip(file.content)) {
      if (job.pasted || isWanted(file.path, file.path.includes('/') ? 'folder' : 'alone')) unpacked.push(file)
      else job.skipped++
      continue
    }
    const zip = await unzip(file.content, job.slices)
    job.skipped += zip.skipped
    if (zip.problem === undefined) unpacked.push(...zip.files)
    else job.problems.push(`${file.path} can’t be opened: ${zip.problem}.`)
  }
  return unpacked
}

function tooMuch(total: number, { present, problems }: Job): boolean {
  const there = present.reduce((sum, { text }) => sum + text.length, 0)
  if (there + total <= TOTAL_BYTES) return false
  problems.push(
    `This would make ${megabytes(there + total)} of text; a workspace holds ${megabytes(TOTAL_BYTES)}. Nothing was opened: ` +
      'take fewer namespaces (`kubectl get … -n shop -o yaml`).',
  )
  return true
}

async function read({ path, content }: IncomingFile, job: Job): Promise<void> {
  if (content.length > FILE_BYTES) {
    job.problems.push(
      `${path} has ${megabytes(content.length)}; a file may have ${megabytes(FILE_BYTES)}. It was left out.`,
    )
    return
  }
  const decoded = typeof content === 'string' ? ofString(content) : decode(content)
  const bare = job.pasted || !/[.](ya?ml|json)$/i.test(path) ? peel(path, decoded, job) : decoded
  if (!bare || (job.pasted && bare.text.trim() === '')) return
  const { text, secrets } = await redact(bare.text, job.slices)
  job.secrets += secrets
  if (bare.readOnly !== undefined) job.problems.push(`${path}: ${bare.readOnly}`)
  const free = freePath(tidyPath(path), new Set(job.files.map((file) => file.path)))
  job.files.push({ path: free, text, opened: text, encoding: bare.encoding, counts: true, readOnly: bare.readOnly })
}

function peel(path: string, decoded: Decoded, job: Job): Decoded | undefined {
  const { text, taken, refusal, warning } = unwrap(decoded.text)
  const name = job.pasted ? '' : `${path}: `
  if (refusal !== undefined) return void job.problems.push(name + refusal)
  if (warning !== undefined) job.problems.push(name + warning)
  job.taken ??= taken
  return { ...decoded, text }
}
