import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evaluation, verdictOf, namedBlocks } from '#core/evaluate/evaluate.ts'
import { clusters, manifestsOf } from '#core/evaluate/random.testkit.ts'
import type { RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import { type End, endId } from '#core/model/end.ts'
import type { ConnectionChange, Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { equalPorts, type PortSet } from '#core/model/ports.ts'
import { statusOf } from '#core/model/status.ts'
import type { TextEdit } from '#core/model/text.ts'
import { judge } from '#core/checks/judge.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { plan } from './plan.ts'
import { drawnPlan } from './prove.testkit.ts'

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

function planFor(files: readonly SourceFile[], intent: Intent, own?: PlanStyle): Plan {
  const loaded = load(files)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
  return drawnPlan(plan(intent, { files, loaded, evaluation, revision: 1, style: own }))
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

/** Are the lines of `text` still there, in order? An empty list may have got items. */
function keepsLines(text: string, result: string): boolean {
  const lines = result.split('\n')
  let at = 0
  const kept = text.split('\n').filter((line) => !line.endsWith(' []'))
  return kept.every((line) => {
    at = lines.indexOf(line, at) + 1
    return at > 0
  })
}

// The objects as one JSON List, the policies as one YAML file: as a dump, and as somebody keeps them.
const scene = clusters.map((cluster): SourceFile[] => [
  { path: 'cluster.json', text: manifestsOf({ ...cluster, policies: [] }), counts: true },
  { path: 'policies.yaml', text: cluster.policies.map(policyText).join('---\n'), counts: true },
])
const style = fc.constantFrom<PlanStyle>('per-workload', 'per-edge', 'per-namespace')

function policyText({ namespace, name, spec }: RawPolicy): string {
  const metadata = { name, namespace }
  return writeYaml(
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec },
    { indent: 2, indentLists: true },
  )
}

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

/** The ports that an intent asks for, at the pods of its destination. */
function askedOf({ evaluation }: World, { to, ports }: Intent & { type: 'allow' }): PortSet {
  const pods = evaluation.cluster.workloads.filter((one) =>
    covers(to, { namespace: one.namespace, workload: `${one.kind}/${one.name}` }),
  )
  const isInside = 'namespace' in to
  return askedPorts(
    ports,
    pods.flatMap((one) => (isInside ? one.pods : [])),
  ).ports
}

const listedOf = ({ opens, closes, other }: Plan): readonly ConnectionChange[] => [...opens, ...closes, ...other]
const costOf = (made: Plan): number => listedOf(made).filter(({ wanted }) => !wanted).length + made.warnings.length

/** What a plan says of its effects, against the texts: all that differs is listed, and all that is listed differs. */
function expectExactEffects(made: Plan, before: World, after: World): void {
  const different = differing(before, after)
  const listed = listedOf(made)
  expect(different.filter(([from, to]) => !isListed(listed, from, to))).toEqual([])
  const single = endsOf(before).filter((end) => 'workload' in end || 'internet' in end)
  const pairs = single.flatMap((from) => single.flatMap((to): [End, End][] => [[from, to]]))
  const isDifferent = new Set(different.map(([from, to]) => `${endId(from)} ${endId(to)}`))
  const told = pairs.filter(([from, to]) => {
    const isPair = endId(from) !== endId(to) && !('internet' in from && 'internet' in to)
    return isPair && isListed(listed, from, to)
  })
  expect(told.filter(([from, to]) => !isDifferent.has(`${endId(from)} ${endId(to)}`))).toEqual([])
}

test('a drawn edge is open afterwards, or refused with a reason; whatever else changes is listed, and nothing else', () => {
  let drawn = 0
  let amended = 0
  fc.assert(
    fc.property(scene, choices, style, (files, choice, own) => {
      const before = worldOf(files)
      const intent = intentFor(before, choice)
      const made = planFor(files, intent, own)
      expect(made.refusal === undefined ? [] : made.changes).toEqual([])
      if (made.refusal !== undefined) return
      drawn++
      if (made.title.startsWith('Amend')) amended++
      const ways = [made, ...made.others]
      for (const way of ways) {
        const after = worldOf(apply(files, way))
        const verdict = verdictOf(after.evaluation, intent.from, intent.to)
        expect(verdict && statusOf(verdict, askedOf(after, intent))).toBe('allowed')
        expectExactEffects(way, before, after)
        expect(load(after.files).problems.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(after.files[0]).toEqual(files[0])
        const beyond = listedOf(way).filter(
          (one) => !one.wanted || !isInside(one.from, intent.from) || !isInside(one.to, intent.to),
        )
        expect(way.needsPreview || beyond.length === 0).toBe(true)
        expect(way.others === made.others || way.others.length === 0).toBe(true)
      }
      expect(ways.length).toBeLessThanOrEqual(6)
      expect(new Set(ways.map(({ changes }) => JSON.stringify(changes))).size).toBe(ways.length)
      // Where each edge has a policy of its own, what is laid out so comes before what is short.
      // Of what is open already, the drawing may come before the check alone.
      if (ways.some(({ title }) => title === 'Save the check only')) return
      const costs = ways.map(
        (way) => costOf(way) * 1e6 + (own === 'per-edge' ? 0 : way.lines.added + way.lines.removed),
      )
      // Where nothing isolates either end and little else is there, "this one and no other" is what a drawing means.
      const isMeant = made.sentences.some((sentence) => sentence.startsWith('Nothing isolates'))
      const weighed = isMeant ? costs.slice(1) : costs
      expect(weighed).toEqual(weighed.toSorted((a, b) => a - b))
    }),
    { numRuns: 250 },
  )
  expect(drawn).toBeGreaterThan(100)
  expect(amended).toBeGreaterThan(5)
})

/** The texts of the policies that nobody drew. */
function handWritten(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const loaded = load(files)
  const own = loaded.policies.filter(({ managed }) => !managed)
  return new Map(own.map(({ name, ref }) => [name, loaded.trees.get(ref.document)?.text ?? '']))
}

test('edges drawn one after the other all stay open, in text that only grows; forgotten again, they leave nothing of Drawbridge behind', () => {
  fc.assert(
    fc.property(
      scene,
      fc.array(choices, { minLength: 1, maxLength: 4 }),
      style,
      fc.nat(),
      (files, drawings, own, seed) => {
        let now: readonly SourceFile[] = files
        for (const choice of drawings) {
          const made = planFor(now, intentFor(worldOf(now), choice), own)
          const next = apply(now, made)
          const lost = now.filter(
            ({ path, text }) => !keepsLines(text, next.find((one) => one.path === path)?.text ?? ''),
          )
          // A policy that other pods join says anew whom it selects.
          expect(own === 'per-namespace' || lost.length === 0).toBe(true)
          expectTold(made, now, next)
          now = next
        }
        for (let left = load(now).checks; left.length > 0; left = load(now).checks) {
          const check = left[seed % left.length]
          if (!check) return
          const made = planFor(now, { type: 'forget', check: check.ref }, own)
          expect(made.refusal).toBeUndefined()
          const before = worldOf(now)
          const texts = handWritten(now)
          const next = apply(now, made)
          expectTold(made, now, next)
          expect(handWritten(next)).toEqual(texts)
          expectExactEffects(made, before, worldOf(next))
          now = next
        }
        expect(load(now).policies.filter(({ managed }) => managed)).toEqual([])
        expect(now.map(({ path }) => path)).toEqual(files.map(({ path }) => path))
      },
    ),
    { numRuns: 100 },
  )
})

// A check that breaks is announced.
function expectTold({ warnings }: Plan, before: readonly SourceFile[], after: readonly SourceFile[]): void {
  const known = brokenChecks(before)
  const fresh = brokenChecks(after).filter((name) => !known.includes(name))
  expect(fresh.filter((name) => !warnings.some((warning) => warning.includes(`“${name}”`)))).toEqual([])
}

function brokenChecks(files: readonly SourceFile[]): readonly string[] {
  const { evaluation } = worldOf(files)
  const broken = load(files).checks.filter((check) => judge(check, evaluation).outcome === 'broken')
  return broken.map(({ name }) => name)
}
