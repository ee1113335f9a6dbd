import { requireNode } from './node.mjs'

// The command from a checkout, built first where its sources are newer. Only the command itself may write to stdout.
requireNode()
const { readdirSync, statSync } = await import('node:fs')
const path = await import('node:path')
const { fileURLToPath, pathToFileURL } = await import('node:url')
const here = fileURLToPath(new URL('../..', import.meta.url))
const BUILT = path.join(here, 'dist-cli', 'drawbridge.mjs')
const SOURCES = ['src/cli', 'src/core', 'src/engine', 'vite.config.ts', 'package.json', 'package-lock.json']

if (SOURCES.some((source) => newest(path.join(here, source)) > newest(BUILT))) await build()
// npm changes to the checkout: the paths that were typed count from where they were typed.
process.chdir(process.env.INIT_CWD ?? '.')
process.argv[1] = BUILT
await import(pathToFileURL(BUILT).href)

async function build() {
  process.chdir(here)
  const { install } = await import('./install.mjs')
  install(process.stderr)
  const { build } = await import('vite')
  await build({ logLevel: 'error', build: { ssr: 'src/cli/main.ts' } })
}

/** When a file, or any file of a folder, was last written; 0 where there is none. */
function newest(place) {
  const stats = statSync(place, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(...readdirSync(place).map((name) => newest(path.join(place, name))))
}
