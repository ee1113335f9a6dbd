import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** A file of the build, by its path from the page. */
interface Built {
  readonly path: string
  readonly content: string | Uint8Array
}

/** Writes `sw.js` into the build: sw.js beside this file, with all files of the build and a version that is another whenever any of them is. */
export function offline(): Plugin {
  let folder = ''
  return {
    name: 'drawbridge:offline',
    apply: (config, { isSsrBuild }) => !isSsrBuild && config.mode !== 'single',
    configResolved(config) {
      folder = config.publicDir
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const made = Object.values(bundle).map((part): Built => {
          return { path: part.fileName, content: part.type === 'chunk' ? part.code : part.source }
        })
        const template = readFileSync(join(import.meta.dirname, 'sw.js'), 'utf8')
        const source = serviceWorker(template, [...made, ...publicFiles(folder)])
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}

/** The service worker's text for these files; throws where the template has lost the places to fill in. */
export function serviceWorker(template: string, files: readonly Built[]): string {
  const kept = files.filter(({ path }) => !path.endsWith('.map')).toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const hash = createHash('sha256')
  for (const { path, content } of kept) hash.update(`${path}\n`).update(content)
  const paths = kept.map(({ path }) => (path === 'index.html' ? './' : path))
  const filled = [
    ['FILES', JSON.stringify(paths)],
    ['VERSION', JSON.stringify(hash.digest('hex').slice(0, 16))],
  ] as const
  return filled.reduce((text, [name, value]) => {
    const place = new RegExp(`^const ${name} = .*$`, 'm')
    if (!place.test(text)) throw new Error(`sw.js has no ${name}`)
    return text.replace(place, () => `const ${name} = ${value}`)
  }, template)
}

function publicFiles(folder: string): readonly Built[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return { path: path.slice(folder.length + 1).replaceAll('\\', '/'), content: readFileSync(path) }
  })
}
