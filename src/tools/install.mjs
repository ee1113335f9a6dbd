import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { must, run } from './run.mjs'

// npm writes nothing about which lock file it installed from, so a stamp of ours does.
const STAMP = 'node_modules/.drawbridge-installed'

/** Installs the locked packages, unless they are there already from this very lock file; `told` is where that is said. */
export function install(told = process.stdout) {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  told.write('Installing the packages (npm ci) …\n')
  must('npm ci', run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {}, told.fd))
  writeFileSync(STAMP, wanted)
}
