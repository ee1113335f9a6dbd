import type { Evaluation } from '#core/evaluate/evaluate.ts'
import { type Profiled, waysOf } from '#core/evaluate/profiled.ts'
import { coversIps, intersectIps, ipBlock, type IpSet, isNoIps, NO_IPS, parseCidr, uniteIps } from '#core/model/cidr.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { IpBlockMatcher, PodMatcher, Policy } from '#core/model/rule.ts'
import { factsOf } from '#engine/differs.ts'
import { cniName, someOf } from './cni.ts'

/**
 * Why lists of connections that are surely open may leave something out, and what to load or say so that they don't: at most
 * a sentence for each reason. Nothing where all is known.
 */
export function hintsOf(profiled: Profiled): readonly string[] {
  const said = waysOf(profiled).flatMap((way) => [...namespaceHint(way), ...addressHint(way)])
  return [...new Set(said), ...factHints(profiled)]
}

function factHints({ reference: { settings }, variants, deviations }: Profiled): readonly string[] {
  if (variants.length === 0) return []
  const open = factsOf(deviations.filter(({ uncertain }) => uncertain))
  return open.map(
    ({ note, source, policies }) =>
      `Not known of ${cniName(settings)}: ${note} What depends on it in ${someOf(policies)} is undetermined and left out. (${source})`,
  )
}

// Policies that the CNI leaves out ask for nothing.
function speaks({ directions, unevaluated }: Policy): boolean {
  return directions.length > 0 || unevaluated !== undefined
}

function namespaceHint({ cluster, policies, settings }: Evaluation): readonly string[] {
  const missing = cluster.namespaces.filter(({ loaded }) => !loaded).length
  if (missing === 0 || settings.unknownLabels === 'absent') return []
  const matchers = policies
    .filter(speaks)
    .flatMap(({ subject, rules }) => [
      subject,
      ...rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers.filter((peer) => peer.type === 'pods'))),
    ])
  if (!matchers.some(asksForLabels)) return []
  return [
    `Policies ask for labels of namespaces, and ${missing === 1 ? '1 namespace is' : `${missing} namespaces are`} not loaded: what depends on them is undetermined and left out. ` +
      'Add what kubectl get namespaces -o yaml prints, or say --unknown-labels absent.',
  ]
}

function asksForLabels({ namespaces }: PodMatcher): boolean {
  return namespaces.type === 'selector' && namespaces.selector.some(({ key }) => key !== NAMESPACE_NAME_LABEL)
}

function addressHint({ cluster, policies, settings }: Evaluation): readonly string[] {
  const { podCidrs } = settings
  if (podCidrs === 'none' || !settings.ipBlocksMatchPods) return []
  const isMissing = cluster.workloads.some(({ pods }) =>
    pods.some(({ ips, finished }) => !finished && ips.length === 0),
  )
  const blocks = policies
    .filter(speaks)
    .flatMap(({ rules }) =>
      rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers.filter((peer) => peer.type === 'ipBlock'))),
    )
  const home = podCidrs.map((cidr) => parseCidr(cidr) ?? NO_IPS).reduce(uniteIps, NO_IPS)
  if (!isMissing || !blocks.some((block) => isOpen(block, home))) return []
  return [
    'Policies name IP blocks, and the addresses of some pods are not known: whether the blocks hold them is undetermined and left out. ' +
      'Add what kubectl get pods -A -o yaml prints, or say --pod-cidr.',
  ]
}

// Holds the block some of the addresses that pods of its family may have, but not all?
function isOpen({ cidr, except }: IpBlockMatcher, home: IpSet): boolean {
  const block = ipBlock(cidr, except)
  const own = cidr.includes(':') ? { ...NO_IPS, v6: home.v6 } : { ...NO_IPS, v4: home.v4 }
  return !isNoIps(intersectIps(block, own)) && !coversIps(block, own)
}
