import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evaluation, verdictOf, namedBlocks } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import { type End, endId } from '#core/model/end.ts'
import type { ConnectionChange, Intent, Plan } from '#core/model/intent.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { equalPorts } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { TextEdit } from '#core/model/text.ts'
import { plan } from './plan.ts'

const OUTSIDE: readonly End[] = [
  { internet: true },
  { cidr: '10.0.0.0/16' },
  { cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] },
  { host: '198.51.100.7' },
]
const PORTS = [[], ['TCP/80'], ['UDP/53'], ['TCP/8080', 'TCP/8090-8100'], ['TCP/http'], ['SCTP']]

interface World {
  readonly files: readonly SourceFile[]
  readonly evaluation: Evaluation
}

function worldOf(files: readonly SourceFile[]): World {
  const loaded = load(files)
  return { files, evaluation: evaluate(loaded.cluster, loaded.policies, loaded.settings) }
}

function planFor(files: readonly SourceFile[], intent: Intent): Plan {
  const loaded = load(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  return plan(intent, { files, loaded, evaluation, revision: 1 })
}

function apply(files: readonly SourceFile[], { changes }: Plan): readonly SourceFile[] {
  let now = files
  for (const change of changes) {
    const others = now.filter(({ path }) => path !== change.path)
    if (change.type === 'create') now = others.concat({ path: change.path, text: change.text, counts: true })
    else if (change.type !== 'edit') now = others
    else now = now.map((file) => (file.path === change.path ? edited(file, change.edits) : file))
  }
  return now
}

function edited(file: SourceFile, edits: readonly TextEdit[]): SourceFile {
  return { ...file, text: applyEdits(file.text, edits) }
}

/** The pods of the cluster (as bare pods; assumed ones come and go with the text that names them), its namespaces, and ends outside. */
function endsOf({ evaluation }: World): readonly End[] {
  const loaded = evaluation.cluster.workloads.filter(({ assumed }) => !assumed)
  const pods = loaded.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` }))
  const namespaces = [...new Set(loaded.map(({ namespace }) => namespace))]
  return [...pods, ...namespaces.map((namespace) => ({ namespace })), ...OUTSIDE]
}

function covers(whole: End, end: End): boolean {
  if (endId(whole) === endId(end)) return true
  return 'namespace' in whole && !('workload' in whole) && 'namespace' in end && end.namespace === whole.namespace
}

function isListed(changes: readonly ConnectionChange[], from: End, to: End): boolean {
  return changes.some((change) => covers(change.from, from) && covers(change.to, to))
}

/** All connections between single workloads, and with the internet, that differ: worked out from the texts alone. */
function differing(before: World, after: World): readonly (readonly [End, End])[] {
  const single = endsOf(before).filter((end) => 'workload' in end || 'internet' in end)
  const shown = [...namedBlocks(before.evaluation), ...namedBlocks(after.evaluation)]
  return single.flatMap((from) =>
    single.flatMap((to): [End, End][] => {
      const own = endId(from) === endId(to)
      if (own || ('internet' in from && 'internet' in to)) return []
      const old = verdictOf(before.evaluation, from, to, shown)
      const now = verdictOf(after.evaluation, from, to, shown)
      if (!old || !now) return []
      const isSame = equalPorts(old.allowed, now.allowed) && equalPorts(old.undetermined, now.undetermined)
      return isSame ? [] : [[from, to]]
    }),
  )
}

/** Is it what the intent names? Of addresses, `wanted` speaks. */
function isInside(end: End, asked: End): boolean {
  return 'namespace' in end ? covers(asked, end) : !('namespace' in asked)
}

/** The lines of `text` that must still be there, in order. */
function keepsLines(text: string, result: string): boolean {
  const lines = result.split('\n')
  let at = 0
  return text.split('\n').every((line) => {
    at = lines.indexOf(line, at) + 1
    return at > 0
  })
}

const scene = clusters.map((cluster) => [{ path: 'cluster.json', text: manifestsOf(cluster), counts: true }])
const choices = fc.record({ from: fc.nat(), to: fc.nat(), ports: fc.constantFrom(...PORTS) })

function intentFor(
  world: World,
  { from, to, ports }: { from: number; to: number; ports: readonly string[] },
): Intent & { type: 'allow' } {
  const ends = endsOf(world)
  return {
    type: 'allow',
    from: ends[from % ends.length] ?? { internet: true },
    to: ends[to % ends.length] ?? { internet: true },
    ports,
  }
}

test('a drawn edge is open afterwards, or refused with a reason; whatever else changes is listed', () => {
  let drawn = 0
  fc.assert(
    fc.property(scene, choices, (files, choice) => {
      const before = worldOf(files)
      const intent = intentFor(before, choice)
      const made = planFor(files, intent)
      expect(made.refusal === undefined ? [] : made.changes).toEqual([])
      if (made.refusal !== undefined) return
      drawn++
      const after = worldOf(apply(files, made))
      const pods =
        'namespace' in intent.to
          ? after.evaluation.cluster.workloads.filter((one) =>
              covers(intent.to, { namespace: one.namespace, workload: `${one.kind}/${one.name}` }),
            )
          : []
      const asked = askedPorts(
        intent.ports,
        pods.flatMap((one) => one.pods),
      ).ports
      const verdict = verdictOf(after.evaluation, intent.from, intent.to)
      expect(verdict && statusOf(verdict, asked)).toBe('allowed')
      const listed = [...made.opens, ...made.closes, ...made.other]
      const missing = differing(before, after).filter(([from, to]) => !isListed(listed, from, to))
      expect(missing).toEqual([])
      const beyond = listed.filter(
        (one) => !one.wanted || !isInside(one.from, intent.from) || !isInside(one.to, intent.to),
      )
      expect(made.needsPreview || beyond.length === 0).toBe(true)
      expect(load(after.files).problems.filter(({ file }) => file !== 'cluster.json')).toEqual([])
      expect(after.files[0]).toEqual(files[0])
    }),
    { numRuns: 400 },
  )
  expect(drawn).toBeGreaterThan(100)
})

test('edges drawn one after the other all stay open, in text that only grows; forgotten again, they leave nothing behind', () => {
  fc.assert(
    fc.property(scene, fc.array(choices, { minLength: 1, maxLength: 4 }), fc.nat(), (files, drawings, seed) => {
      let now: readonly SourceFile[] = files
      for (const choice of drawings) {
        const made = planFor(now, intentFor(worldOf(now), choice))
        const next = apply(now, made)
        for (const { path, text } of now)
          expect(keepsLines(text, next.find((file) => file.path === path)?.text ?? '')).toBe(true)
        now = next
      }
      for (let left = load(now).checks; left.length > 0; left = load(now).checks) {
        const check = left[seed % left.length]
        if (!check) return
        const made = planFor(now, { type: 'forget', check: check.ref })
        expect(made.refusal).toBeUndefined()
        const before = worldOf(now)
        now = apply(now, made)
        const after = worldOf(now)
        const listed = [...made.opens, ...made.closes, ...made.other]
        expect(differing(before, after).filter(([from, to]) => !isListed(listed, from, to))).toEqual([])
      }
      expect(now.map(({ path, text }) => [path, text])).toEqual(files.map(({ path, text }) => [path, text]))
    }),
    { numRuns: 150 },
  )
})
