import { judge } from '#core/checks/judge.ts'
import type { Difference } from '#core/compare/compare.ts'
import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { exposedPorts } from '#core/evaluate/exposed.ts'
import type { Check } from '#core/model/check.ts'
import type { Cluster, Service } from '#core/model/cluster.ts'
import { type Concern, CONCERNS, type EffectCounts, type EffectGroup, type EffectLine } from '#core/model/effects.ts'
import { type End, endId } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import { isNoPorts } from '#core/model/ports.ts'
import { changesDns } from './dnsChanges.ts'
import { dnsPods } from './dns.ts'
import { formatMany } from './formatMany.ts'

/** Counts differences, and groups them by what they are about and between which namespaces. */
export interface Tally {
  readonly add: (difference: Difference) => void
  readonly counts: () => EffectCounts
  /** The groups, most urgent first, then those with the most connections. */
  readonly ranked: () => { readonly groups: readonly EffectGroup[]; readonly more: number }
}

interface Group {
  readonly concern: Concern
  readonly from: End
  readonly to: End
  readonly counts: { opened: number; closed: number; other: number }
  readonly lines: EffectLine[]
}

// More than this nobody reads; the count says how many there are.
const MOST_GROUPS = 200
const MOST_LINES = 40

/** A tally about the texts after; `broken` are the checks that don't hold any more. */
export function createTally(after: Evaluation, broken: readonly Check[]): Tally {
  const total = { opened: 0, closed: 0, other: 0 }
  const groups = new Map<string, Group>()
  const concernOf = concernFinder(after, broken)
  const groupOf = (concern: Concern, from: End, to: End): Group => {
    const key = `${CONCERNS.indexOf(concern)} ${endId(from)} ${endId(to)}`
    const found = groups.get(key) ?? { concern, from, to, counts: { opened: 0, closed: 0, other: 0 }, lines: [] }
    groups.set(key, found)
    return found
  }
  const notes = new Map(
    [...groupBy(broken, keyOf)].map(([key, checks]) => [
      key,
      { checks, note: checks.map((check) => noteOf(check, after)).join(' ') },
    ]),
  )
  return {
    add(difference) {
      const concern = concernOf(difference)
      const group = groupOf(concern, homeOf(difference.from), homeOf(difference.to))
      for (const key of ['opened', 'closed', 'other'] as const) {
        const by = isNoPorts(difference[key]) ? 0 : 1
        total[key] += by
        group.counts[key] += by
      }
      const told = notes.get(keyOf(difference))
      notes.delete(keyOf(difference))
      if (told || group.lines.length < MOST_LINES)
        group.lines.push({ ...lineOf(difference), ...(told && { note: told.note }) })
    },
    counts: () => total,
    ranked() {
      // Checks about more than one connection.
      for (const {
        checks: [check],
        note,
      } of notes.values())
        if (check)
          groupOf('checks', homeOf(check.from), homeOf(check.to)).lines.push({
            ...NO_PORTS_TOLD,
            from: check.from,
            to: check.to,
            note,
          })
      notes.clear()
      const sorted = [...groups.values()].toSorted(byUrgency)
      return { groups: sorted.slice(0, MOST_GROUPS), more: Math.max(0, sorted.length - MOST_GROUPS) }
    },
  }
}

const NO_PORTS_TOLD = { opened: '', closed: '', other: '' }

/** What happens to a check that held before: `Breaks the check “web may reach db”`, or that it can’t be told any more. */
export function breaks(check: Check, after: Evaluation): string {
  const isUnknown = judge(check, after).outcome === 'undetermined'
  return isUnknown ? `Makes the check “${check.name}” uncertain` : `Breaks the check “${check.name}”`
}

function noteOf(check: Check, after: Evaluation): string {
  const { ports, expect } = check
  return `${breaks(check, after)}: ${ports.length === 0 ? 'all ports' : ports.join(', ')} should be ${expect}.`
}

function keyOf({ from, to }: { readonly from: End; readonly to: End }): string {
  return `${endId(from)} ${endId(to)}`
}

function lineOf({ from, to, opened, closed, other }: Difference): EffectLine {
  return { from, to, opened: formatMany(opened), closed: formatMany(closed), other: formatMany(other) }
}

function byUrgency(a: Group, b: Group): number {
  return CONCERNS.indexOf(a.concern) - CONCERNS.indexOf(b.concern) || sizeOf(b) - sizeOf(a)
}

function sizeOf({ counts }: Group): number {
  return counts.opened + counts.closed + counts.other
}

function homeOf(end: End): End {
  return 'workload' in end ? { namespace: end.namespace } : end
}

// The most urgent of all that fit (design.md 9).
function concernFinder(after: Evaluation, broken: readonly Check[]): (difference: Difference) => Concern {
  const checked = new Set(broken.map(keyOf))
  const dns = dnsPods(after)
  const entered = new Set([...exposedPorts(after.cluster).keys(), ...publicWorkloads(after.cluster)])
  const scraped = new Set(
    after.cluster.workloads.filter(({ pods }) => pods.some((pod) => pod.scraped)).map(({ id }) => id),
  )
  return (difference) => {
    const { from, to } = difference
    const target = endId(to)
    if (checked.has(keyOf(difference))) return 'checks'
    if (changesDns(dns, difference, 'opened') || changesDns(dns, difference, 'closed')) return 'dns'
    if (endId(from) === target) return 'replicas'
    if (!('namespace' in from) && entered.has(target)) return 'exposed'
    return 'workload' in from && SCRAPERS.test(from.workload) && scraped.has(target) ? 'scrape' : 'rest'
  }
}

// Who reads `prometheus.io/scrape`, by the names that charts give them.
const SCRAPERS = /prometheus|vmagent|grafana-agent|alloy|opentelemetry|otel|datadog/

// The pods behind a Service that is open to the outside of the cluster.
function publicWorkloads({ services, workloads }: Cluster): readonly string[] {
  const open = services.filter(({ type, selector }) => type !== undefined && selector !== undefined)
  if (open.length === 0) return []
  return workloads
    .filter(({ namespace, pods }) => open.some((one) => one.namespace === namespace && pods.some(isBehind(one))))
    .map(({ id }) => id)
}

function isBehind({ selector = {} }: Service): (pod: Cluster['workloads'][number]['pods'][number]) => boolean {
  const terms = Object.entries(selector)
  return ({ labels: { labels } }) => terms.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}
