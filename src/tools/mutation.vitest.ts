import { defineConfig, type Plugin } from 'vitest/config'

// A mutant that needs more than a few random cases to be found out is for the tests as they stand to find.
const FEW = 'numRuns: 15, seed: 1'
const SLOW = ['speed', 'fuzz', '*.random', 'compile/documents']

// Tests that draw thousands of cases would draw them again for each of thousands of mutants.
const fewRandomCases: Plugin = {
  name: 'few-random-cases',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.test.ts') ? { code: code.replaceAll(/numRuns: [\w.]+/g, FEW), map: null } : undefined,
}

/** What a mutant is tried with: the tests of the rooms that are mutated and of those that ask them. See stryker.json. */
export default defineConfig({
  plugins: [fewRandomCases],
  test: {
    environment: 'node',
    include: [
      'src/core/{model,kinds,validate,load,evaluate,explain,compile}/**/*.test.ts',
      'src/core/corpus/golden*.test.ts',
    ],
    exclude: SLOW.map((name) => `src/core/**/${name}.test.ts`),
    // A mutant is switched on while its tests run: the rooms need not be imported again for each file.
    isolate: false,
    testTimeout: 60_000,
  },
})
