import type { IncomingFile } from '#state/app.ts'

/** Everything that a drop brings: files, and all files of folders, with paths relative to what was dropped. */
export async function collectDrop(transfer: DataTransfer): Promise<readonly IncomingFile[]> {
  // Entries must be taken before the first await: the browser empties the list then.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? undefined)
  const loose = [...transfer.files]
  const found = entries.flatMap((entry) => (entry ? [entry] : []))
  if (found.length === 0) return collectFiles(loose)
  const files = await Promise.all(found.map(filesOf))
  return files.flat()
}

/** The files of a file or folder dialog, with their paths in the folder where one was chosen; of a folder only manifests. */
export function collectFiles(files: readonly File[]): Promise<readonly IncomingFile[]> {
  const wanted = files.filter(({ name, webkitRelativePath }) => !webkitRelativePath || isWanted(name))
  return Promise.all(wanted.map((file) => read(file, file.webkitRelativePath || file.name)))
}

/** Is it worth reading? Manifests, and archives of them; hidden files and the like are not. */
function isWanted(name: string): boolean {
  return !name.startsWith('.') && /[.](ya?ml|json|zip|txt|list)$/i.test(name)
}

// What was dropped by itself is read whatever it is called; inside of folders only manifests are.
async function filesOf(entry: FileSystemEntry): Promise<readonly IncomingFile[]> {
  if (isFile(entry)) return [await readEntry(entry)]
  if (!isDirectory(entry) || entry.name.startsWith('.') || entry.name === 'node_modules') return []
  const children = await childrenOf(entry)
  const files = await Promise.all(children.filter((child) => !isFile(child) || isWanted(child.name)).map(filesOf))
  return files.flat()
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  // A reader gives at most a hundred entries at once, and none when it is done.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    children.push(...some)
  }
}

async function readEntry(entry: FileSystemFileEntry): Promise<IncomingFile> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return read(file, entry.fullPath.replace(/^\//, ''))
}

async function read(file: File, path: string): Promise<IncomingFile> {
  return { path, content: new Uint8Array(await file.arrayBuffer()) }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
