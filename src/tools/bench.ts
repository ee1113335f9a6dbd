import { createSession, type Session } from '#engine/handle.ts'
import type { EngineChange, EngineFile, Response } from '#engine/protocol.ts'
import { seeded, seededCluster, seededDump } from './seededCluster.ts'

// Figures of the engine as the worker runs it, without the worker: texts in, the picture's difference out, cloned as the border clones it.

const KEYSTROKES = 60
const DUMP_BYTES = 10 * 1024 * 1024

interface Row {
  readonly what: string
  readonly ms: number
  readonly note: string
}

/** Runs a request to its end; gives the last response and the longest time between two looks at the mailbox. */
function run(
  session: Session,
  revision: number,
  changes: readonly EngineChange[],
): { last: Response; ms: number; longest: number } {
  const begin = performance.now()
  const steps = session.handle(structuredClone({ type: 'sync', revision, changes }))
  let last: Response | undefined
  let longest = 0
  for (;;) {
    const before = performance.now()
    const step = steps.next()
    if (step.value) last = structuredClone(step.value)
    longest = Math.max(longest, performance.now() - before)
    if (step.done) break
  }
  if (last?.type !== 'picture') throw new Error(`No picture: ${JSON.stringify(last)}`)
  return { last, ms: performance.now() - begin, longest }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Changes one port of a policy, to and fro, in a file that the seed picks. */
function keystroke(files: readonly EngineFile[], random: () => number, i: number): EngineChange {
  const file = files[Math.floor(random() * files.length)]
  if (!file) throw new Error('The bench has no file to edit.')
  const places = [...file.text.matchAll(/ {10}port: (8)/g)].map(
    (match) => match.index + ' '.repeat(10).length + 'port: '.length,
  )
  const from = places[Math.floor(random() * places.length)] ?? 0
  return { type: 'edit', path: file.path, edits: [{ from, to: from + 1, insert: `${1 + (i % 8)}` }] }
}

function measureCluster(workloads: number): Row[] {
  const files = seededCluster(workloads)
  const session = createSession()
  const cold = run(session, 1, [{ type: 'workspace', files }])
  const random = seeded(7)
  const times = Array.from({ length: KEYSTROKES }, (_, i) => run(session, i + 2, [keystroke(files, random, i)]))
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const size = JSON.stringify(times.at(-1)?.last).length
  const what = `${workloads} workloads`
  return [
    { what: `${what}: cold load, evaluate, draw`, ms: cold.ms, note: `longest step ${cold.longest.toFixed(0)} ms` },
    {
      what: `${what}: keystroke to picture, p50`,
      ms: percentile(sorted, 0.5),
      note: `${(cold.ms / percentile(sorted, 0.5)).toFixed(1)}× faster than cold`,
    },
    {
      what: `${what}: keystroke to picture, p95`,
      ms: percentile(sorted, 0.95),
      note: `${size} bytes sent by the last`,
    },
  ]
}

function measureDump(): Row[] {
  const dump = seededDump(DUMP_BYTES)
  const session = createSession()
  const cold = run(session, 1, [{ type: 'workspace', files: [dump] }])
  const from = dump.text.indexOf('port: 8080') + 'port: '.length
  const edit = run(session, 2, [{ type: 'edit', path: dump.path, edits: [{ from, to: from + 1, insert: '9' }] }])
  return [
    { what: '10 MB dump: cold', ms: cold.ms, note: `longest step ${cold.longest.toFixed(0)} ms` },
    { what: '10 MB dump: keystroke', ms: edit.ms, note: `longest step ${edit.longest.toFixed(0)} ms` },
  ]
}

run(createSession(), 1, [{ type: 'workspace', files: seededCluster(20) }])
for (const row of [...[50, 200, 1000].flatMap(measureCluster), ...measureDump()])
  console.log(`${row.what.padEnd(48)} ${row.ms.toFixed(1).padStart(9)} ms   ${row.note}`)
