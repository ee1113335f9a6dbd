import type { SelectorText } from '#core/kinds/networkPolicyText.ts'
import { groupBy } from '#core/model/group.ts'
import type { Laid } from './laid.ts'

/** Workloads of a namespace with the same rules share one policy, where one `In` over a label selects exactly them. */
export function shareByNamespace(laid: readonly Laid[]): readonly Laid[] {
  const alike = groupBy(laid, ({ namespace, direction, rules, podSelector }) =>
    JSON.stringify([namespace, direction, rules, keysOf(podSelector)]),
  )
  return [...alike.values()].flatMap(shareOne)
}

// Only plain labels can be joined; anything else gets a key of its own.
function keysOf(selector: SelectorText): unknown {
  const { matchLabels, matchExpressions } = selector
  return matchLabels && !matchExpressions ? Object.keys(matchLabels).toSorted() : selector
}

function shareOne(alike: readonly Laid[]): readonly Laid[] {
  const [first] = alike
  const labels = first?.podSelector.matchLabels
  if (!first || !labels || alike.length === 1) return alike
  const ways = Object.keys(labels).map((key) => ({ key, groups: groupBy(alike, (one) => otherLabels(one, key)) }))
  const best = ways.toSorted((a, b) => a.groups.size - b.groups.size)[0]
  return best ? [...best.groups.values()].map((group) => join(group, best.key)) : alike
}

function otherLabels({ podSelector }: Laid, key: string): string {
  const rest = Object.entries(podSelector.matchLabels ?? {}).filter(([own]) => own !== key)
  return JSON.stringify(rest.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function join(group: readonly Laid[], key: string): Laid {
  const [first, ...others] = group as readonly [Laid, ...Laid[]]
  const values = [...new Set(group.map(({ podSelector }) => podSelector.matchLabels?.[key] ?? ''))].toSorted()
  if (values.length === 1) return { ...first, subjects: group.flatMap(({ subjects }) => subjects) }
  const rest = Object.entries(first.podSelector.matchLabels ?? {}).filter(([own]) => own !== key)
  const podSelector: SelectorText = {
    ...(rest.length === 0 ? {} : { matchLabels: Object.fromEntries(rest) }),
    matchExpressions: [{ key, operator: 'In', values }],
  }
  const stem = others.length === 1 ? `${first.stem}-and-${others[0]?.stem}` : `${first.stem}-and-${others.length}-more`
  return { ...first, stem, podSelector, subjects: group.flatMap(({ subjects }) => subjects) }
}
