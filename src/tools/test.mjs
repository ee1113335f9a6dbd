import { requireNode } from './node.mjs'

requireNode()
process.chdir(new URL('../..', import.meta.url).pathname.replace(/^\/([A-Z]:)/i, '$1'))
const { existsSync, mkdirSync, readFileSync, rmSync } = await import('node:fs')
const { install } = await import('./install.mjs')
const { must, run } = await import('./run.mjs')
install()

const REPORTS = 'node_modules/.drawbridge-reports'
rmSync(REPORTS, { recursive: true, force: true })
mkdirSync(REPORTS, { recursive: true })

for (const step of ['types', 'lint', 'format:check', 'dead', 'build']) {
  console.log(`\n== ${step}`)
  must(step, run('npm', ['run', '--silent', step]))
}

console.log('\n== unit tests')
const unitStatus = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORTS}/unit.json`,
])

console.log('\n== end-to-end tests')
const { findBrowser } = await import('./browser.mjs')
const browser = await findBrowser()
if (!browser) {
  console.error('No browser could be found or installed. Set CHROMIUM_PATH to one and run the command again.')
  process.exit(1)
}
const e2eStatus = run('npx', ['playwright', 'test', '-c', 'e2e/playwright.config.ts'], {
  CHROMIUM_PATH: browser,
  PLAYWRIGHT_JSON_OUTPUT_NAME: `${process.cwd()}/${REPORTS}/e2e.json`,
})

const unit = readReport('unit.json')
const e2e = readReport('e2e.json')
const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats?.expected ?? 0) + (e2e?.stats?.flaky ?? 0)
const failed = (unit?.numFailedTests ?? 1) + (e2e?.stats?.unexpected ?? 1)
const skipped = (unit?.numPendingTests ?? 0) + (e2e?.stats?.skipped ?? 0)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = unitStatus || e2eStatus || (failed > 0 ? 1 : 0)

function readReport(name) {
  const path = `${REPORTS}/${name}`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
