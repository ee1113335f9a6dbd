import { nodesAt } from '#core/evaluate/blocks.ts'
import { portsAt } from '#core/evaluate/destinationPorts.ts'
import { pointsAt } from '#core/evaluate/matching.ts'
import { endsOfRule } from '#core/evaluate/peers.ts'
import { populationOf } from '#core/evaluate/population.ts'
import { intersectIps, ipBlock, isNoIps } from '#core/model/cidr.ts'
import { type End, endId } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import { intersectPorts, isNoPorts } from '#core/model/ports.ts'
import type { PeerMatcher, Policy, PortMatcher, Rule } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import { nameRule } from './named.ts'
import { edgeId } from './edge.ts'
import { ask } from './portTexts.ts'
import { podsOf, type Scene } from './scene.ts'

/** One text for a place in a document, to compare places by. */
export function placeKey(ref: Ref): string {
  return `${ref.document}\n${ref.path.join('/')}`
}

/** The edges that one of these rules, backends or checks names or decides. */
export function edgesTouching(edges: readonly Edge[], refs: readonly Ref[]): readonly Edge[] {
  const keys = new Set(refs.map(placeKey))
  if (keys.size === 0) return []
  const isOurs = (ref: Ref): boolean => keys.has(placeKey(ref))
  return edges.filter((edge) => edge.rules.some(isOurs) || edge.checks.some((check) => isOurs(check.ref)))
}

/** Of the rule's edges, those that this peer makes: it names them, or takes in who stands at the far end. */
export function edgesOfPeer(
  scene: Scene,
  edges: readonly Edge[],
  { policy, rule, peer }: { readonly policy: Policy; readonly rule: Rule; readonly peer: PeerMatcher },
): readonly Edge[] {
  const alone: Rule = { ...rule, peers: [peer] }
  const named = new Set(nameRule(scene, policy, alone).connections.map(edgeId))
  const ends = new Set(endsOfRule(scene.evaluation, policy, alone).peers.map(endId))
  return edgesTouching(edges, [rule.ref]).filter((edge) => {
    const far = rule.direction === 'ingress' ? edge.from : edge.to
    return named.has(edge.id) || ends.has(endId(far)) || takesIn(scene, alone, { peer, far })
  })
}

// Classes don't tell apart the blocks of one rule: addresses are compared as such.
function takesIn(scene: Scene, alone: Rule, { peer, far }: { readonly peer: PeerMatcher; readonly far: End }): boolean {
  if ('cidr' in far) {
    if (peer.type === 'pods') return false
    if (peer.type === 'ipBlock')
      return !isNoIps(intersectIps(ipBlock(peer.cidr, peer.except), ipBlock(far.cidr, far.except ?? [])))
  }
  if ('node' in far && peer.type === 'nodes')
    return nodesAt(peer, scene.evaluation.cluster.nodes).some(({ name }) => name === far.node)
  const there = populationOf(scene.evaluation, far, scene.shown)
  return there?.members.some((member) => pointsAt(scene.evaluation, alone, member.class) !== 'no') ?? false
}

/** Of the rule's edges, those that ask for this port. */
export function edgesOfPort(
  scene: Scene,
  edges: readonly Edge[],
  { rule, port }: { readonly rule: Rule; readonly port: PortMatcher },
): readonly Edge[] {
  const alone: Rule = { ...rule, ports: [port] }
  return edgesTouching(edges, [rule.ref]).filter((edge) => {
    const asked = ask(edge.asked ?? [], podsOf(scene, edge.to)).ports
    const there = populationOf(scene.evaluation, edge.to, scene.shown)
    const own = there?.members.map((member) => portsAt(scene.evaluation, alone, member.class)) ?? []
    return own.some((ports) => !isNoPorts(intersectPorts(ports, asked)))
  })
}
