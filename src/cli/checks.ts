import { isNetAssert, readNetAssert } from '#core/checks/fromNetAssert.ts'
import { isNull, itemsOf } from '#core/kinds/fields.ts'
import { load, type Loaded, type SourceFile, treeOf } from '#core/load/load.ts'
import type { Check } from '#core/model/check.ts'
import type { DocumentInfo } from '#core/model/picture.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { child } from '#core/yaml/tree.ts'
import { relative, resolve } from 'node:path'
import { type Arguments, valueGiven } from './arguments.ts'
import { reportCni } from './cni.ts'
import { readFiles, STDIN } from './files.ts'
import { Mistake } from './mistake.ts'
import { placeFinder } from './place.ts'
import { reportDiagnostics } from './report.ts'
import { settingsFile } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** A check and where it stands. */
interface PlacedCheck {
  readonly check: Check
  readonly file: string
  readonly line: number
}

/** What there is to check. */
export interface OpenedChecks {
  readonly loaded: Loaded
  readonly checks: readonly PlacedCheck[]
  /** Documents that have no effect. */
  readonly refused: number
  /** Checks that can't be read, each said on stderr: they never pass. */
  readonly unread: number
  /** What `--checks` names without a check in it. */
  readonly empty: readonly string[]
}

/** Reads the paths, and the checks: those of the paths, or of the files that `--checks` names instead. */
export async function openChecks(args: Arguments, terminal: Terminal): Promise<OpenedChecks> {
  const namespace = valueGiven(args, 'namespace')
  const paths = args.values.get('checks') ?? []
  if (args.paths.includes('-') && paths.includes('-'))
    throw new Mistake('Only one thing can be piped in: manifests or checks.')
  const manifests = await readFiles(args.paths, terminal, namespace)
  const named = await readFiles(paths, terminal, namespace)
  const netAssert = named.filter(({ text }) => isNetAssert(text))
  const own = named.filter((file) => !netAssert.includes(file))
  const others = new Set(named.map(({ path }) => resolve(path)))
  const settings = settingsFile(args)
  const files = [...manifests.filter(({ path }) => !others.has(resolve(path))), ...own, ...(settings ? [settings] : [])]
  const loaded = load(files)
  const refused = reportDiagnostics(loaded, terminal)
  reportCni([loaded.settings], terminal)
  const inScope = paths.length === 0 ? undefined : new Set(own.map(({ path }) => path))
  const written = ownChecks(loaded, inScope, terminal)
  const foreign = netAssert.map((file) => netAssertChecks(file, terminal))
  const all = [written, ...foreign]
  const [checks, unread] = [all.flatMap((one) => one.checks), all.flatMap((one) => one.unread)]
  const filled = [...checks.map(({ file }) => file), ...unread]
  const empty = paths.filter((path) => !filled.some((file) => isIn(file, path)))
  if (paths.length === 0) reportNetAssert(manifests, terminal)
  return { loaded, refused, checks, unread: unread.length, empty }
}

// A file, a folder around it, or what is piped in.
function isIn(file: string, path: string): boolean {
  return path === '-' ? file === STDIN : file !== STDIN && !/^[.][.](?:[/\\]|$)/.test(relative(path, file))
}

// They are no manifests, and lie among them all the same: silence would look like success.
function reportNetAssert(files: readonly SourceFile[], { err, paint }: Terminal): void {
  for (const { path, text } of files)
    if (text.includes('k8sResource') && isNetAssert(text))
      err(`${paint.err('faint', 'note')}: ${path} holds tests for NetAssert: they are asked where --checks names it.\n`)
}

/** Checks, and the file of each that can't be read. */
interface Found {
  readonly checks: readonly PlacedCheck[]
  readonly unread: readonly string[]
}

function ownChecks(loaded: Loaded, inScope: ReadonlySet<string> | undefined, terminal: Terminal): Found {
  const documents = loaded.documents.filter(({ file }) => inScope === undefined || inScope.has(file))
  const ids = new Set(documents.map(({ id }) => id))
  const placeOf = placeFinder(loaded)
  const checks = loaded.checks
    .filter(({ ref }) => ids.has(ref.document))
    .map((check) => ({ check, file: placeOf(check.ref).file, line: placeOf(check.ref).line }))
  const unread = documents.flatMap((info) =>
    times(unreadIn(loaded, info, { isNamed: inScope !== undefined, terminal }), info.file),
  )
  return { checks, unread }
}

function times(count: number, file: string): readonly string[] {
  return Array.from({ length: count }, () => file)
}

// A check that is lost must not look like one that holds.
function unreadIn(
  loaded: Loaded,
  info: DocumentInfo,
  { isNamed, terminal }: { isNamed: boolean; terminal: Terminal },
): number {
  const { id, outcome, kind, file, line, name } = info
  if (outcome === 'broken') return isNamed || IS_CHECKS.test(loaded.trees.get(id)?.text ?? '') ? 1 : 0
  if (kind !== 'ConnectivityChecks') return 0
  const list = child(treeOf(loaded, id), 'checks')
  const written = isNull(list) || list?.type === 'sequence' ? itemsOf(list).length : 1
  if (outcome === 'overridden' && written > 0)
    terminal.err(
      `${file}:${line}:1: error: another ConnectivityChecks ${name} comes later and counts instead: rename one.\n`,
    )
  return written - loaded.checks.filter(({ ref }) => ref.document === id).length
}

const IS_CHECKS = /\bkind["']?\s*:\s*["']?ConnectivityChecks\b/

function netAssertChecks({ path, text }: SourceFile, terminal: Terminal): Found {
  const { checks, problems } = readNetAssert(text, path)
  for (const problem of problems) terminal.err(problemLine(path, text, problem))
  const faulty = new Set(problems.map(({ ref }) => ref.path[0] ?? 'all'))
  return {
    checks: checks.map((check) => ({ check, file: path, line: lineAt(text, check.ref.range.from) })),
    unread: times(faulty.size, path),
  }
}

function problemLine(path: string, text: string, { message, severity, ref }: Diagnostic): string {
  const before = text.slice(0, ref.range.from)
  const column = before.length - before.lastIndexOf('\n')
  return `${path}:${lineAt(text, ref.range.from)}:${column}: ${severity}: ${message}\n`
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
