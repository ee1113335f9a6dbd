import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import type { WorkspaceFile } from './app.ts'
import type { SavedWorkspace, Storage, WorkspaceEntry } from './storage.ts'

// Large texts lie apart from the head and from each other, so that an edit of one small file writes one small file.
type Head = Omit<SavedWorkspace, 'files'> & {
  readonly files: readonly (Omit<WorkspaceFile, 'text' | 'opened'> & { readonly asOpened: 'none' | 'text' | 'apart' })[]
}

const headKey = (id: string): string => `head:${id}`
const textKey = (id: string, path: string): string => `text:${id}:${path}`
const openedKey = (id: string, path: string): string => `opened:${id}:${path}`

/** Workspaces in IndexedDB; a save is one transaction and writes only the texts that differ from the last one. */
export function idbStorage(database = 'drawbridge'): Storage {
  let store: UseStore | undefined
  const inStore: UseStore = (mode, run) => (store ??= createStore(database, 'workspaces'))(mode, run)
  let last: SavedWorkspace | undefined

  return {
    list: () =>
      inStore('readonly', async (idb) => {
        const heads = (await promisifyRequest(idb.getAll(keysOf('head:')))) as Head[]
        return heads.map(({ id, name, changed }): WorkspaceEntry => ({ id, name, changed }))
      }),
    async read(id) {
      last = await inStore('readonly', (idb) => readAll(idb, id))
      return last
    },
    async write(workspace) {
      const before = last?.id === workspace.id ? last : undefined
      last = undefined
      await inStore('readwrite', (idb) => {
        put(idb, workspace, before)
        const done = promisifyRequest(idb.transaction)
        // Said aloud: what a page asks for while it is being closed is kept only if nothing more can follow.
        idb.transaction.commit()
        return done
      })
      last = workspace
    },
    async remove(id) {
      if (last?.id === id) last = undefined
      await inStore('readwrite', (idb) => {
        for (const key of [keysOf(headKey(id), ''), keysOf(`text:${id}:`), keysOf(`opened:${id}:`)]) idb.delete(key)
        return promisifyRequest(idb.transaction)
      })
    },
  }
}

function keysOf(prefix: string, open = '\uffff'): IDBKeyRange {
  return IDBKeyRange.bound(prefix, prefix + open)
}

async function readAll(idb: IDBObjectStore, id: string): Promise<SavedWorkspace | undefined> {
  const head = (await promisifyRequest(idb.get(headKey(id)))) as Head | undefined
  if (!head) return undefined
  const files = await Promise.all(
    head.files.map(async ({ asOpened, ...file }): Promise<WorkspaceFile> => {
      const [text = '', apart] = (await Promise.all([
        promisifyRequest(idb.get(textKey(id, file.path))),
        asOpened === 'apart' ? promisifyRequest(idb.get(openedKey(id, file.path))) : undefined,
      ])) as [string | undefined, string | undefined]
      return { ...file, text, opened: asOpened === 'text' ? text : apart }
    }),
  )
  return { ...head, files }
}

function put(idb: IDBObjectStore, workspace: SavedWorkspace, before: SavedWorkspace | undefined): void {
  const { id } = workspace
  const old = new Map(before?.files.map((file) => [file.path, file]))
  if (!before) for (const kind of ['text', 'opened']) idb.delete(keysOf(`${kind}:${id}:`))
  for (const { path, text, opened } of workspace.files) {
    const known = old.get(path)
    if (known?.text !== text) idb.put(text, textKey(id, path))
    const isKept = known?.opened === opened && asOpened(known) === 'apart'
    if (asOpened({ text, opened }) === 'apart' && !isKept) idb.put(opened, openedKey(id, path))
    old.delete(path)
  }
  for (const path of old.keys()) {
    idb.delete(textKey(id, path))
    idb.delete(openedKey(id, path))
  }
  const head: Head = { ...workspace, files: workspace.files.map(headOf) }
  idb.put(head, headKey(id))
}

function headOf({ text, opened, ...file }: WorkspaceFile): Head['files'][number] {
  return { ...file, asOpened: asOpened({ text, opened }) }
}

// A file that nobody has edited is kept once.
function asOpened(file: Pick<WorkspaceFile, 'text' | 'opened'> | undefined): 'none' | 'text' | 'apart' {
  if (file?.opened === undefined) return 'none'
  return file.opened === file.text ? 'text' : 'apart'
}
