import type { Edge, Picture } from '#core/model/picture.ts'
import { createEngine, type Engine } from './client.ts'
import { connectInProcess } from './connectInProcess.ts'
import type { Crash, EngineChange, EngineFile, Progress } from './protocol.ts'
import { applyChanges } from './workspace.ts'

/** An engine in this thread with a workspace of its own, as `state` keeps it. */
export interface Bench {
  readonly engine: Engine
  readonly pictures: readonly Picture[]
  readonly crashes: readonly Crash[]
  readonly told: readonly (Progress | undefined)[]
  readonly cancelled: readonly number[]
  /** Changes the texts and gives the picture of them. */
  change(...changes: readonly EngineChange[]): Promise<Picture>
  /** Changes the texts and doesn't wait; gives the revision. */
  send(...changes: readonly EngineChange[]): number
  /** Types: replaces the one occurrence of a text in a file, and gives the picture. */
  type(path: string, before: string, after: string): Promise<Picture>
  /** The next picture, crash or cancel. */
  next(): Promise<Picture | undefined>
}

/** Opens it; the first texts are sent by `change` or `send`. */
export function openBench(connect = connectInProcess()): Bench {
  let files: readonly EngineFile[] = []
  let revision = 0
  let waiting: ((picture: Picture | undefined) => void)[] = []
  const bench = {
    pictures: [] as Picture[],
    crashes: [] as Crash[],
    told: [] as (Progress | undefined)[],
    cancelled: [] as number[],
  }
  const wake = (picture: Picture | undefined): void => {
    const woken = waiting
    waiting = []
    for (const resolve of woken) resolve(picture)
  }
  const engine = createEngine(connect, {
    files: () => files,
    onPicture: (picture) => {
      bench.pictures.push(picture)
      wake(picture)
    },
    onProgress: (progress) => bench.told.push(progress),
    onCrash: (crash) => {
      bench.crashes.push(crash)
      wake(undefined)
    },
    onCancelled: (at) => {
      bench.cancelled.push(at)
      wake(undefined)
    },
  })
  const next = (): Promise<Picture | undefined> => new Promise((resolve) => waiting.push(resolve))
  const send = (...changes: readonly EngineChange[]): number => {
    files = applyChanges(files, changes)
    engine.sync(++revision, changes)
    return revision
  }
  const change = async (...changes: readonly EngineChange[]): Promise<Picture> => {
    send(...changes)
    const picture = await next()
    if (!picture) throw new Error(`No picture: ${JSON.stringify(bench.crashes)}`)
    return picture
  }
  const type = (path: string, before: string, after: string): Promise<Picture> => {
    const text = files.find((file) => file.path === path)?.text ?? ''
    const from = text.indexOf(before)
    if (from < 0 || text.includes(before, from + 1)) throw new Error(`"${before}" is not in ${path} just once.`)
    return change({ type: 'edit', path, edits: [{ from, to: from + before.length, insert: after }] })
  }
  return { ...bench, engine, change, send, type, next }
}

/** A file that counts. */
export function file(path: string, text: string): EngineFile {
  return { path, text, counts: true }
}

/** The edge with this id; a test that names one wants it there. */
export function edgeOf(picture: Picture, id: string): Edge {
  const edge = picture.edges.find((one) => one.id === id)
  if (!edge) throw new Error(`No edge "${id}" among:\n${picture.edges.map((one) => one.id).join('\n')}`)
  return edge
}
