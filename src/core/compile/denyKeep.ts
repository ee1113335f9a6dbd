import { portText, type PeerText, type RuleText } from '#core/kinds/networkPolicyText.ts'
import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import { groupBy } from '#core/model/group.ts'
import {
  ALL_PORTS,
  coversPorts,
  equalPorts,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  type PortSet,
  subtractPorts,
} from '#core/model/ports.ts'
import { askedPorts, parsePortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { dnsOf, dnsPods } from './dns.ts'
import type { Draft } from './draft.ts'
import { specsOf } from './narrowPorts.ts'
import { isWithin } from './outcome.ts'
import { podsOf, endOf, peersOf, selectable, workloadsOf } from './peers.ts'
import { isSame } from './same.ts'
import { offeredPorts } from './services.ts'

/** Whose traffic is kept in a direction, and what of it is not: `ports` with `other`. */
export interface Keeping {
  readonly own: End & { readonly namespace: string }
  readonly direction: Direction
  readonly not?: { readonly other: End; readonly ports: PortSet } | undefined
}

/** Rules that keep something, with what can't be kept. */
export interface Kept {
  readonly rules: readonly RuleText[]
  readonly warnings: readonly string[]
}

/** Rules for all that the loaded workloads may send (or receive) now but DNS; a namespace of which all may is one peer. */
export function presentTraffic(draft: Draft, keeping: Keeping): Kept {
  return rulesFor(draft, keeping, presentFlows(draft, keeping))
}

/** The same, and what the checks want open to or from the outside of the cluster. */
export function presentAndChecked(draft: Draft, keeping: Keeping): Kept {
  const outside = checkedFlows(draft, keeping).filter(({ end }) => !('namespace' in end) && !('anyNamespace' in end))
  return rulesFor(draft, keeping, [...outside, ...presentFlows(draft, keeping)])
}

/** Rules for what the checks want open there but DNS, and nothing else; also where the other half is closed now. */
export function checkedTraffic(draft: Draft, keeping: Keeping): Kept {
  return rulesFor(draft, keeping, checkedFlows(draft, keeping))
}

function presentFlows(draft: Draft, keeping: Keeping): readonly Flow[] {
  const { cluster } = draft.evaluation
  const running = cluster.workloads.filter(({ pods }) => pods.some(({ finished }) => !finished))
  return [...groupBy(running, ({ namespace }) => namespace).values()].flatMap((all) =>
    foldNamespace(all.map((workload) => ({ workload, ports: portsWith(draft, keeping, workload) }))),
  )
}

function checkedFlows(draft: Draft, keeping: Keeping): readonly Flow[] {
  const { own, direction, not } = keeping
  const flows = draft.loaded.checks.flatMap((check): readonly Flow[] => {
    const [mine, other] = direction === 'ingress' ? [check.to, check.from] : [check.from, check.to]
    const isOwn = isWithin(draft.evaluation, own, mine) || isWithin(draft.evaluation, mine, own)
    if (check.expect !== 'allowed' || !isOwn || (not && 'anywhere' in other)) return []
    const specs = check.ports.flatMap((text) => parsePortSpec(text) ?? [])
    if (!not || !isWithin(draft.evaluation, not.other, other)) return [{ end: other, specs }]
    return withoutEnd(draft, { other, specs }, keeping)
  })
  return flows.filter((flow) => !isDns(draft, flow, keeping))
}

/** The rules that keep DNS open beside others, unless it is what is to be closed. */
export function dnsRules(draft: Draft, keeping: Keeping): readonly RuleText[] {
  return keeping.direction === 'ingress' || deniesDns(draft, keeping) ? [] : dnsOf(draft.evaluation).rules
}

function deniesDns({ evaluation }: Draft, { not }: Keeping): boolean {
  const { ids, ports } = dnsPods(evaluation)
  return (
    not !== undefined &&
    !isNoPorts(intersectPorts(ports, not.ports)) &&
    workloadsOf(evaluation, not.other).some(({ id }) => ids.has(id))
  )
}

// Whether DNS stays is a question of its own, with rules of its own.
function isDns(draft: Draft, { end, specs }: Flow, keeping: Keeping): boolean {
  const { ids, all } = dnsPods(draft.evaluation)
  if (keeping.direction === 'ingress' || !ids.has(endId(end)) || deniesDns(draft, keeping)) return false
  return specs.length > 0 && coversPorts(all, askedPorts(specs, podsOf(draft.evaluation, end)).ports)
}

// Of DNS servers only what else they offer, never all ports.
function withoutDns(draft: Draft, workload: Workload, open: PortSet): PortSet {
  const { ids, all } = dnsPods(draft.evaluation)
  if (!ids.has(workload.id)) return open
  return subtractPorts(intersectPorts(open, offeredPorts(draft.evaluation.cluster, workload)), all)
}

interface Flow {
  readonly end: End
  /** None: every port. */
  readonly specs: readonly PortSpec[]
}

interface Share {
  readonly workload: Workload
  readonly ports: PortSet
}

function portsWith(draft: Draft, keeping: Keeping, workload: Workload): PortSet {
  const { own, direction, not } = keeping
  const other = endOf(workload)
  const [from, to] = direction === 'ingress' ? [other, own] : [own, other]
  const now = verdictOf(draft.evaluation, from, to)?.allowed ?? NO_PORTS
  const open = direction === 'ingress' || deniesDns(draft, keeping) ? now : withoutDns(draft, workload, now)
  return not && isWithin(draft.evaluation, other, not.other) ? subtractPorts(open, not.ports) : open
}

function foldNamespace(all: readonly Share[]): readonly Flow[] {
  const [first, ...others] = all
  const isAlike = first && others.length > 0 && others.every(({ ports }) => equalPorts(ports, first.ports))
  if (isAlike) return flowOf({ namespace: first.workload.namespace }, first.ports)
  return all.flatMap(({ workload, ports }) => (selectable(workload) ? flowOf(endOf(workload), ports) : []))
}

function flowOf(end: End, ports: PortSet): readonly Flow[] {
  if (isNoPorts(ports)) return []
  return [{ end, specs: equalPorts(ports, ALL_PORTS) ? [] : specsOf(ports) }]
}

// A check about more than the end that is denied: the others of it, one by one, and what other ports it has.
function withoutEnd(
  draft: Draft,
  { other, specs }: { readonly other: End; readonly specs: readonly PortSpec[] },
  { own, direction, not }: Keeping,
): readonly Flow[] {
  const pods = podsOf(draft.evaluation, direction === 'ingress' ? own : other)
  const asked = askedPorts(specs, pods).ports
  const members = workloadsOf(draft.evaluation, other).filter(selectable).map(endOf)
  const all: readonly End[] = members.length > 0 && !('workload' in other) ? members : [other]
  return all.flatMap((end) => {
    const isDenied = not !== undefined && isWithin(draft.evaluation, end, not.other)
    if (isDenied) return flowOf(end, subtractPorts(asked, not.ports))
    return endId(end) === endId(other) && !('namespace' in end) ? [] : [{ end, specs }]
  })
}

// Peers of the same ports are one rule (semantics.md F.1.4).
function rulesFor(draft: Draft, { own }: Keeping, flows: readonly Flow[]): Kept {
  const warnings = new Set<string>()
  const named = flows.flatMap(({ end, specs }) => {
    const found = peersOf(draft.evaluation, own.namespace, end)
    if ('refusal' in found) warnings.add(`${endName(end)} is cut off: ${found.refusal}`)
    else for (const warning of found.warnings) warnings.add(warning)
    return 'refusal' in found ? [] : [{ peers: found.peers, ports: specs.map(portText) }]
  })
  const rules = [...groupBy(named, ({ ports }) => JSON.stringify(ports)).values()].map((group): RuleText => {
    const isOpen = group.some(({ peers }) => peers === 'any')
    const peers = group.flatMap((one) => (one.peers === 'any' ? [] : one.peers))
    return { peers: isOpen ? 'any' : distinct(peers), ports: group[0]?.ports ?? [] }
  })
  return { rules, warnings: [...warnings] }
}

function distinct(peers: readonly PeerText[]): readonly PeerText[] {
  return peers.filter((peer, i) => peers.findIndex((other) => isSame(other, peer)) === i)
}
