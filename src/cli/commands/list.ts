import { permittedUnder } from '#core/evaluate/permitted.ts'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import { named, workloadName } from '#core/export/connections/connection.ts'
import { CONNECTION_FORMATS } from '#core/export/connections/index.ts'
import type { Cluster, Workload } from '#core/model/cluster.ts'
import { type Arguments, choiceGiven, listed } from '../arguments.ts'
import { type Command, statusWith, STRICT } from '../command.ts'
import { Mistake } from '../mistake.ts'
import { openPaths } from '../open.ts'
import { reportHints } from '../report.ts'
import { DIRECT_OWNERS, SETTING_FLAGS } from '../settings.ts'
import { suggest } from '../suggest.ts'
import { type Terminal, writeAll } from '../terminal.ts'

const [first, ...others] = CONNECTION_FORMATS
const IDS: readonly [string, ...string[]] = [first.id, ...others.map(({ id }) => id)]

/** `drawbridge list`: every permitted connection. */
export const list: Command = {
  name: 'list',
  summary: 'print every connection that the policies permit',
  usage: 'PATH… [flags]',
  about: `Prints every connection that is surely open for all pods of its ends: between workloads, and between workloads
and ranges of IP addresses outside the cluster. A pair that is not printed has no connection that is surely open: what
hangs on something that is not known, of the cluster or of the CNI, is left out, and stderr says so.`,
  flags: [
    {
      name: 'output',
      short: 'o',
      value: IDS.join('|'),
      about: `How: ${CONNECTION_FORMATS.map(({ id, title }) => `${id}, ${title}`).join('; ')}.`,
    },
    {
      name: 'focus',
      value: 'NS/NAME',
      multiple: true,
      about: 'Only connections from or to this workload (may be repeated).',
    },
    DIRECT_OWNERS,
    ...SETTING_FLAGS,
    STRICT,
  ],
  more: `Names are those of netpol-analyzer, so that scripts can swap tools: namespace/name[Kind] for workloads,
a.b.c.d-e.f.g.h for IP addresses (neighbouring ranges with the same ports are one),
{ingress-controller} for what Ingress, Route and HTTPRoute objects lead to. Ports are those of the
destination's pods: TCP 80,443 or TCP 1-1023,UDP 53 or All Connections. Without workloads the policies'
selectors stand for them: shop/app=web[Assumed].

Exit status: 0 done, 2 something could not be read or asked (or, with --strict, a document is broken).

Examples:
  drawbridge list manifests/
  kubectl get ns,pod,deploy,netpol -A -o yaml | drawbridge list - -o md
  drawbridge list manifests/ --focus shop/db
  drawbridge list manifests/ -o json --direct-owners --pod-cidr none   # as netpol-analyzer`,
  run,
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const id = choiceGiven(args, 'output', IDS)
  const { loaded, refused } = await openPaths('list', args, terminal)
  const cluster = listable(loaded.cluster)
  const wanted = wantedBy(args.values.get('focus') ?? [], cluster.workloads)
  if (cluster.workloads.length === 0)
    terminal.err('There are no workloads and no policies in it, so there is nothing to list.\n')
  const profiled = evaluateWithProfile(cluster, loaded.policies, loaded.settings)
  reportHints(profiled, terminal)
  const connections = permittedUnder(profiled, wanted)
  const format = CONNECTION_FORMATS.find((one) => one.id === id) ?? first
  await writeAll(terminal, format.write(named(connections)))
  return statusWith(args, refused)
}

/**
 * The cluster as it is listed: what stands for policies' selectors counts only where no workload is loaded at all, as other
 * tools list nothing else; and whatever the order of the files, the lines come in the order of names.
 */
function listable(cluster: Cluster): Cluster {
  const real = cluster.workloads.filter(({ assumed }) => !assumed)
  const workloads = real.length > 0 ? real : cluster.workloads
  const names = new Map(workloads.map((workload) => [workload, workloadName(workload)]))
  const nameOf = (workload: Workload): string => names.get(workload) ?? ''
  return { ...cluster, workloads: workloads.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) }
}

function wantedBy(
  focus: readonly string[],
  workloads: readonly Workload[],
): ((workload: Workload) => boolean) | undefined {
  if (focus.length === 0) return undefined
  const wanted = new Set(focus.flatMap((text) => focused(text, workloads)))
  return (workload) => wanted.has(workload)
}

function focused(text: string, workloads: readonly Workload[]): readonly Workload[] {
  const found = workloads.filter((workload) => shortName(workload) === text || workloadName(workload) === text)
  if (found.length > 0) return found
  const known = new Set(workloads.map(shortName))
  const hint =
    suggest(text, known) ||
    (known.size <= 5 ? ` There ${known.size === 1 ? 'is' : 'are'} ${listed([...known]).replace(' or ', ' and ')}.` : '')
  throw new Mistake(`--focus ${text}: there is no such workload.${hint}`)
}

function shortName({ namespace, name }: Workload): string {
  return `${namespace}/${name}`
}
