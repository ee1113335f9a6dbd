import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import { load, type Loaded } from '#core/load/load.ts'
import { ALL_PORTS, formatPorts, NO_PORTS, type PortSet, PROTOCOLS } from '#core/model/ports.ts'
import type { Settings } from '#core/model/settings.ts'
import type { Verdict } from '#core/model/verdict.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the public corpora lie, beside the clone; they are not part of it. */
const SHARED = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url))

/** Are the corpora there? A clone alone does without them, and says so aloud. */
export function corporaExist(): boolean {
  const exist = existsSync(SHARED)
  if (!exist) console.warn(`The public corpora are not at ${SHARED}: their cases are NOT run here.`)
  return exist
}

/** The names of what a folder of the corpora holds, in order; none where it isn't there. */
export function listCorpus(folder: string): readonly string[] {
  return existsSync(`${SHARED}/${folder}`) ? readdirSync(`${SHARED}/${folder}`).toSorted() : []
}

/** A text of the corpora. */
export function readCorpus(path: string): string {
  return readFileSync(`${SHARED}/${path}`, 'utf8')
}

// Upstream never sent these policies to an API server, which would refuse their names (semantics.md B.1); nothing else is mended.
const REFUSED_NAMES: readonly (readonly [string, string])[] = [
  ['use_common_labels_same_values', 'use-common-labels-same-values'],
  ['use_match_exp_with_all_gap_values_of_app', 'use-match-exp-with-all-gap-values-of-app'],
  ['default-allow-ingress-ipBlock', 'default-allow-ingress-ipblock'],
  ['generated_name_', 'generated-name-'],
]

/** The text with the few policy names made valid that the API server would refuse, so that their rules are tested. */
export function mendNames(text: string): string {
  return REFUSED_NAMES.reduce((mended, [refused, valid]) => mended.replaceAll(refused, valid), text)
}

/** Loads texts as a workspace with these settings and evaluates what they say. */
export function loadAndEvaluate(
  texts: Readonly<Record<string, string>>,
  settings: Partial<Settings>,
): { readonly loaded: Loaded; readonly evaluation: Evaluation } {
  const settingsText = JSON.stringify({
    apiVersion: 'drawbridge/v1alpha1',
    kind: 'DrawbridgeSettings',
    metadata: { name: 'corpus' },
    ...settings,
  })
  const files = Object.entries({ ...texts, 'settings.json': settingsText })
  const loaded = load(files.map(([path, text]) => ({ path, text, counts: true })))
  return { loaded, evaluation: evaluate(loaded.cluster, loaded.policies, loaded.settings) }
}

/** `"all"`, or inclusive ranges by protocol: ports as the corpora write them. */
export type Written = 'all' | { readonly [protocol: string]: readonly (readonly [number, number])[] }

/** Reads ports as the corpora write them. */
export function portsFrom(written: Written): PortSet {
  if (written === 'all') return ALL_PORTS
  const set: Record<string, unknown> = { ...NO_PORTS }
  for (const protocol of PROTOCOLS) set[protocol] = (written[protocol] ?? []).map(([from, to]) => ({ from, to }))
  return set as PortSet
}

/** What a verdict says, as one text; sure answers read like `portsFrom` of what is written. */
export function tell(verdict: Pick<Verdict, 'allowed' | 'partial' | 'undetermined'> | undefined): string {
  if (!verdict) return 'no verdict'
  const { allowed, partial, undetermined } = verdict
  const unsure = formatPorts(partial) === 'no ports' && formatPorts(undetermined) === 'no ports'
  return unsure
    ? formatPorts(allowed)
    : `${formatPorts(allowed)} (some: ${formatPorts(partial)}, ?: ${formatPorts(undetermined)})`
}

/** What a run of a corpus found. */
export interface Tally {
  cases: number
  probes: number
  readonly failures: string[]
}

/** One line for people who read the test's output. */
export function report(name: string, { cases, probes, failures }: Tally): void {
  console.info(`corpus ${name}: ${cases} cases, ${probes} probes compared, ${failures.length} differ`)
}
