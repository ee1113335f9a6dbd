import type { CheckResult, NewCheck } from '#core/model/check.ts'
import { endName } from '#core/model/end.ts'

/** What a check is about, for people: `shop/web → data/db TCP 5432 must be denied`, `Only shop/web may reach data/db …`. */
export function tellCheck({ from, to, ports, expect, only }: Omit<NewCheck, 'name'>): string {
  const asked = ports.length === 0 ? 'all ports' : ports.map((port) => port.replace('/', ' ')).join(', ')
  if (only) return `Only ${only.map(endName).join(', ') || 'nobody'} may reach ${endName(to)} ${asked}`
  return `${endName(from)} → ${endName(to)} ${asked} must be ${expect}`
}

/** Which of the checks a list shows. */
export type Filter = 'all' | 'failing' | 'holding'

/** Those that the filter lets through, what fails first; each group in workspace order. */
export function choose(checks: readonly CheckResult[], filter: Filter): readonly CheckResult[] {
  const wanted = checks.filter(({ outcome }) => filter === 'all' || (outcome === 'holds') === (filter === 'holding'))
  return wanted.toSorted((a, b) => RANK[a.outcome] - RANK[b.outcome])
}

const RANK = { broken: 0, missing: 1, undetermined: 1, holds: 2 } as const

/** Ports as a field shows them; `portsOf` reads them back. */
export function portsText(ports: readonly string[]): string {
  return ports.join(', ')
}

/** The ports of a field, split at commas and spaces; none: all ports. */
export function portsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((port) => port !== '')
}
