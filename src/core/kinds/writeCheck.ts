import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import { writeYaml } from '#core/yaml/write.ts'

/** A check without its place. */
export type CheckDraft = Omit<Check, 'ref'>

/** A check as an item of `checks` is written (design.md 7); no ports: all. */
export function checkItem({ name, from, to, ports, expect }: CheckDraft): object {
  return { name, from: endItem(from), to: endItem(to), ...(ports.length > 0 ? { ports } : {}), expect }
}

/** A new document that holds one check, as YAML. */
export function checksText(check: CheckDraft): string {
  const head = { apiVersion: 'drawbridge/v1alpha1', kind: 'ConnectivityChecks', metadata: { name: 'checks' } }
  return writeYaml({ ...head, checks: [checkItem(check)] }, { indent: 2, indentLists: true })
}

function endItem(end: End): object {
  if ('cidr' in end) return { cidr: end.cidr, ...(end.except?.length ? { except: end.except } : {}) }
  return { ...end }
}
