/**
 * What a drawing means, worked out from its edges and from the reference alone: each isolated end of a connection must be
 * covered by an edge, by DNS, or by a policy that was there (semantics.md A.1, F.1.5).
 */
import type { RawCluster, RawEnd, RawPod, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { inCidr, isSelectable, selects } from '#core/evaluate/rawMatch.testkit.ts'
import { effectiveTypes, type RawTarget, referenceVerdict } from '#core/evaluate/reference.testkit.ts'
import { type End, endId } from '#core/model/end.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Drawing, Stroke } from './drawing.testkit.ts'
import type { Made } from './drawingText.testkit.ts'

export type Side = 'ingress' | 'egress'

/** An edge that was drawn, whether the internet has IPv6 then, and the blocks that policies name then: they aren't it. */
export interface Drawn extends Stroke {
  readonly v6: boolean
  readonly shown: readonly End[]
}

/** A drawing and the edges that were really drawn. */
export interface Meaning {
  readonly drawing: Drawing
  readonly drawn: readonly Drawn[]
  /**
   * The most that it may be taken for, not the least: workloads that no selector tells from drawn ones count as drawn, and
   * the internet is all that its block has, with what is shown or reserved there (design.md 8).
   */
  readonly most: Most
}

/** What is taken at its widest. */
export interface Most {
  readonly twins: boolean
  readonly internet: boolean
}

/** Exactly what is drawn. */
export const EXACT: Most = { twins: false, internet: false }

const TYPE = { ingress: 'Ingress', egress: 'Egress' } as const
// Private, shared and link-local addresses are not the internet (semantics.md F.1.9).
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
]
// Documentation has public addresses of its own (RFC 5737, RFC 3849): nobody's, but inside of the internet's block.
const RESERVED = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32']
const UNSTABLE: ReadonlySet<string> = new Set(['statefulset.kubernetes.io/pod-name'])

/** Must this connection be open? */
export function isMeant(meaning: Meaning, src: RawEnd, dst: RawEnd, target: RawTarget): boolean {
  return (['ingress', 'egress'] as const).every((side) => halfIsMeant(meaning, side, [src, dst], target))
}

/** Is the pod isolated before anything is drawn? */
export function isIsolated({ cluster, deny }: Drawing, pod: RawEnd, side: Side): boolean {
  if (!isSelectable(pod)) return false
  if (deny?.directions.includes(side) === true && pod.namespace !== 'kube-system') return true
  return cluster.policies.some(
    (policy) =>
      policy.namespace === pod.namespace &&
      effectiveTypes(policy).includes(TYPE[side]) &&
      selects(policy.spec.podSelector ?? {}, pod.labels),
  )
}

/** Is it (part of) this end, as policies see it: pods by their place, everything else by its address? */
export function isAt(
  { drawing, most }: Meaning,
  end: End,
  one: RawEnd,
  seen: Pick<Drawn, 'v6' | 'shown'> = ALL,
): boolean {
  if ('anywhere' in end) return true
  if ('namespace' in end || 'anyNamespace' in end) return isSelectable(one) && isPodAt(drawing, end, one, most.twins)
  if ('cidr' in end) return isInBlock(end, one)
  if ('host' in end) return one.ip === end.host
  return 'internet' in end && isInternet(one, seen) && (most.internet || !isShown(one, seen))
}

const ALL = { v6: true, shown: [] }

function isInternet({ ip }: RawEnd, { v6 }: Pick<Drawn, 'v6'>): boolean {
  return !PRIVATE.some((block) => inCidr(ip, block)) && (v6 || !ip.includes(':'))
}

function isShown(one: RawEnd, { shown }: Pick<Drawn, 'shown'>): boolean {
  const isNarrow = (end: End): boolean => 'cidr' in end && !end.cidr.endsWith('/0') && isInBlock(end, one)
  return RESERVED.some((block) => inCidr(one.ip, block)) || shown.some(isNarrow)
}

function isInBlock({ cidr, except = [] }: Extract<End, { readonly cidr: string }>, { ip }: RawEnd): boolean {
  return inCidr(ip, cidr) && !except.some((hole) => inCidr(ip, hole))
}

/**
 * Can no selector of stable labels select all pods of `own` and none of `other` (semantics.md F.3, F.4)? Tried key by key.
 * Pods without a stable label can't be selected alone at all.
 */
export function isTwin(own: Made, other: Made): boolean {
  if (own === other || own.end.namespace !== other.end.namespace) return false
  const mine = own.pods.filter(isSelectable)
  if (!mine.some(({ labels }) => Object.keys(labels).some((key) => !UNSTABLE.has(key)))) return true
  return other.pods.some((pod) => isSelectable(pod) && isTakenIn(mine, pod))
}

