import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromEmpty, fromPolicies } from './drawing.testkit.ts'
import { failureOf, prove, tell } from './prove.testkit.ts'

// `npm run prove` does the same 10,000 times.
const SEED = 4
const RUNS = 150
const PATIENCE = 600_000 // ms, on a machine that others use too

test.each([
  ['an empty workspace, closed first', fromEmpty],
  ['random policies by hand', fromPolicies],
])(
  'what is drawn from %s, compiled, parsed and evaluated again, is the drawing',
  (_, drawings) => {
    let drawn = 0
    fc.assert(
      fc.property(drawings, (drawing) => {
        const proof = prove(drawing)
        drawn += proof.drawn
        const failure = failureOf(drawing, proof)
        if (failure !== undefined) throw new Error(`${failure}\n${tell(drawing)}`)
      }),
      { numRuns: RUNS, seed: SEED, unbiased: true },
    )
    expect(drawn).toBeGreaterThan(RUNS)
  },
  PATIENCE,
)
