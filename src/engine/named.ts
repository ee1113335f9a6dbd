import { endsOfRule } from '#core/evaluate/peers.ts'
import { coversIps, ipBlock, type IpSet, parseCidr, uniteIps } from '#core/model/cidr.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Policy, Rule } from '#core/model/rule.ts'
import { connect, type Connection } from './edge.ts'
import { specsOfRule } from './portTexts.ts'
import { endOf, type Scene } from './scene.ts'

/** A rule and the connections that it names: each subject × each peer, with the rule's ports. */
export interface Naming {
  readonly rule: Rule
  readonly connections: readonly Connection[]
  /** How many were left out because there are too many of one rule. */
  readonly leftOut: number
}

// One rule between two hundred sources and two hundred targets is no picture any more.
const MOST_OF_ONE_RULE = 4000

/** What a rule names. A subject that is a whole namespace ends at its box, as such a peer does (design.md 9). */
export function nameRule(scene: Scene, policy: Policy, rule: Rule): Naming {
  const ends = endsOfRule(scene.evaluation, policy, rule)
  const subjects = subjectsOf(scene, policy, ends.subjects)
  const peers = uniqueEnds(ends.peers.map(asShown))
  const specs = specsOfRule(rule.ports)
  const all = subjects.flatMap((subject) =>
    peers.flatMap((peer) => {
      if (endId(subject) === endId(peer) && 'workload' in subject) return []
      return rule.direction === 'ingress' ? connect(peer, subject, specs) : connect(subject, peer, specs)
    }),
  )
  return { rule, connections: all.slice(0, MOST_OF_ONE_RULE), leftOut: Math.max(0, all.length - MOST_OF_ONE_RULE) }
}

const EVERYTHING = new Set(['0.0.0.0/0', '::/0'])

// What people cut out of "the internet": networks that are not on it (RFC 1918, 6598, 3927, 1122; RFC 4193, 4291).
const NOT_PUBLIC: IpSet = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
]
  .map((cidr) => ipBlock(cidr, []))
  .reduce(uniteIps)

/** An end as the canvas shows it: all addresses, with or without private ones, are the internet; other blocks stay themselves. */
function asShown(end: End): End {
  if (!('cidr' in end) || !EVERYTHING.has(end.cidr)) return end
  const onlyPrivate = (end.except ?? []).every((hole) => {
    const addresses = parseCidr(hole)
    return addresses !== undefined && coversIps(NOT_PUBLIC, addresses)
  })
  return onlyPrivate ? { internet: true } : end
}

function subjectsOf(scene: Scene, policy: Policy, ids: readonly string[]): readonly End[] {
  const whole = policy.subject.pods.length === 0 && policy.subject.namespaces.type === 'name'
  if (whole && policy.namespace !== undefined && ids.length > 0) return [{ namespace: policy.namespace }]
  return ids.flatMap((id) => {
    const workload = scene.workloads.get(id)
    return workload ? [endOf(workload)] : []
  })
}

function uniqueEnds(ends: readonly End[]): readonly End[] {
  return [...new Map(ends.map((end) => [endId(end), end])).values()]
}
