import { defineConfig } from 'vitest/config'

// Tests that draw thousands of random cases would run again for each of thousands of mutants.
const SLOW = ['reference', 'properties', 'unknown', 'fuzz', 'speed', 'plan.random', 'bundle']

/** What a mutant is tried with: the quick tests of the rooms that are mutated and of those that ask them. See stryker.json. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/core/{model,kinds,validate,load,evaluate,explain}/**/*.test.ts'],
    exclude: SLOW.map((name) => `**/${name}.test.ts`),
    testTimeout: 60_000,
  },
})
