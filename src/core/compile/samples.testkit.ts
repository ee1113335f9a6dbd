import { verdictOf } from '#core/evaluate/evaluate.ts'
import { type SourceFile, treeOf } from '#core/load/load.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { formatPorts, isNoPorts } from '#core/model/ports.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { child } from '#core/yaml/tree.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Edge, specsOf } from './edges.ts'
import { endOf } from './peers.ts'
import type { World } from './world.testkit.ts'

const SAMPLES = fileURLToPath(new URL('../../../../shared/samples', import.meta.url))

/** Are the sample shops there? A clone alone does without them, and says so aloud. */
export function samplesExist(): boolean {
  const exist = existsSync(SAMPLES)
  if (!exist) console.warn(`The sample shops are not at ${SAMPLES}: they are NOT redrawn here.`)
  return exist
}

/** All manifests of a sample. */
export function sampleFiles(name: string): readonly SourceFile[] {
  const folder = `${SAMPLES}/${name}`
  return readdirSync(folder)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8'), counts: true }))
}

/** The files without their policies: those of the samples lie in files of their own. */
export function withoutPolicies(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ text }) => !/^kind: NetworkPolicy$/m.test(text))
}

/** The ends of all workloads that manifests make. */
export function realEnds({ evaluation }: World): readonly (End & { readonly namespace: string })[] {
  return evaluation.cluster.workloads.filter(({ assumed }) => !assumed).map(endOf)
}

/** What the policies allow to each workload that they isolate: from anywhere, and from each other workload. */
export function edgesOf(world: World): readonly Edge[] {
  const ends = realEnds(world)
  return ends.flatMap((to) =>
    [{ anywhere: true } as const, ...ends].flatMap((from): Edge[] => {
      const allowed = verdictOf(world.evaluation, from, to)?.allowed
      return !allowed || isNoPorts(allowed) ? [] : [{ from, to, ports: specsOf(allowed) }]
    }),
  )
}

/** Every connection between these ends that is open, one text each. */
export function openOf({ evaluation }: World, ends: readonly End[]): readonly string[] {
  return ends.flatMap((from) =>
    ends.flatMap((to) => {
      if (!('namespace' in from) && !('namespace' in to)) return []
      const verdict = verdictOf(evaluation, from, to, [])
      if (!verdict) return [`${endId(from)} → ${endId(to)}: no verdict`]
      const { allowed, partial, undetermined } = verdict
      const parts = [formatPorts(allowed), formatPorts(partial), formatPorts(undetermined)]
      return parts.every((part) => part === 'no ports')
        ? []
        : [`${endName(from)} → ${endName(to)}: ${parts.join(' / ')}`]
    }),
  )
}

/** Policies, and the lines of their `spec` blocks: as one writer writes all of them, and as they stand without comments. */
export interface Size {
  readonly policies: number
  readonly lines: number
  readonly raw: number
}

/** How large the policies of a world are. */
export function sizeOf({ loaded }: World): Size {
  const own = loaded.documents.filter(({ kind, outcome }) => kind === 'NetworkPolicy' && outcome !== 'rejected')
  const specs = own.flatMap(({ id }) => child(treeOf(loaded, id), 'spec') ?? []).map(toPlain)
  const texts = own.map(({ id }) => loaded.trees.get(id)?.text ?? '')
  return {
    policies: own.length,
    lines: specs.map((spec) => linesOf(writeYaml({ spec }, { indent: 2, indentLists: true }))).reduce(add, 0),
    raw: texts.map((text) => linesOf(/^spec:[^]*?(?=^\S|(?![^]))/m.exec(text)?.[0] ?? '')).reduce(add, 0),
  }
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:#.*)?$|^---/.test(line)).length
}

function add(sum: number, one: number): number {
  return sum + one
}
