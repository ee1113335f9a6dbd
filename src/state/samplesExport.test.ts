import { evaluate, verdictOf } from '#core/evaluate/evaluate.ts'
import { exportBundle } from '#core/export/bundle.ts'
import { load, type Loaded, type SourceFile } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'
import type { ExportOptions } from '#core/model/exporting.ts'
import { formatPorts } from '#core/model/ports.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SAMPLES } from './samples.ts'

const SHARED = join('..', 'shared', 'samples')
if (!existsSync(SHARED)) console.warn('\n!! ../shared is absent: its samples were not exported.\n')

const real = (existsSync(SHARED) ? readdirSync(SHARED) : []).map((id) => ({
  id,
  files: readdirSync(join(SHARED, id)).map((path) => ({ path, text: readFileSync(join(SHARED, id, path), 'utf8') })),
}))
const layouts: readonly ExportOptions['layout'][] = ['one-file', 'file-per-policy']
const cases = [...SAMPLES, ...real].flatMap(({ id, files }) => layouts.map((layout) => ({ id, layout, files })))

/** Every pair of workloads, and each with the internet, with the ports that are open. */
function reach({ cluster, policies, settings }: Loaded): string[] {
  const evaluation = evaluate(cluster, policies, settings)
  const ends: End[] = [
    { internet: true },
    ...cluster.workloads.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
  ]
  const lines = ends.flatMap((from) =>
    ends.map((to) => {
      const verdict = verdictOf(evaluation, from, to)
      const open = verdict && `${formatPorts(verdict.allowed)} ? ${formatPorts(verdict.undetermined)}`
      return `${JSON.stringify(from)} → ${JSON.stringify(to)}: ${open}`
    }),
  )
  return lines.toSorted()
}

test.each(cases)('$id, exported as $layout, does what it did', ({ layout, files }) => {
  const sources: SourceFile[] = files.map(({ path, text }) => ({ path, text, counts: true }))
  const loaded = load(sources)
  const options: ExportOptions = { what: 'everything', workloads: true, sketches: true, layout }
  const { files: exported } = exportBundle(options, { files: sources, loaded, opened: [], deleted: [] })
  const again = load(exported.map(({ path, text }) => ({ path, text, counts: true })))
  expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(again.policies).toHaveLength(loaded.policies.length)
  expect(reach(again)).toEqual(reach(loaded))
})
