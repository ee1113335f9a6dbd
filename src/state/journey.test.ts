import { describe, expect, test } from 'vitest'
import { createEngine } from '#engine/client.ts'
import { connectInProcess } from '#engine/connectInProcess.ts'
import type { Picture } from '#core/model/picture.ts'
import type { Highlight } from './view.ts'
import { ids, texts } from './app.testkit.ts'
import { createApp, type RunningApp } from './createApp.ts'
import { memoryStorage } from './storage.ts'

async function start(): Promise<RunningApp> {
  const app = createApp({
    engine: (options) => createEngine(connectInProcess(), options),
    storage: memoryStorage(),
    newId: ids(),
  })
  await app.ready
  await drawn(app)
  return app
}

// The picture of the newest texts.
async function drawn(app: RunningApp): Promise<Picture> {
  for (;;) {
    const { picture, crash } = app.analysis.getState()
    if (crash !== undefined) throw new Error(crash)
    if (picture?.revision === app.documents.getState().revision) return picture
    await new Promise<void>((resolve) => {
      const stop = app.analysis.subscribe(() => (stop(), resolve()))
    })
  }
}

// The places that decide what is selected.
async function marked(app: RunningApp): Promise<void> {
  while (app.view.getState().highlights.length === 0)
    await new Promise<void>((resolve) => {
      const stop = app.view.subscribe(() => (stop(), resolve()))
    })
}

const statusOf = (picture: Picture, name: string): string | undefined =>
  picture.edges.find((edge) => edge.checks.some((check) => check.name === name))?.status

describe('the living sample on the real engine', () => {
  test('shows its two mistakes; mending one in the text turns its line, undo turns it back', async () => {
    const app = await start()
    const picture = await drawn(app)
    const broken = picture.edges.filter(({ checks }) => checks.some(({ outcome }) => outcome === 'broken'))
    expect(broken.map(({ name }) => name).toSorted()).toEqual([
      'shop/api → kube-system/kube-dns TCP 53; UDP 53: denied',
      'shop/orders → data/db TCP 5432: denied',
    ])
    const path = 'policies/data.yaml'
    const from = texts(app)[path]?.indexOf('name: shop') ?? -1
    app.actions.edit(path, [{ from, to: from, insert: 'kubernetes.io/metadata.' }], 'typing')
    expect(statusOf(await drawn(app), 'orders are stored')).toBe('allowed')
    app.actions.undo()
    expect(statusOf(await drawn(app), 'orders are stored')).toBe('denied')
    app.dispose()
  })

  test('shows where the text decides a selected edge', async () => {
    const app = await start()
    const edge = (await drawn(app)).edges.find(({ checks }) => checks.some(({ name }) => name === 'web asks the api'))
    app.actions.select({ type: 'edge', id: edge?.id ?? '' })
    const { highlights } = app.view.getState()
    const marked = highlights.map(({ file, range }) => texts(app)[file]?.slice(range.from, range.to))
    expect(marked.join('\n')).toContain('matchLabels: { app: web }')
    expect(app.view.getState().activeFile).toBe('policies/shop.yaml')
    app.dispose()
  })

  test('shows the term that keeps a selected edge closed, not the rule of the other half that is open', async () => {
    const app = await start()
    const edge = (await drawn(app)).edges.find(({ checks }) => checks.some(({ name }) => name === 'orders are stored'))
    app.actions.select({ type: 'edge', id: edge?.id ?? '' })
    await marked(app)
    const { highlights, reveal } = app.view.getState()
    const textOf = ({ file, range }: Highlight): string => texts(app)[file]?.slice(range.from, range.to) ?? ''
    expect(reveal && textOf(reveal)).toContain('shop')
    expect(reveal?.file).toBe('policies/data.yaml')
    const [first] = highlights
    expect(first && textOf(first)).toBe(reveal && textOf(reveal))
    expect(highlights.every(({ effect }) => effect === 'closes')).toBe(true)
    expect(highlights.every((one) => !textOf(one).includes('kind: NetworkPolicy'))).toBe(true)
    app.dispose()
  })
})
