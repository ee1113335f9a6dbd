import { readLesson } from '#lessons/format.ts'
import type { Actions, IncomingFile, Share, ShareOptions, WorkspaceFile } from '../app.ts'
import type { Analysis } from '../analysis.ts'
import { type Clock, createSlices, type Slices } from '../clock.ts'
import { fileAt } from '../content.ts'
import type { Documents } from '../documents.ts'
import { decode } from '../encoding.ts'
import { redact } from '../incoming/redact.ts'
import { TOTAL_BYTES } from '../incoming/sift.ts'
import { count, tellSecrets } from '../incoming/told.ts'
import type { Notices } from '../notices.ts'
import type { SavedView } from '../storage.ts'
import type { Stores } from '../stores.ts'
import type { Received } from '../lessons/carried.ts'
import type { RunningTeaching } from '../lessons/createTeaching.ts'
import { FRESH_VIEW } from '../stores.ts'
import type { Adopted, Workspaces } from '../workspaces.ts'
import { packFile, packLink, type Refused, unpackFile, unpackLink } from './pack.ts'
import { FILE_ENDING, type SharedView, type SharedWorkspace } from './shared.ts'

/** Workspaces that come and go as links and files. */
export interface Sharing extends Pick<Actions, 'share' | 'lessonLink' | 'openLink'> {
  /** Opens files that hold a workspace, each as its own, and gives back the others. */
  readonly openFiles: (incoming: readonly IncomingFile[]) => Promise<readonly IncomingFile[]>
  /** Opens the workspace of a link instead of the last one, when the app starts. False: the last one, since there is no link or it can't be opened. */
  readonly start: (link: string | undefined) => Promise<boolean>
}

/** What sharing works with. */
export interface SharingContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
  readonly workspaces: Workspaces
  readonly clock: Clock
  readonly lessons: () => Pick<RunningTeaching, 'teaching' | 'carried' | 'receive'>
}

/** Hands out the present workspace, and opens what others have handed out: never over what is there. */
export function createSharing(context: SharingContext): Sharing {
  const { stores, analysis, notices, workspaces, clock, lessons } = context
  const slices = (): Slices => createSlices(clock, new AbortController().signal)
  const turns = createTurns()
  const opened = async (found: SharedWorkspace | Refused, what: string, open: Open): Promise<boolean> => {
    if ('problem' in found) {
      await open(undefined)
      notices.say('error', tellRefused(found.problem, what))
      return false
    }
    if (found.files.length === 0 && found.lesson !== undefined) return openLesson(found.lesson, open)
    const { adopted, secrets } = await adopt(found, slices())
    const received = found.lesson === undefined ? undefined : await lessons().receive(found.lesson)
    await open({ ...adopted, ...(received && 'teaching' in received && received) })
    stores.view.setState({ centre: found.view.centre })
    // In an article it is all that there is.
    if (stores.documents.getState().lookOnly !== true)
      notices.say(
        'info',
        [tellOpened(stores, found, what), tellLesson(received), tellSecrets(secrets)].filter(Boolean).join(' '),
      )
    void select(found.view)
    return true
  }
  // Handed out, it opens in a workspace of its own; the page's first workspace is there before.
  const openLesson = async (lesson: unknown, open: Open): Promise<boolean> => {
    await open(undefined)
    const text = JSON.stringify(lesson)
    const read = readLesson(text)
    if (read.type === 'problem') {
      notices.say('error', read.problem)
      return false
    }
    void lessons()
      .teaching.openText(text)
      .then((problem) => problem !== undefined && notices.say('error', problem))
    return true
  }
  // What is selected is explained from the picture: it has to be there.
  const select = async ({ selection }: SharedView): Promise<void> => {
    const { workspace, revision } = stores.documents.getState()
    if (!selection || !(await analysis.whenShown(revision))) return
    const isStillThere = stores.documents.getState().workspace.id === workspace.id
    if (isStillThere && !stores.view.getState().selection) analysis.select(selection)
  }
  const beside: Open = async (adopted) => {
    if (adopted) await workspaces.adopt(adopted)
  }

  return {
    share: (options) => share(options, { ...context, slices: slices() }),
    lessonLink: (name, text) => packLink(handedOut(name, text), slices()),
    openLink: (link) => turns(async () => opened(await unpackLink(link, slices()), 'link', beside)),
    async openFiles(incoming) {
      const others: IncomingFile[] = []
      for (const file of incoming) {
        if (!isShared(file)) others.push(file)
        else await turns(() => opened(unpackContent(file.content), 'file', beside))
      }
      return others
    },
    async start(link) {
      if (link !== undefined) return opened(await unpackLink(link, slices()), 'link', workspaces.start)
      await workspaces.start()
      return false
    },
  }
}

