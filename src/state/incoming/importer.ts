import { isNetAssert } from '#core/checks/fromNetAssert.ts'
import type { IncomingFile, WorkspaceFile } from '../app.ts'
import type { Analysis } from '../analysis.ts'
import { type Clock, createSlices, type Slices } from '../clock.ts'
import { type Change, fileAt, freePath } from '../content.ts'
import type { Documents } from '../documents.ts'
import type { Notices } from '../notices.ts'
import type { Stores } from '../stores.ts'
import { tellOverlays } from './overlays.ts'
import { type Prepared, prepare } from './prepare.ts'
import { count, tellImport, tellSecrets } from './told.ts'

/** Takes texts into the workspace. */
export interface Importer {
  readonly open: (incoming: readonly IncomingFile[]) => Promise<void>
  /** A text without a file of its own: gets a free path, and loses what a chat or a shell put around it. */
  readonly paste: (pasted: IncomingFile) => Promise<void>
  readonly resolveConflict: (answer: 'replace' | 'keep-both' | 'cancel') => Promise<void>
  /** Stops the import that is running, or takes back one that is still being evaluated. False where there is none. */
  readonly cancel: () => boolean
}

/** What the importer works with. */
export interface ImportContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
  readonly clock: Clock
}

/** One import at a time; a second one stops the first. */
export function createImporter(context: ImportContext): Importer {
  const { stores, documents, analysis, notices, clock } = context
  let reading: AbortController | undefined
  let asking: Prepared | undefined
  let evaluating: { readonly revision: number; stopped: boolean } | undefined

  const read = async (incoming: readonly IncomingFile[], pasted: boolean): Promise<Prepared | undefined> => {
    const mine = new AbortController()
    reading?.abort()
    reading = mine
    const slices: Slices = createSlices(clock, mine.signal)
    try {
      const prepared = await prepare(incoming, {
        pasted,
        slices,
        present: stores.documents.getState().files,
        onProgress: (done, total) => stores.analysis.setState({ progress: { label: 'Reading files', done, total } }),
      })
      // Stopped after its last pause: what was said to be out must not come in.
      return mine.signal.aborted ? undefined : prepared
    } catch (error) {
      if (!mine.signal.aborted) throw error
      return undefined
    } finally {
      if (reading === mine) {
        reading = undefined
        stores.analysis.setState({ progress: undefined })
      }
    }
  }
  const put = async (prepared: Prepared, answer: 'replace' | 'keep-both'): Promise<void> => {
    const { files } = documents.content()
    const placed = answer === 'replace' ? prepared.files : besides(prepared.files, files)
    const label = prepared.pasted
      ? 'pasting'
      : `opening ${placed.length === 1 ? placed[0]?.path : count(placed.length, 'file')}`
    if (!documents.commit(changesFor(placed, files), label)) return
    stores.view.setState({ activeFile: placed[0]?.path })
    const { revision } = stores.documents.getState()
    const mine = { revision, stopped: false }
    evaluating = mine
    const shown = await analysis.whenShown(revision)
    if (evaluating === mine) evaluating = undefined
    // After a stop a picture comes nevertheless: that of the texts without these.
    const picture = mine.stopped ? undefined : shown
    const paths = placed.map(({ path }) => path)
    const last = revision === stores.documents.getState().revision
    if (picture) notices.say('info', tellImport(picture, { ...prepared, paths }), last)
    else if (prepared.secrets > 0) notices.say('info', tellSecrets(prepared.secrets) ?? '')
  }

  // Tests of another tool are no manifests: they are offered as checks, one file at a time.
  const offerTests = (files: readonly WorkspaceFile[]): readonly WorkspaceFile[] => {
    const [first, ...more] = files.filter(({ text }) => holdsTests(text))
    if (!first) return files
    const { path: name, text } = first
    stores.view.setState({ dialog: { type: 'take-tests', name, text } })
    if (more.length > 0)
      notices.say('warning', `Left out: ${more.map(({ path }) => path).join(', ')}. Open one NetAssert file at a time.`)
    return files.filter((file) => file !== first && !more.includes(file))
  }

  const take = async (incoming: readonly IncomingFile[], pasted: boolean): Promise<void> => {
    const prepared = await read(incoming, pasted)
    if (!prepared) return
    for (const problem of prepared.problems) notices.say('warning', problem)
    const overlays = tellOverlays(prepared.overlays)
    if (overlays !== undefined) notices.say('warning', overlays)
    const taken = documents.content().files
    const fresh = prepared.files.filter((file) => fileAt(taken, file.path)?.text !== file.text)
    if (fresh.length === 0) {
      if (prepared.files.length > 0) notices.say('info', 'This is open already: nothing has changed.')
      return
    }
    const kept = offerTests(fresh)
    if (kept.length === 0) return
    const news = { ...prepared, files: kept }
    const paths = kept.map(({ path }) => path).filter((path) => fileAt(taken, path))
    if (paths.length === 0) return put(news, 'replace')
    asking = news
    stores.view.setState({ dialog: { type: 'conflict', paths } })
  }

  return {
    open: (incoming) => take(incoming, false),
    paste({ path, content }) {
      const taken = new Set(documents.content().files.map((file) => file.path))
      return take([{ path: freePath(path, taken), content }], true)
    },
    async resolveConflict(answer) {
      const prepared = asking
      asking = undefined
      if (stores.view.getState().dialog?.type === 'conflict') stores.view.setState({ dialog: undefined })
      if (prepared && answer !== 'cancel') await put(prepared, answer)
    },
    cancel() {
      if (reading) {
        reading.abort()
        notices.say('info', 'Stopped: nothing was added.')
        return true
      }
      if (evaluating?.revision !== stores.documents.getState().revision) return false
      evaluating.stopped = true
      evaluating = undefined
      analysis.cancel()
      documents.undo()
      notices.say('info', 'Stopped: what was being opened is out again. Redo brings it back.')
      return true
    },
  }
}

// Parsing a large dump to know that it isn't one would cost too much.
function holdsTests(text: string): boolean {
  return /\bsrc["']?\s*:/.test(text) && /\bdst["']?\s*:/.test(text) && isNetAssert(text)
}

function changesFor(placed: readonly WorkspaceFile[], files: readonly WorkspaceFile[]): Change[] {
  let end = files.length
  return placed.map((file) => (fileAt(files, file.path) ? { type: 'replace', file } : { type: 'add', file, at: end++ }))
}

function besides(incoming: readonly WorkspaceFile[], files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  const taken = new Set(files.map(({ path }) => path))
  return incoming.map((file) => {
    const path = freePath(file.path, taken)
    taken.add(path)
    return { ...file, path }
  })
}
