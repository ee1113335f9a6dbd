import { load } from '#core/load/load.ts'
import { createSession, type Session } from '#engine/handle.ts'
import type { EngineChange, EngineFile, Response } from '#engine/protocol.ts'
import { bigDump } from './bigDump.ts'
import { measureSize, type SizeRow } from './benchSizes.ts'
import { seeded, seededCluster } from './seededCluster.ts'

// Figures of the engine as the worker runs it, without the worker: texts in, the picture's difference out, cloned as the border clones it.

const KEYSTROKES = 60
const DUMP_MEGABYTES = 20
const SIZES = [
  { pods: 100, policies: 20, repeats: 15, compare: true },
  { pods: 1000, policies: 200, repeats: 15, compare: true },
  { pods: 10_000, policies: 1000, repeats: 9, compare: true },
  { pods: 100_000, policies: 10_000, repeats: 3, compare: false },
] as const

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

/** Asks for the effects of the last edit, after its picture; gives the time. */
function askChanges(session: Session): number {
  const begin = performance.now()
  const steps = session.handle({ type: 'ask', id: 1, name: 'changes', question: { since: { type: 'edit' } } })
  for (let step = steps.next(); !step.done; step = steps.next())
    if (step.value?.type === 'crashed') throw new Error(step.value.message)
  return performance.now() - begin
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
  const effects: number[] = []
  const times = Array.from({ length: KEYSTROKES }, (_, i) => {
    const shown = run(session, i + 2, [keystroke(files, random, i)])
    effects.push(askChanges(session))
    return shown
  })
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
    {
      what: `${what}: what a keystroke opens and closes, p50`,
      ms: percentile(
        effects.toSorted((a, b) => a - b),
        0.5,
      ),
      note: `at most ${Math.max(...effects).toFixed(0)} ms: the first makes the rows of all classes`,
    },
  ]
}

function measureDump(): Row[] {
  const dump = bigDump(DUMP_MEGABYTES * 2 ** 20)
  const session = createSession()
  const cold = run(session, 1, [{ type: 'workspace', files: [dump] }])
  const from = dump.text.lastIndexOf('port: ') + 'port: '.length
  const edit = run(session, 2, [{ type: 'edit', path: dump.path, edits: [{ from, to: from + 1, insert: '9' }] }])
  const what = `${(dump.text.length / 2 ** 20).toFixed(0)} MB dump`
  return [
    { what: `${what}: parse, lower, evaluate, draw`, ms: cold.ms, note: `longest step ${cold.longest.toFixed(0)} ms` },
    { what: `${what}: one document edited`, ms: edit.ms, note: `longest step ${edit.longest.toFixed(0)} ms` },
  ]
}

function measureLoading(): Row[] {
  const dump = bigDump(DUMP_MEGABYTES * 2 ** 20)
  const first = performance.now()
  const loaded = load([dump])
  const second = performance.now()
  const from = dump.text.lastIndexOf('port: ') + 'port: '.length
  const text = `${dump.text.slice(0, from)}9${dump.text.slice(from + 1)}`
  load([{ ...dump, text }], loaded)
  const documents = `${loaded.counts.documents} documents`
  return [
    { what: `${DUMP_MEGABYTES} MB dump: parse and lower`, ms: second - first, note: documents },
    { what: `${DUMP_MEGABYTES} MB dump: the edited document again`, ms: performance.now() - second, note: documents },
  ]
}

const HEADINGS =
  'pods|policies|classes|first|cold|all pairs|policy edit|p95|pod edit|p95|explain|memory|÷ reference'.split('|')

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}

function cellsOf(row: SizeRow): readonly string[] {
  const { policy, pod } = row
  return [
    `${row.pods}`,
    `${row.policies}`,
    `${row.classes}`,
    ...[row.first, row.cold, row.pairs, policy.median, policy.p95, pod.median, pod.p95, row.explain].map(ms),
    `${row.memory.toFixed(0)} MB`,
    row.ratio === undefined ? '–' : `${row.ratio.toFixed(0)}×`,
  ]
}

console.log(HEADINGS.map((heading) => heading.padStart(12)).join(''))
for (const size of SIZES)
  console.log(
    cellsOf(measureSize(size))
      .map((cell) => cell.padStart(12))
      .join(''),
  )
run(createSession(), 1, [{ type: 'workspace', files: seededCluster(20) }])
for (const row of [...measureLoading(), ...[50, 200, 1000].flatMap(measureCluster), ...measureDump()])
  console.log(`${row.what.padEnd(48)} ${row.ms.toFixed(1).padStart(9)} ms   ${row.note}`)
