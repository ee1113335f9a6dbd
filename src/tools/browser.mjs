import { existsSync } from 'node:fs'
import { read, run } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const MANAGERS = [
  { command: 'apt-get', steps: [['update'], ['install', '-y', '--no-install-recommends', 'chromium']] },
  { command: 'dnf', steps: [['install', '-y', 'chromium']] },
  { command: 'pacman', steps: [['-Sy', '--noconfirm', 'chromium']] },
  { command: 'apk', steps: [['add', 'chromium']] },
  { command: 'brew', steps: [['install', '--cask', 'chromium']] },
]

/**
 * The path of a Chromium or Chrome for the end-to-end tests: an installed one, else Playwright's own download,
 * else one from the system's package manager. Says what it does; undefined where all three fail.
 */
export async function findBrowser() {
  const installed = findInstalled() ?? (await findPlaywrights())
  if (installed) return say(`Browser: ${installed}`, installed)
  console.log('No Chromium or Chrome is installed. Asking Playwright for its own …')
  if (run('npx', ['playwright', 'install', 'chromium']) === 0) {
    const downloaded = await findPlaywrights()
    if (downloaded) return say(`Browser: ${downloaded}`, downloaded)
  }
  console.log('That did not work. Asking the package manager of this system …')
  return installFromSystem()
}

function findInstalled() {
  const named = process.env.CHROMIUM_PATH
  if (named && existsSync(named)) return named
  const finder = process.platform === 'win32' ? 'where' : 'which'
  for (const name of NAMES) {
    const path = read(finder, [name])?.split(/\r?\n/)[0]
    if (path) return path
  }
  return PLACES.find((place) => existsSync(place))
}

async function findPlaywrights() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

function installFromSystem() {
  for (const { command, steps } of MANAGERS) {
    if (read(command, ['--version']) === undefined) continue
    const prefix = needsSudo(command) ? ['sudo', command] : [command]
    console.log(`Installing Chromium with ${prefix.join(' ')} …`)
    // An outdated package list is no reason to stop: only the last step counts.
    const statuses = steps.map((step) => run(prefix[0], [...prefix.slice(1), ...step]))
    const path = statuses.at(-1) === 0 ? findInstalled() : undefined
    if (path) return say(`Browser: ${path}`, path)
  }
  return undefined
}

function needsSudo(command) {
  return command !== 'brew' && process.getuid?.() !== 0 && read('sudo', ['--version']) !== undefined
}

function say(text, value) {
  console.log(text)
  return value
}
