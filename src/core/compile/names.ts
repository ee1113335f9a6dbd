import { type End, endName } from '#core/model/end.ts'
import type { PlanStyle } from '#core/model/intent.ts'
import { formatPortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { FieldPath } from '#core/model/text.ts'
import type { HalfText } from './halfText.ts'

/** What the name of a new policy is made of (design.md 8): by workload and direction, by edge, or by what it allows. */
export function nameParts(style: PlanStyle, half: HalfText): readonly [stem: string, suffix: string] {
  const { direction, subject, other, both } = half
  if (!other || style === 'per-workload') return [subject.stem, `-${direction}`]
  const isIngress = direction === 'ingress'
  if (style === 'per-namespace') return [`allow-${isIngress ? 'from' : 'to'}-${stemOf(other)}`, '']
  const [from, to] = isIngress ? [other, subject.end] : [subject.end, other]
  return [`allow-${stemOf(from)}-to-${stemOf(to)}`, both === true ? `-${direction}` : '']
}

/** An end as somebody in this namespace would call it: `web`, `data/db`, `the internet`. */
export function shortName(end: End, namespace: string): string {
  return 'workload' in end && end.namespace === namespace ? stemOf(end) : endName(end)
}

/** Ports for people: `TCP 80, UDP 53`, `all ports` where there are none. */
export function portNames(ports: readonly PortSpec[]): string {
  return ports.length === 0 ? 'all ports' : ports.map((port) => formatPortSpec(port).replace('/', ' ')).join(', ')
}

/** What a policy loses with the rule, peer or port at a path, for people: `Takes a port out of rule 1 of `db-ingress`.` */
export function takenOut([, , index, key]: FieldPath, name: string): string {
  const rule = `rule ${Number(index) + 1}`
  if (key === undefined) return `Takes ${rule} out of ${name}.`
  return `Takes ${key === 'ports' ? 'a port' : `a peer (${key})`} out of ${rule} of ${name}.`
}

function stemOf(end: End): string {
  if ('workload' in end) return end.workload.slice(end.workload.indexOf('/') + 1)
  if ('namespace' in end) return end.namespace
  if ('internet' in end) return 'internet'
  return 'ingressController' in end ? 'ingress-controller' : endName(end)
}