// One workspace is whole, saved and locked before the next one comes.
function createTurns(): (run: () => Promise<boolean>) => Promise<boolean> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** Is a file a shared workspace, going by its name? */
export function isShared({ path }: IncomingFile): boolean {
  return path.endsWith(FILE_ENDING)
}

type Open = (adopted: Adopted | undefined) => Promise<void>

type ShareContext = Pick<SharingContext, 'stores' | 'documents' | 'analysis' | 'lessons'> & {
  readonly slices: Slices
}

async function share(options: ShareOptions, context: ShareContext): Promise<Share | undefined> {
  const { stores, lessons, slices } = context
  const copy = options.exact ? await exactCopy(context) : await leanCopy(options, context)
  if (!copy) return undefined
  const lesson = lessons().carried()
  const { name } = stores.documents.getState().workspace
  const shared: SharedWorkspace = {
    name,
    files: copy.files,
    view: viewOf(stores, copy.files),
    lean: !options.exact,
    ...(lesson !== undefined && { lesson }),
  }
  return { ...(await packLink(shared, slices)), leftOut: copy.leftOut, needsIps: copy.needsIps, file: packFile(shared) }
}

function handedOut(name: string, text: string): SharedWorkspace {
  const lesson: unknown = JSON.parse(text)
  return { name, files: [], view: { ...FRESH_VIEW, centre: 'graph', selection: undefined }, lean: false, lesson }
}

interface Copy {
  readonly files: SharedWorkspace['files']
  readonly leftOut: readonly string[]
  readonly needsIps: boolean
}

async function leanCopy({ ips }: ShareOptions, { analysis }: ShareContext): Promise<Copy | undefined> {
  const answer = await analysis.engine.ask('lean', { ips })
  if (!answer) return undefined
  const { files, leftOut, needsIps } = answer.copy
  const encoding = { charset: 'utf-8', bom: false } as const
  return { leftOut, needsIps, files: files.map((file) => ({ ...file, encoding, counts: true })) }
}

// Who types a Secret letter by letter keeps its values here, but doesn't hand them out.
async function exactCopy({ documents, slices }: ShareContext): Promise<Copy> {
  const files: Copy['files'][number][] = []
  let secrets = 0
  for (const { opened: _opened, ...file } of documents.content().files) {
    const redacted = await redact(file.text, slices)
    secrets += redacted.secrets
    files.push({ ...file, text: redacted.text })
  }
  return { files, leftOut: secrets > 0 ? [`The values of ${count(secrets, 'Secret')}`] : [], needsIps: false }
}

function viewOf({ view }: Stores, files: Copy['files']): SharedView {
  const { positions, layers, reachDenied, placed, closedNamespaces, activeFile, hint, centre, selection } =
    view.getState()
  const isThere = files.some(({ path }) => path === activeFile)
  const kept: SavedView = {
    positions,
    layers,
    reachDenied,
    placed,
    closedNamespaces,
    hint,
    activeFile: isThere ? activeFile : undefined,
  }
  return { ...kept, centre, selection }
}

async function adopt(
  { name, files, view }: SharedWorkspace,
  slices: Slices,
): Promise<{ readonly adopted: Adopted; readonly secrets: number }> {
  const placed: WorkspaceFile[] = []
  let secrets = 0
  for (const file of files) {
    const redacted = await redact(file.text, slices)
    secrets += redacted.secrets
    placed.push({ ...file, text: redacted.text, opened: redacted.text })
  }
  const { centre: _centre, selection: _selection, ...saved } = view
  const activeFile = fileAt(placed, view.activeFile)?.path ?? placed[0]?.path
  return { adopted: { name, files: placed, view: { ...saved, activeFile } }, secrets }
}

function unpackContent(content: string | Uint8Array): SharedWorkspace | Refused {
  if (content.length > TOTAL_BYTES) return { problem: 'too large' }
  return unpackFile(typeof content === 'string' ? content : decode(content).text)
}

function tellOpened({ documents }: Stores, { lean }: SharedWorkspace, what: string): string {
  const { workspace } = documents.getState()
  const how = lean ? ' It holds what verdicts read, not the whole manifests.' : ''
  return `“${workspace.name}” came by a ${what}: it is a workspace of its own, yours stay as they are.${how}`
}

function tellLesson(received: Received | undefined): string | undefined {
  return received && 'problem' in received ? `Its lesson stays out: ${received.problem}` : undefined
}

function tellRefused(problem: Refused['problem'], what: string): string {
  const stays = 'Nothing has changed here.'
  switch (problem) {
    case 'damaged':
      return `This ${what} is damaged or cut off: ask for it again, or for a file. ${stays}`
    case 'too large':
      return `This ${what} holds more than fits: it is not opened. ${stays}`
    case 'newer':
      return `This ${what} was made by a newer Drawbridge: reload the page to get it, then open it again. ${stays}`
    case 'no workspace':
      return `This ${what} does not hold a workspace. ${stays}`
  }
}
