import type { Difference } from '#core/compare/compare.ts'
import { type End, endId } from '#core/model/end.ts'
import { intersectPorts, isNoPorts } from '#core/model/ports.ts'
import type { dnsPods } from './dns.ts'

type DnsPods = ReturnType<typeof dnsPods>

/** Does a workload lose name resolution by this, or get it (semantics.md A.13)? Without names almost nothing works, and nothing says why. */
export function changesDns(dns: DnsPods, { from, to, ...sets }: Difference, key: 'opened' | 'closed'): boolean {
  const isServed = 'workload' in from && 'workload' in to && dns.ids.has(endId(to)) && !dns.ids.has(endId(from))
  return isServed && !isNoPorts(intersectPorts(sets[key], dns.ports))
}

/** The workloads for which name resolution opened or closed, each once. */
export function dnsChanged(dns: DnsPods, all: readonly Difference[], key: 'opened' | 'closed'): readonly End[] {
  const changed = all.filter((one) => changesDns(dns, one, key))
  return [...new Map(changed.map(({ from }) => [endId(from), from])).values()]
}