// The narrowest selector of F.4 asks for what all its own pods have, and keeps out values that none of them has.
function isTakenIn(mine: readonly RawPod[], pod: RawPod): boolean {
  const keys = [...new Set([...mine, pod].flatMap(({ labels }) => Object.keys(labels)))]
  return keys.every((key) => {
    if (UNSTABLE.has(key)) return true
    const values = mine.map(({ labels }) => labels[key])
    const isCommon = values.every((value) => value === values[0])
    // A pod without the key passes every NotIn and DoesNotExist.
    return values.includes(pod.labels[key]) || (pod.labels[key] === undefined && !isCommon)
  })
}

function isPodAt({ workloads }: Drawing, end: End, pod: RawPod, twins: boolean): boolean {
  if ('anyNamespace' in end) return true
  if (!('workload' in end)) return 'namespace' in end && end.namespace === pod.namespace
  const own = workloads.find((one) => endId(one.end) === endId(end))
  if (!own) return false
  const all = twins ? [own, ...workloads.filter((other) => isTwin(own, other))] : [own]
  return all.some(({ pods }) => pods.includes(pod))
}

function halfIsMeant(meaning: Meaning, side: Side, [src, dst]: readonly [RawEnd, RawEnd], target: RawTarget): boolean {
  const { drawing, drawn } = meaning
  const [subject, peer] = side === 'ingress' ? [dst, src] : [src, dst]
  if (!isIsolated(drawing, subject, side) || isExempt(drawing.cluster, side, src, dst)) return true
  if (drawing.deny === undefined && allowedBefore(drawing.cluster, side, [src, dst], target)) return true
  if (side === 'egress' && isDns(drawing, dst, target)) return true
  return drawn.some(({ from, to, ports, ...seen }) => {
    const [own, other] = side === 'ingress' ? [to, from] : [from, to]
    const isInside = 'namespace' in own || 'anyNamespace' in own
    const isHere = isInside && isAt(meaning, own, subject, seen) && isAt(meaning, other, peer, seen)
    return (
      isHere &&
      isAsked(
        ports,
        drawing.cluster.pods.filter((pod) => isNamedAt(meaning, to, pod)),
        target,
      )
    )
  })
}

// Own node: nothing that a policy says keeps it out (semantics.md A.10).
function isExempt(cluster: RawCluster, side: Side, src: RawEnd, dst: RawEnd): boolean {
  const subject = side === 'ingress' ? dst : src
  if (!('labels' in subject)) return true
  const deny: RawPolicy = { namespace: subject.namespace, name: 'deny', spec: { policyTypes: [TYPE[side]] } }
  return referenceVerdict({ ...cluster, policies: [deny] }, src, dst, { protocol: 'TCP', port: 1 }) === 'allowed'
}

function allowedBefore(
  cluster: RawCluster,
  side: Side,
  [src, dst]: readonly [RawEnd, RawEnd],
  target: RawTarget,
): boolean {
  const policies = cluster.policies
    .filter((policy) => effectiveTypes(policy).includes(TYPE[side]))
    .map(({ spec: { ingress = [], egress = [], ...spec }, ...policy }) => ({
      ...policy,
      spec: { ...spec, policyTypes: [TYPE[side]], ...(side === 'ingress' ? { ingress } : { egress }) },
    }))
  return referenceVerdict({ ...cluster, policies }, src, dst, target) === 'allowed'
}

function isDns({ deny }: Drawing, dst: RawEnd, { protocol, port }: RawTarget): boolean {
  const isServer = 'labels' in dst && dst.namespace === 'kube-system' && dst.labels['k8s-app'] === 'kube-dns'
  return deny?.dns === true && isServer && port === 53 && protocol !== 'SCTP'
}

function isNamedAt({ drawing, most }: Meaning, to: End, pod: RawPod): boolean {
  return podsAt(drawing, to).includes(pod) || ('workload' in to && isPodAt(drawing, to, pod, most.twins))
}

// A name stands for all ports that the pods at the destination declare under it (design.md 8, asked ports).
function isAsked(specs: readonly string[], pods: readonly RawPod[], { protocol, port }: RawTarget): boolean {
  if (specs.length === 0) return true
  return specs.some((text) => {
    const spec = parsePortSpec(text)
    if (spec?.protocol !== protocol) return false
    if (spec.port.type === 'all') return true
    if (spec.port.type === 'range') return spec.port.from <= port && port <= spec.port.to
    const { name } = spec.port
    return pods.some(({ ports }) =>
      ports.some((own) => own.name === name && own.protocol === protocol && own.port === port),
    )
  })
}

/** The pods at an end: none for what lies outside. */
export function podsAt({ cluster, workloads }: Drawing, end: End): readonly RawPod[] {
  if ('workload' in end) return workloads.find((one) => endId(one.end) === endId(end))?.pods ?? []
  if ('namespace' in end) return cluster.pods.filter(({ namespace }) => namespace === end.namespace)
  return 'anyNamespace' in end ? cluster.pods : []
}
