import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'

/** A check as a plain value, ready to be written (design.md 7). */
export function checkValue({ name, from, to, ports, expect }: Omit<Check, 'ref'>): object {
  return { name, from: endValue(from), to: endValue(to), ...(ports.length > 0 ? { ports } : {}), expect }
}

/** A whole document of checks as a plain value. */
export function checksValue(name: string, checks: readonly Omit<Check, 'ref'>[]): object {
  return {
    apiVersion: 'drawbridge/v1alpha1',
    kind: 'ConnectivityChecks',
    metadata: { name },
    checks: checks.map(checkValue),
  }
}

function endValue(end: End): object {
  if ('workload' in end) return { namespace: end.namespace, workload: end.workload }
  if ('namespace' in end) return { namespace: end.namespace }
  if ('cidr' in end) return { cidr: end.cidr, ...(end.except && end.except.length > 0 ? { except: end.except } : {}) }
  return end
}
