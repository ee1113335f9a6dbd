import { type Changed, compareConnections } from '#core/compare/connections.ts'
import { permittedUnder } from '#core/evaluate/permitted.ts'
import { evaluateWithProfile, type Profiled } from '#core/evaluate/profiled.ts'
import { connectionText, placeName } from '#core/export/connections/connection.ts'
import { row } from '#core/export/connections/md.ts'
import type { Loaded } from '#core/load/load.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { isNoPorts } from '#core/model/ports.ts'
import { type Arguments, choiceGiven } from '../arguments.ts'
import { reportCni } from '../cni.ts'
import { type Command, statusWith, STRICT } from '../command.ts'
import { Mistake } from '../mistake.ts'
import { open } from '../open.ts'
import { reportHints } from '../report.ts'
import { DIRECT_OWNERS, SETTING_FLAGS } from '../settings.ts'
import { type Paint, type Terminal, writeAll } from '../terminal.ts'

/** `drawbridge diff`: which connections two versions of manifests permit differently. */
export const diff: Command = {
  name: 'diff',
  summary: 'print which connections change between two versions of manifests',
  usage: '--old PATH --new PATH [flags]',
  about: `Prints the connections that list prints for only one of two versions, or with other ports. Manifests of policies
alone can be compared, too: what their selectors name stands for the workloads, the same in both versions. Each version
is judged under the CNI of its own settings documents, unless --cni says one for both.`,
  flags: [
    {
      name: 'old',
      value: 'PATH',
      multiple: true,
      about: 'The version before: a file, a folder, or - (may be repeated).',
    },
    { name: 'new', value: 'PATH', multiple: true, about: 'The version after: the same.' },
    {
      name: 'output',
      short: 'o',
      value: 'txt|json|md',
      about: 'How: txt, a line each (+ added, - removed, ~ changed); json, three lists; md, a table.',
    },
    DIRECT_OWNERS,
    ...SETTING_FLAGS,
    STRICT,
  ],
  more: `Exit status: 0 the same connections, 1 they differ, 2 something could not be read, or there is nothing to compare
(or, with --strict, a document is broken).

Examples:
  drawbridge diff --old main/manifests --new manifests
  drawbridge diff --old old.yaml --new new.yaml -o md >> "$GITHUB_STEP_SUMMARY"`,
  run,
}

/** A connection by names, and what it was and is. */
interface Line {
  readonly src: string
  readonly dst: string
  readonly old: string
  readonly new: string
  readonly type: 'added' | 'removed' | 'changed'
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const format = choiceGiven(args, 'output', ['txt', 'json', 'md'])
  const [before, after] = [await openSide('old', args, terminal), await openSide('new', args, terminal)]
  const refused = before.refused + after.refused
  reportCni([before.loaded.settings, after.loaded.settings], terminal)
  const [old, now] = judge(before.loaded, after.loaded)
  reportHints(now, terminal)
  const lines = compare(old, now)
  const status = statusWith(args, refused, lines.length === 0 ? 0 : 1)
  terminal.foretell(status)
  await writeAll(terminal, WRITERS[format](lines, terminal.paint.out))
  return status
}

async function openSide(side: 'old' | 'new', args: Arguments, terminal: Terminal) {
  const [extra] = args.paths
  if (extra !== undefined) throw new Mistake(`diff takes its paths by --old and --new, not alone (${extra}).`)
  const paths = args.values.get(side) ?? []
  if (paths.length === 0) throw new Mistake(`diff needs --${side} PATH. See drawbridge diff --help.`)
  return open(paths, args, terminal)
}

function judge(before: Loaded, after: Loaded): readonly [Profiled, Profiled] {
  const [old, now] = [withAssumed(before.cluster, after.cluster), withAssumed(after.cluster, before.cluster)]
  if (old.workloads.length === 0 && now.workloads.length === 0)
    throw new Mistake(
      'There is nothing to compare: neither version has workloads, or policies whose selectors name any.',
    )
  return [
    evaluateWithProfile(old, before.policies, before.settings),
    evaluateWithProfile(now, after.policies, after.settings),
  ]
}

function compare(old: Profiled, now: Profiled): readonly Line[] {
  const changed = compareConnections(permittedUnder(old), permittedUnder(now))
  const key = ({ src, dst }: Line): string => `${src} => ${dst}`
  return changed.map(lineOf).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

// Policies alone: both versions are asked about the workloads that either one's selectors name, unless one has real ones.
function withAssumed(own: Cluster, other: Cluster): Cluster {
  const real = own.workloads.filter(({ assumed }) => !assumed)
  if (real.length > 0 || other.workloads.some(({ assumed }) => !assumed)) return { ...own, workloads: real }
  const known = new Set(own.workloads.map(({ id }) => id))
  return { ...own, workloads: [...own.workloads, ...other.workloads.filter(({ id }) => !known.has(id))] }
}

function lineOf({ from, to, before, after }: Changed): Line {
  const type = isNoPorts(before) ? 'added' : isNoPorts(after) ? 'removed' : 'changed'
  return { src: placeName(from), dst: placeName(to), old: connectionText(before), new: connectionText(after), type }
}

type Writer = (lines: readonly Line[], paint: Paint) => Iterable<string>

const WRITERS: Readonly<Record<'txt' | 'json' | 'md', Writer>> = { txt: writeText, json: writeJson, md: writeTable }

const MARKS = { added: ['+', 'good'], removed: ['-', 'bad'], changed: ['~', 'unsure'] } as const

function* writeText(lines: readonly Line[], paint: Paint): Generator<string, void, void> {
  for (const { src, dst, old, new: now, type } of lines) {
    const [mark, colour] = MARKS[type]
    const conn = type === 'changed' ? `${old} -> ${now}` : type === 'added' ? now : old
    yield `${paint(colour, `${mark} ${src} => ${dst} : ${conn}`)}\n`
  }
}

function* writeJson(lines: readonly Line[]): Generator<string, void, void> {
  const of = (type: Line['type']): readonly Line[] => lines.filter((line) => line.type === type)
  const added = of('added').map(({ src, dst, new: conn }) => ({ src, dst, conn }))
  const removed = of('removed').map(({ src, dst, old: conn }) => ({ src, dst, conn }))
  const changed = of('changed').map(({ src, dst, old, new: now }) => ({ src, dst, old, new: now }))
  yield `${JSON.stringify({ added, removed, changed }, undefined, 2)}\n`
}

function* writeTable(lines: readonly Line[]): Generator<string, void, void> {
  if (lines.length === 0) return yield 'No connection changes.\n'
  yield '| change | src | dst | old | new |\n|--------|-----|-----|-----|-----|\n'
  for (const { src, dst, old, new: now, type } of lines) yield row([type, src, dst, old, now])
}
