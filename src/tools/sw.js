// The service worker: keeps the app's own files, so that it opens without a network. The build (offline.ts) puts the
// list of files and the version in. Nothing of another origin, and nothing that isn't in the list, is ever kept.
const FILES = ['./']
const VERSION = 'development'

const SCOPE = self.registration.scope
// Caches belong to the whole origin: other apps, and other copies of this one, live there too.
const MINE = `drawbridge ${SCOPE} `
const NAME = MINE + VERSION
const START = new URL('./', SCOPE).href
const ASSETS = new URL('./assets/', SCOPE).href
const KNOWN = new Set(FILES.map((path) => new URL(path, SCOPE).href))

self.addEventListener('install', (event) => event.waitUntil(keepAll()))
self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())))
self.addEventListener('message', (event) => {
  // Said only when the user wants the new version: until then the old one stays, whatever they are in the middle of.
  if (event.data === 'take over') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const key = keyOf(event.request)
  if (key !== undefined) event.respondWith(answer(key, event.request))
})

function keyOf({ method, mode, url }) {
  if (method !== 'GET' || !url.startsWith(SCOPE)) return undefined
  const { origin, pathname } = new URL(url)
  const key = origin + pathname
  if (mode === 'navigate') return key === START || key === `${START}index.html` ? START : undefined
  return KNOWN.has(key) || key.startsWith(ASSETS) ? key : undefined
}

async function answer(key, request) {
  const cache = await caches.open(NAME)
  // A page that was opened with the version before still asks for parts of that one.
  return (await cache.match(key)) ?? (await caches.match(key)) ?? fetch(request)
}

async function keepAll() {
  const cache = await caches.open(NAME)
  await Promise.all([...KNOWN].map((url) => keep(cache, url)))
}

async function keep(cache, url) {
  // There is a hash in its name: what has this name is this file.
  const known = url.startsWith(ASSETS) ? await caches.match(url) : undefined
  const response = known ?? (await fetch(url, { cache: 'no-cache' }))
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  await cache.put(url, response)
}

// All but the newest of the old ones: see `answer`.
async function tidy() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(MINE) && name !== NAME).slice(0, -1)
  await Promise.all(old.map((name) => caches.delete(name)))
}
