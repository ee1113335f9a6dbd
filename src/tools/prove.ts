import fc from 'fast-check'
import { type Drawing, fromEmpty, fromPolicies } from '#core/compile/drawing.testkit.ts'
import { failureOf, hasTwins, prove, tell } from '#core/compile/prove.testkit.ts'

// Draws at random, compiles, parses and evaluates again, and compares with the drawing: `npm run prove -- --seed 4 --runs 10000`.

const SHOWN = 3
const STEP = 500
// Unbiased: the first of a run would always be the smallest.
const ONE = { numRuns: 1, unbiased: true }

interface Tally {
  readonly name: string
  drawings: number
  edges: number
  announced: number
  twins: number
  distinctAnnounced: number
  failed: number
  readonly refusals: Map<string, number>
}

function numberFor(flag: string, otherwise: number): number {
  const at = process.argv.indexOf(flag)
  const number = Number(process.argv[at + 1])
  return at < 0 || !Number.isInteger(number) ? otherwise : number
}

function run(name: string, drawings: fc.Arbitrary<Drawing>, seed: number, runs: number): Tally {
  const tally: Tally = {
    name,
    drawings: 0,
    edges: 0,
    announced: 0,
    twins: 0,
    distinctAnnounced: 0,
    failed: 0,
    refusals: new Map(),
  }
  for (let i = 0; i < runs; i++) {
    const [drawing] = fc.sample(drawings, { ...ONE, seed: seed + i })
    if (drawing) count(tally, drawing, () => shrink(drawings, seed + i))
    if ((i + 1) % STEP === 0)
      console.info(`${name}: ${i + 1} drawings, ${tally.edges} edges, ${tally.failed} not as drawn`)
  }
  return tally
}

function count(tally: Tally, drawing: Drawing, explain: () => void): void {
  const proof = prove(drawing)
  tally.drawings++
  tally.edges += proof.drawn
  for (const refusal of proof.refused) {
    const kind = refusal
      .replaceAll(/\b[xyz]\/(?:pod|set)-\d/g, 'W')
      .replaceAll(/app: [-\w]+\.$/g, 'app: W.')
      .replaceAll(/all of \w+/g, 'N')
    tally.refusals.set(kind, (tally.refusals.get(kind) ?? 0) + 1)
  }
  if (proof.announced > 0) tally.announced++
  if (proof.announced > 0 && drawing.distinct) tally.distinctAnnounced++
  if (hasTwins(drawing)) tally.twins++
  if (failureOf(drawing, proof) === undefined) return
  tally.failed++
  if (tally.failed <= SHOWN) explain()
}

function shrink(drawings: fc.Arbitrary<Drawing>, seed: number): void {
  const result = fc.check(
    fc.property(drawings, (drawing) => failureOf(drawing, prove(drawing)) === undefined),
    { ...ONE, seed },
  )
  const smallest = result.counterexample?.[0]
  console.error(`\nSeed ${seed} is not as drawn; as small as it gets:`)
  if (smallest) console.error(`${failureOf(smallest, prove(smallest)) ?? ''}\n${tell(smallest)}\n`)
}

const seed = numberFor('--seed', 1)
const runs = numberFor('--runs', 10_000)
const kinds = [
  ['from an empty workspace', fromEmpty],
  ['from policies by hand', fromPolicies],
] as const
const begin = performance.now()
const tallies = kinds.map(([name, drawings]) => run(name, drawings, seed, Math.ceil(runs / kinds.length)))
for (const { name, drawings, edges, announced, twins, distinctAnnounced, failed, refusals } of tallies) {
  const share = ((100 * announced) / drawings).toFixed(2)
  console.info(`\n${name}: ${drawings} drawings, ${edges} edges drawn, ${failed} not as drawn`)
  console.info(
    `  announced differences in ${announced} (${share} %); ${twins} have workloads that nothing tells apart; with distinct labels: ${distinctAnnounced}`,
  )
  for (const [refusal, times] of [...refusals].toSorted((a, b) => b[1] - a[1]).slice(0, 12))
    console.info(`  refused ${times} times: ${refusal}`)
}
console.info(`\nseed ${seed}, ${((performance.now() - begin) / 1000).toFixed(0)} s`)
if (tallies.some(({ failed }) => failed > 0)) process.exitCode = 1
