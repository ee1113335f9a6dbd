import { evaluate, type Evaluation, namedBlocks, verdictOf } from '#core/evaluate/evaluate.ts'
import { load, type Loaded, type SourceFile } from '#core/load/load.ts'
import { applyEdits } from '#core/model/edit.ts'
import { type End, endId } from '#core/model/end.ts'
import type { ConnectionChange, Intent, Plan } from '#core/model/intent.ts'
import { equalPorts, formatPorts } from '#core/model/ports.ts'
import { plan } from './plan.ts'

/** The texts with what they say. */
export interface World {
  readonly files: readonly SourceFile[]
  readonly loaded: Loaded
  readonly evaluation: Evaluation
}

export function worldOf(files: readonly SourceFile[]): World {
  const loaded = load(files)
  return { files, loaded, evaluation: evaluate(loaded.cluster, loaded.policies, loaded.settings) }
}

export function filesOf(...texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, i) => ({ path: `file-${i}.yaml`, text, counts: true }))
}

export function planOf(world: World, intent: Intent): Plan {
  return plan(intent, { ...world, revision: 1 })
}

/** The texts after a plan. */
export function applied(files: readonly SourceFile[], { changes }: Plan): readonly SourceFile[] {
  return changes.reduce<readonly SourceFile[]>((now, change) => {
    const others = now.filter(({ path }) => path !== change.path)
    if (change.type === 'create') return others.concat({ path: change.path, text: change.text, counts: true })
    if (change.type !== 'edit') return others
    return now.map((file) =>
      file.path === change.path ? { ...file, text: applyEdits(file.text, change.edits) } : file,
    )
  }, files)
}

/** What is open between two ends, for people. */
export function openIn(files: readonly SourceFile[], from: End, to: End): string {
  const verdict = verdictOf(worldOf(files).evaluation, from, to)
  return verdict ? formatPorts(verdict.allowed) : 'not there'
}

/** All connections between single workloads, and with the internet, that differ: worked out from the texts alone. */
function differing(before: World, after: World): readonly (readonly [End, End])[] {
  const loaded = before.evaluation.cluster.workloads.filter(({ assumed }) => !assumed)
  const single: readonly End[] = [
    ...loaded.map(({ namespace, kind, name }) => ({ namespace, workload: `${kind}/${name}` })),
    { internet: true },
  ]
  const shown = [...namedBlocks(before.evaluation), ...namedBlocks(after.evaluation)]
  return single.flatMap((from) =>
    single.flatMap((to): [End, End][] => {
      if (endId(from) === endId(to)) return []
      const old = verdictOf(before.evaluation, from, to, shown)
      const now = verdictOf(after.evaluation, from, to, shown)
      if (!old || !now) return []
      const isSame =
        equalPorts(old.allowed, now.allowed) &&
        equalPorts(old.undetermined, now.undetermined) &&
        equalPorts(old.partial, now.partial)
      return isSame ? [] : [[from, to]]
    }),
  )
}

/** Those of them that a plan doesn't list. */
export function unlisted(before: World, after: World, made: Plan): readonly (readonly [End, End])[] {
  const listed = [...made.opens, ...made.closes, ...made.other]
  return differing(before, after).filter(([from, to]) => !isListed(listed, from, to))
}

function isListed(changes: readonly ConnectionChange[], from: End, to: End): boolean {
  return changes.some((change) => covers(change.from, from) && covers(change.to, to))
}

/** Is the end the other one, or in it? */
export function covers(whole: End, end: End): boolean {
  if (endId(whole) === endId(end) || 'anyNamespace' in whole) return true
  return 'namespace' in whole && !('workload' in whole) && 'namespace' in end && end.namespace === whole.namespace
}

/** The unwanted changes of a plan, for people. */
export function unwanted({ opens, closes, other }: Plan): readonly string[] {
  return [...left('+', opens), ...left('-', closes), ...left('?', other)]
}

function left(sign: string, all: readonly ConnectionChange[]): readonly string[] {
  const own = all.filter(({ wanted }) => !wanted)
  return own.map(({ from, to, ports }) => `${sign} ${endId(from)} → ${endId(to)} ${ports}`)
}
