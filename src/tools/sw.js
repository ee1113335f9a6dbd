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
// In the cache of a version that pages have been opened with.
const USED = new URL('./used', SCOPE).href
const KNOWN = new Set(FILES.map((path) => new URL(path, SCOPE).href))

self.addEventListener('install', (event) => event.waitUntil(keepAll()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('message', (event) => {
  // Said only when the user wants the new version: until then the old one stays, whatever they are in the middle of.
  if (event.data === 'take over') event.waitUntil(self.skipWaiting())
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
  await cache.put(url, known ?? (await (url === START ? loadPage() : loadPart(url))))
}

// One that fails leaves the version that is there as it is; the next try goes on with the parts that have come.
async function load(url) {
  const response = await fetch(url, { cache: 'no-cache' })
  // Whoever is sent elsewhere is to log in; and a browser opens no page from here that was.
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`)
  return response
}

async function loadPart(url) {
  const response = await load(url)
  // Some servers hand out a page for whatever they don't have.
  if (response.headers.get('content-type')?.includes('text/html')) throw new Error(`${url}: a page`)
  return response
}

// While a server is being filled it may still hand out the page before: its parts will be gone.
async function loadPage() {
  const response = await load(START)
  const parts = (await response.clone().text()).match(/assets\/[\w.-]+/g) ?? []
  const isOurs = parts.length > 0 && parts.every((path) => KNOWN.has(new URL(path, SCOPE).href))
  if (!isOurs) throw new Error(`${START}: the page of another version`)
  return response
}

async function takeOver() {
  await tidy()
  await (await caches.open(NAME)).put(USED, new Response())
  await self.clients.claim()
}

// All but the newest of the old ones that pages were opened with: see `answer`.
async function tidy() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(MINE) && name !== NAME)
  const used = await Promise.all(old.map(async (name) => (await caches.open(name)).match(USED)))
  const kept = old.findLast((_, at) => used[at])
  await Promise.all(old.filter((name) => name !== kept).map((name) => caches.delete(name)))
}
