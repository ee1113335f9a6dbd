import { load, type Loaded } from '#core/load/load.ts'
import { type Arguments, valueGiven } from './arguments.ts'
import { reportCni } from './cni.ts'
import { readFiles } from './files.ts'
import { Mistake } from './mistake.ts'
import { reportDiagnostics } from './report.ts'
import { settingsFile } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** What the paths hold, and how many of its documents have no effect because they can't be read or would be rejected. */
export interface Opened {
  readonly loaded: Loaded
  readonly refused: number
}

/** Reads and loads the paths with the settings that the flags say; what is wrong with documents goes to stderr. */
export async function open(paths: readonly string[], args: Arguments, terminal: Terminal): Promise<Opened> {
  const settings = settingsFile(args)
  const files = await readFiles(paths, terminal, valueGiven(args, 'namespace'))
  const loaded = load(settings ? [...files, settings] : files)
  return { loaded, refused: reportDiagnostics(loaded, terminal) }
}

/** The same for commands that need something to speak of. */
export async function openPaths(command: string, args: Arguments, terminal: Terminal): Promise<Opened> {
  const { paths } = args
  if (paths.length === 0)
    throw new Mistake(
      `${command} needs a PATH: a file, a folder, or - for what is piped in. See drawbridge ${command} --help.`,
    )
  const opened = await open(paths, args, terminal)
  if (opened.loaded.files.every(({ path }) => path === '<flags>'))
    throw new Mistake(`${paths.join(', ')}: there is no .yaml, .yml or .json file.`)
  reportCni([opened.loaded.settings], terminal)
  return opened
}
