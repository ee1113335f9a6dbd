import type { Policy, Rule } from '#core/model/rule.ts'

/**
 * The rules with no more ports than count for one entry of addresses, counted over the rules of a direction for blocks, and
 * for each rule alone for pods: what is beyond is left out (semantics.md D.8). Unchanged rules stay the same objects.
 */
export function limitPorts({ rules }: Pick<Policy, 'rules'>, limit: number): readonly Rule[] {
  const used = new Map<string, number>()
  return rules.map((rule) => {
    if (rule.ports === 'any') return rule
    const keys = blockKeys(rule)
    const before = Math.max(0, ...keys.map((key) => used.get(key) ?? 0))
    const left = Math.max(0, limit - before)
    for (const key of keys) used.set(key, (used.get(key) ?? 0) + rule.ports.length)
    return rule.ports.length > left ? { ...rule, ports: rule.ports.slice(0, left) } : rule
  })
}

function blockKeys({ direction, peers }: Rule): readonly string[] {
  if (peers === 'any') return []
  return peers.flatMap((peer) => (peer.type === 'ipBlock' ? [`${direction} ${peer.cidr}`] : []))
}
