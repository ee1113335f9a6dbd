import { defineConfig } from 'vitest/config'

// Tests that draw thousands of random cases would run again for each of thousands of mutants.
const SLOW = [
  'reference',
  'properties',
  'unknown',
  'fuzz',
  'speed',
  'plan.random',
  'documents',
  'kinds/index',
  'load/load',
]

/** What a mutant is tried with: the quick tests of the rooms that are mutated and of those that ask them. See stryker.json. */
export default defineConfig({
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
