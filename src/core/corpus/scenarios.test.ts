import type { Settings } from '#core/model/settings.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { differing } from './expectation.testkit.ts'
import { loadAndEvaluate } from './shared.testkit.ts'

/** What a scenario `<name>.yaml` must say: `<name>.expected.json`. */
interface Expected {
  readonly title: string
  /** The paper and chapter whose rule it shows. */
  readonly source: string
  readonly settings?: Partial<Settings>
  /** How many policies the API server would reject. */
  readonly rejected?: number
  readonly expect: readonly string[]
}

const FOLDER = fileURLToPath(new URL('scenarios', import.meta.url))
const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
const read = (file: string): string => readFileSync(`${FOLDER}/${file}`, 'utf8')

test.each(names)('scenario %s', (name) => {
  const { settings, rejected = 0, expect: lines } = JSON.parse(read(`${name}.expected.json`)) as Expected
  const { loaded, evaluation } = loadAndEvaluate({ [`${name}.yaml`]: read(`${name}.yaml`) }, settings ?? {})
  expect(loaded.documents.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(rejected)
  expect(loaded.documents.filter(({ outcome }) => outcome === 'broken')).toEqual([])
  expect(lines.length).toBeGreaterThan(0)
  expect(differing(evaluation, lines)).toEqual([])
})

test('there are scenarios for every chapter of semantics.md A, and for those of C that decide', () => {
  expect(names.length).toBeGreaterThanOrEqual(20)
  const sources = names.map((name) => (JSON.parse(read(`${name}.expected.json`)) as Expected).source).join(', ')
  for (let chapter = 1; chapter <= 13; chapter++) expect(sources).toContain(`A.${chapter}`)
  for (let chapter = 2; chapter <= 4; chapter++) expect(sources).toContain(`C.${chapter}`)
})
