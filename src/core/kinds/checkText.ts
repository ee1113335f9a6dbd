import type { NewCheck } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'

/** A check as a plain value, ready to be written (design.md 7, 9). */
export function checkValue({ name, from, to, ports, expect, only }: NewCheck): object {
  const asked = ports.length > 0 ? { ports } : {}
  if (only) return { name, to: endValue(to), ...asked, only: only.map(endValue) }
  return { name, from: endValue(from), to: endValue(to), ...asked, expect }
}

/** A whole document of checks as a plain value. */
export function checksValue(name: string, checks: readonly NewCheck[]): object {
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
