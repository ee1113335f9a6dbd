import type { SourceFile } from '#core/load/load.ts'
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Mistake } from './mistake.ts'
import type { Terminal } from './terminal.ts'

/** What `-` is called in messages. */
export const STDIN = '<stdin>'
const MANIFEST = /\.(ya?ml|json)$/i
const SKIPPED = new Set(['node_modules', '.git'])

/** A file to read, and how much of its path the user named. */
interface Found {
  readonly path: string
  readonly named: number
}

/**
 * Reads files, folders (their .yaml, .yml and .json files, at any depth, in the order of their names) and `-`. A file that
 * is named twice counts once. What can't be read is a mistake: an answer without it would be wrong.
 */
export async function readFiles(
  paths: readonly string[],
  terminal: Terminal,
  namespace: string | undefined,
): Promise<readonly SourceFile[]> {
  const files = new Map<string, SourceFile>()
  for (const path of paths) {
    const found = path === '-' ? [{ path: STDIN, named: STDIN.length }] : find(path)
    for (const one of found) {
      const key = one.path === STDIN ? STDIN : resolve(one.path)
      if (files.has(key)) continue
      const bytes = one.path === STDIN ? await readInput(terminal) : readBytes(one.path)
      files.set(key, { ...one, text: decode(one.path, bytes), counts: true, namespace })
    }
  }
  return [...files.values()]
}

function find(path: string): readonly Found[] {
  if (!attempt(path, () => statSync(path)).isDirectory()) return [{ path, named: path.length }]
  const folder = path.replace(/(?!^)[/]+$/, '')
  return walk(folder, new Set()).map((file) => ({ path: file, named: folder.length + 1 }))
}

// A folder that links lead to twice, or back to itself, is walked once.
function walk(folder: string, seen: Set<string>): readonly string[] {
  const real = attempt(folder, () => realpathSync(folder))
  if (seen.has(real)) return []
  seen.add(real)
  const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true }))
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder.endsWith('/') ? `${folder}${entry.name}` : `${folder}/${entry.name}`
      const kind = kindOf(entry, path)
      if (kind === 'folder') return SKIPPED.has(entry.name) ? [] : walk(path, seen)
      return kind === 'file' && MANIFEST.test(entry.name) ? [path] : []
    })
}

// Links that lead nowhere are nobody's manifests: editors leave them as locks.
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | undefined {
  const stats = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry
  if (stats?.isDirectory()) return 'folder'
  return stats?.isFile() ? 'file' : undefined
}

function readBytes(path: string): Uint8Array {
  return attempt(path, () => readFileSync(path))
}

async function readInput({ input }: Terminal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of input) chunks.push(chunk)
  return Buffer.concat(chunks)
}

// UTF-8, or UTF-16 with its mark, which PowerShell writes.
function decode(path: string, bytes: Uint8Array): string {
  const charset =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    throw new Mistake(`${path}: this is not ${charset.toUpperCase()} text, or too long.`)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'you may not read it.',
  EPERM: 'you may not read it.',
  ENOTDIR: 'a part of this path is not a folder.',
  ELOOP: 'its links lead in a circle.',
  ERR_FS_FILE_TOO_LARGE: 'the file is too big (2 GB are the limit).',
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Mistake(`${path}: ${REASONS[code] ?? message}`)
  }
}
