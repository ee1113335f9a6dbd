import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The build as `npm run build` leaves it. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** A web server of a test's own: the build under a sub-path, with files that the test puts in its place, until it is switched off. */
export interface Site {
  /** Ends in `/`. */
  readonly address: string
  /** By path from `address`: texts that are served instead of the file. */
  readonly instead: Map<string, string>
  /** By path from `address`: files that come to a stop half-way. */
  readonly torn: Set<string>
  readonly close: () => Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
}

/** Serves the build at a free port under `prefix` (`/a/b/`). */
export async function serve(prefix: string): Promise<Site> {
  const instead = new Map<string, string>()
  const torn = new Set<string>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname.slice(prefix.length) || 'index.html'
    const file = join(DIST, path)
    const text = instead.get(path)
    if (!pathname.startsWith(prefix) || (text === undefined && !existsSync(file))) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain', 'cache-control': 'no-cache' })
    if (torn.has(path)) response.write('half', () => response.destroy())
    else if (text === undefined) createReadStream(file).pipe(response)
    else response.end(text)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}${prefix}`,
    instead,
    torn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
