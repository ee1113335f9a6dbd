import { requireNode } from './node.mjs'

requireNode()
process.chdir(new URL('../..', import.meta.url).pathname.replace(/^\/([A-Z]:)/i, '$1'))
const { install } = await import('./install.mjs')
install()

const { build, preview } = await import('vite')
console.log('Building the app …')
await build({ logLevel: 'warn' })
const server = await preview({ preview: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4173) } })
const address = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4173/'
console.log(`\nDrawbridge is at ${address}\nPress Ctrl-C to stop.`)
