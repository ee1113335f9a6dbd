import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** The repository's folder: tests run in it. */
export const CHECKOUT = process.cwd()

/** What a run of the command left. */
export interface Ran {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** A new folder with these files in it, for the test that runs now; paths may lead into folders. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

let built: string | undefined

/** The built command, made from these very sources by the project's own configuration, once for all tests of a thread. */
export function builtCommand(): string {
  if (built) return built
  // A folder of its own: builds at the same time would empty each other's.
  const folder = mkdtempSync(join(CHECKOUT, 'node_modules', '.drawbridge-cli-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const vite = join('node_modules', 'vite', 'bin', 'vite.js')
  execFileSync(process.execPath, [vite, 'build', '--ssr', 'src/cli/main.ts', '--outDir', folder, '--logLevel', 'error'])
  built = join(folder, 'drawbridge.mjs')
  return built
}

/** Runs the built command as a process of its own. */
export async function drawbridge(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return runProcess(process.execPath, [builtCommand(), ...args], { input, env })
}

/** Runs a program to its end. */
export async function runProcess(
  program: string,
  args: readonly string[],
  { input = '', env = {}, cwd = CHECKOUT }: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ran> {
  const child = spawn(program, [...args], { cwd, env: { ...process.env, ...env } })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  child.stdin.on('error', () => {}).end(input)
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  return { status, ...texts }
}

/** Does the work for each, two at a time: as many as the smallest machines have cores. */
export async function inPairs<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const queue = things.values()
  const worker = async (): Promise<void> => {
    for (const thing of queue) await work(thing)
  }
  await Promise.all([worker(), worker()])
}
