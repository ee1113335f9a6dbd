import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { must, run } from './run.mjs'

// npm writes nothing about which lock file it installed from, so a stamp of ours does.
const STAMP = 'node_modules/.drawbridge-installed'

/** Installs the locked packages, unless they are there already from this very lock file. */
export function install() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  console.log('Installing the packages (npm ci) …')
  must('npm ci', run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']))
  writeFileSync(STAMP, wanted)
}
