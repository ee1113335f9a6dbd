import type { Cluster } from '#core/model/cluster.ts'
import type { Deviation, Fact } from '#core/model/profile.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import { profileOf } from './index.ts'
import type { FactKey, Facts, Profile, Reading } from './profile.ts'
import { type Axis, readingsOf } from './reading.ts'
import { remedyFor } from './remedies.ts'
import { type About, type Found, transform, type Transformed } from './transform.ts'

/** Another way to read what is not known about a CNI. */
interface Variant {
  /** Unique in a profile; the same for the same way. */
  readonly key: string
  readonly policies: readonly Policy[]
  readonly settings: Settings
}

/** What a CNI makes of policies. Policies and lists that it takes as they are stay the same objects, and so do others from one call to the next. */
export interface Applied {
  readonly policies: readonly Policy[]
  readonly settings: Settings
  /** All, with those of the variants, marked. */
  readonly deviations: readonly Deviation[]
  /** Where facts are not known and that matters to these policies: what else may be, each way once; none for most. */
  readonly variants: readonly Variant[]
}

/**
 * The policies and settings to evaluate instead, for what the CNI of `settings.profile` does (semantics.md D), and why. Policies
 * that have no effect stay, without a direction. The cluster says which address family it has and whether there are nodes; without
 * one it is IPv4 and there are none. The reference, and a profile that is not known, change nothing.
 */
export function applyProfile(policies: readonly Policy[], settings: Settings, cluster?: Cluster): Applied {
  const profile = profileOf(settings.profile.id)
  if (!profile || profile.id === 'reference') return { policies, settings, deviations: [], variants: [] }
  const { main, axes } = readingsOf(profile, settings.profile.version)
  const asked: Asked = { policies, settings, about: aboutOf(cluster) }
  const own = readAll(asked, main)
  const open = axes.flatMap((axis) => openAxis(asked, main, axis))
  const variants = combined(open).flatMap((reading) => variant(asked, main, reading))
  return { ...evaluable(asked, own), deviations: deviationsOf(profile, asked, { own, open }), variants }
}

interface Asked {
  readonly policies: readonly Policy[]
  readonly settings: Settings
  readonly about: About
}

/** An axis that matters to the policies: what each of its options makes of them. */
interface OpenAxis extends Axis {
  readonly results: readonly (readonly Transformed[])[]
}

function openAxis(asked: Asked, main: Reading, axis: Axis): readonly OpenAxis[] {
  const results = axis.options.map((option) => readAll(asked, { ...main, ...option }))
  const matters = results.some((all) => all.some(({ found }) => found.some(({ fact }) => axis.keys.includes(fact))))
  return matters ? [{ ...axis, results }] : []
}

function combined(axes: readonly Axis[]): readonly Partial<Reading>[] {
  return axes.reduce<readonly Partial<Reading>[]>(
    (all, { options }) => all.flatMap((one) => options.map((option) => ({ ...one, ...option }))),
    [{}],
  )
}

// The first option of every axis is the main reading.
function variant(asked: Asked, main: Reading, options: Partial<Reading>): readonly Variant[] {
  const reading = { ...main, ...options }
  const key = keyOf(options)
  if (keyOf(reading) === keyOf(main)) return []
  return [{ key, ...evaluable(asked, readAll(asked, reading)) }]
}

function evaluable({ policies, settings }: Asked, all: readonly Transformed[]): Pick<Variant, 'policies' | 'settings'> {
  const isSame = all.every(({ policy }, i) => policy === policies[i])
  return { policies: isSame ? policies : all.map(({ policy }) => policy), settings: settingsFor(settings, all) }
}

// Only where a policy feels it: else the reference's evaluation does for both.
function settingsFor(settings: Settings, all: readonly Transformed[]): Settings {
  const facts = new Set(all.flatMap(({ found }) => found.map(({ fact }) => fact)))
  const policed: readonly Direction[] = [
    ...(facts.has('ownNode') ? (['ingress'] as const) : []),
    ...(facts.has('toOwnNode') ? (['egress'] as const) : []),
  ]
  if (!facts.has('ipBlockMatchesPods') && policed.length === 0) return settings
  return { ...settings, ipBlocksMatchPods: !facts.has('ipBlockMatchesPods'), policedOwnNode: policed }
}

// What a reading makes of a policy belongs to the policy: edits elsewhere leave it the object that it was.
const MADE = new WeakMap<Policy, Map<string, Transformed>>()

function readAll({ policies, about }: Asked, reading: Reading): readonly Transformed[] {
  const key = `${about.family} ${about.hasNodes} ${about.nodesLoaded} ${keyOf(reading)}`
  return policies.map((policy) => {
    const known = MADE.get(policy) ?? new Map<string, Transformed>()
    MADE.set(policy, known)
    const made = known.get(key) ?? transform(policy, reading, about)
    known.set(key, made)
    return made
  })
}

function keyOf(reading: Partial<Reading>): string {
  return Object.entries(reading)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
}

function aboutOf(cluster: Cluster | undefined): About {
  const pods = cluster?.workloads.flatMap((workload) => workload.pods) ?? []
  const ips = pods.flatMap((pod) => (pod.hostNetwork ? [] : pod.ips))
  return {
    family: ips.length > 0 && ips.every((ip) => ip.includes(':')) ? 'v6' : 'v4',
    nodesLoaded: (cluster?.nodes.length ?? 0) > 0,
    hasNodes: (cluster?.nodes.length ?? 0) > 0 || pods.some(({ hostNetwork }) => hostNetwork),
  }
}

function deviationsOf(
  { facts }: Profile,
  { policies }: Asked,
  { own, open }: { readonly own: readonly Transformed[]; readonly open: readonly OpenAxis[] },
): readonly Deviation[] {
  return policies.flatMap((policy, i) => {
    const isOpen = (fact: FactKey): boolean => open.some(({ keys }) => keys.includes(fact))
    const sure = (own[i]?.found ?? []).filter(({ fact }) => !isOpen(fact))
    const perhaps = open.flatMap(({ keys, results }) =>
      results.flatMap((all) => (all[i]?.found ?? []).filter(({ fact }) => keys.includes(fact))),
    )
    return [
      ...sure.map((found) => deviation(policy, facts, { found, uncertain: false })),
      ...perhaps.map((found) => deviation(policy, facts, { found, uncertain: true })),
    ]
  })
}

function deviation(
  { ref, name }: Policy,
  facts: Facts,
  { found, uncertain }: { readonly found: Found; readonly uncertain: boolean },
): Deviation {
  const { rule, directions, fact } = found
  const { source, verified, note, value }: Fact<unknown> = facts[fact]
  const remedy = remedyFor(fact, value)
  const isNode = fact === 'ownNode' || fact === 'toOwnNode'
  const effect = rule || isNode ? 'read-differently' : 'policy-without-effect'
  const told = { source, verified, note, ...(remedy !== undefined && { remedy }) }
  return { policy: ref, policyName: name, rule, directions, fact, effect, uncertain, ...told }
}
