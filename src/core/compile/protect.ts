import { verdictOf } from '#core/evaluate/evaluate.ts'
import type { Workload } from '#core/model/cluster.ts'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import { ALL_PORTS, coversPorts, NO_PORTS, type PortSet, unitePorts } from '#core/model/ports.ts'
import { askedPorts } from '#core/model/portSpec.ts'
import { planDefaultDeny } from './defaultDeny.ts'
import { dnsPods } from './dns.ts'
import type { Draft } from './draft.ts'
import type { Edge } from './edges.ts'
import { checkedNeeds, exposedNeeds, presentNeeds, unspoken } from './needs.ts'
import { apart, listed, openEdges } from './openEdges.ts'
import { isWithin, joined, type Outcome, type Planned, type Step } from './outcome.ts'
import { endOf, podsOf, selectable } from './peers.ts'
import { directionsOf } from './wholeSet.ts'

type ProtectIntent = Extract<Intent, { type: 'protect' }>

/** A set to be written: what it is for, and what must be known about how it was found. */
interface Way {
  readonly title: string
  readonly edges: readonly Edge[]
  readonly sentences: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Denies everything in the namespaces but what is needed: the allowed checks, what Services and Ingress expose, and DNS
 * (semantics.md F.1). Of workloads that offer something and are in no check, it is offered to keep them reachable in their
 * namespace. Policies that are there stay, and what they allow is not written again.
 */
export function planProtect(start: Draft, intent: ProtectIntent): Planned {
  const { namespaces, sentences } = chosen(start, intent)
  if (namespaces.length === 0)
    return { refusal: 'There is no namespace with pods to protect: open or draw some first.' }
  const lost = namespaces.find((name) => !start.loaded.cluster.namespaces.some((one) => one.name === name))
  if (lost !== undefined)
    return { refusal: `There is no namespace ${lost}: open its manifest, or put it on the canvas.` }
  return waysFor(start, namespaces).map((way) =>
    protect(start, { ...way, sentences: [...sentences, ...way.sentences] }, { ...intent, namespaces }),
  )
}

// What runs the cluster itself is not protected unasked: to cut it off is an outage.
const SYSTEM = /^(?:kube-.*|openshift(?:-.*)?|calico-.*|cilium(?:-.*)?|tigera-.*|gke-.*|gmp-.*|local-path-storage)$/

function chosen(
  { evaluation }: Draft,
  { namespaces }: ProtectIntent,
): Pick<ProtectIntent, 'namespaces'> & { readonly sentences: readonly string[] } {
  if (namespaces.length > 0) return { namespaces: [...new Set(namespaces)], sentences: [] }
  const { settings, cluster } = evaluation
  const homes = [...new Set(cluster.workloads.filter(isReal).map(({ namespace }) => namespace))].toSorted()
  const controller = settings.ingressController === 'unknown' ? undefined : settings.ingressController.namespace
  const isSystem = (name: string): boolean => SYSTEM.test(name) || name === controller
  const left = homes.filter(isSystem)
  return {
    namespaces: homes.filter((name) => !isSystem(name)),
    sentences: left.length === 0 ? [] : [`Leaves out ${listed(left)}: the cluster itself runs there.`],
  }
}

function isReal(workload: Workload): boolean {
  return !workload.assumed && selectable(workload)
}

function waysFor(start: Draft, namespaces: readonly string[]): readonly Way[] {
  const own = start.evaluation.cluster.workloads.filter((one) => namespaces.includes(one.namespace) && isReal(one))
  const checked = checkedNeeds(start, namespaces)
  const exposed = exposedNeeds(start, own)
  const edges = [...checked.edges, ...exposed.edges]
  const warnings = [...checked.warnings, ...exposed.warnings]
  // Who is exposed to the world may be asked by neighbours, too.
  const silent = unspoken(start, own, checked.edges)
  const cutOff = unspoken(start, own, edges)
  const told = [countChecks(checked.edges.length), ...exposedSentence(exposed.edges)]
  const strict: Way = {
    title: 'Only what the checks say',
    edges,
    sentences: told,
    warnings: [...warnings, ...cutSentence(cutOff)],
  }
  if (silent.length === 0) return [strict]
  const kind: Way = {
    title: 'What the checks say, and Services stay open inside their namespaces',
    edges: [...edges, ...presentNeeds(start, silent, own)],
    sentences: [...told, keptSentence(silent)],
    warnings,
  }
  return [kind, strict]
}

function cutSentence(cutOff: readonly Workload[]): readonly string[] {
  if (cutOff.length === 0) return []
  const them = cutOff.length === 1 ? 'it' : 'them'
  return [
    `No check speaks of ${namesOf(cutOff)}: nobody reaches ${them} any more, unless a policy that is there says so.`,
  ]
}

function keptSentence(silent: readonly Workload[]): string {
  const [them, offer] = silent.length === 1 ? ['it', 'it offers'] : ['them', 'they offer']
  return `No check speaks of ${namesOf(silent)}: what ${offer} stays open to pods that reach ${them} by a policy now, and where none isolates ${them}, to all of its namespace.`
}

function namesOf(workloads: readonly Workload[]): string {
  return listed(workloads.map((one) => endName(endOf(one))))
}

function countChecks(count: number): string {
  if (count === 0) return 'No check asks for a connection here.'
  return `Keeps open, or opens, what ${count === 1 ? 'one check asks' : `${count} checks ask`} for.`
}

function exposedSentence(edges: readonly Edge[]): readonly string[] {
  const names = [...new Set(edges.map(({ to }) => endName(to)))]
  return names.length === 0 ? [] : [`Keeps open what is exposed to others: ${listed(names)}.`]
}

function protect(start: Draft, way: Way, intent: ProtectIntent): Outcome {
  const denied = denyAll({ draft: start, sentences: way.sentences, warnings: way.warnings }, intent)
  const opened = openEdges(denied, way.edges, new Set(intent.namespaces))
  const stuck = way.edges.filter((edge) => !isOpen(opened.draft, edge) && !isExplained(opened, edge))
  const still = stuck.map(({ from, to }) => `${endName(from)} → ${endName(to)} is not open even so, at least in part.`)
  return {
    ...opened,
    title: way.title,
    warnings: [...new Set([...opened.warnings, ...still])],
    wanted: wantedBy(opened.draft, way.edges, intent),
    preview: true,
  }
}

function denyAll(step: Step, { namespaces, directions }: ProtectIntent): Step {
  let now = step
  for (const namespace of namespaces)
    for (const direction of directionsOf({ directions })) {
      const dns = direction === 'egress'
      const next = planDefaultDeny(now.draft, { type: 'default-deny', namespace, direction, on: true, dns })
      if ('draft' in next) now = joined(now, next)
    }
  return now
}

function isExplained({ warnings }: Step, { from, to }: Edge): boolean {
  return warnings.some((one) => one.startsWith(apart(from, to, '')) || one.startsWith(apart(to, from, '')))
}

function isOpen({ evaluation }: Draft, { from, to, ports }: Edge): boolean {
  const verdict = verdictOf(evaluation, from, to)
  return verdict !== undefined && coversPorts(verdict.allowed, askedPorts(ports, podsOf(evaluation, to)).ports)
}

function wantedBy(end: Draft, edges: readonly Edge[], { namespaces, directions }: ProtectIntent): Outcome['wanted'] {
  const { evaluation } = end
  const homes = new Set(namespaces)
  const isHome = (one: End): boolean => 'namespace' in one && homes.has(one.namespace)
  const dns = dnsPods(evaluation)
  const asked = edges.map((edge) => ({ ...edge, set: askedPorts(edge.ports, podsOf(evaluation, edge.to)).ports }))
  const opens = (from: End, to: End): PortSet => {
    if (directions === 'both' && isHome(from) && dns.ids.has(endId(to))) return ALL_PORTS
    const about = asked.filter((edge) => isWithin(evaluation, from, edge.from) && isWithin(evaluation, to, edge.to))
    return about.map(({ set }) => set).reduce(unitePorts, NO_PORTS)
  }
  return (effect, from, to) => {
    if (effect === 'closes') return isHome(to) || (directions === 'both' && isHome(from)) ? ALL_PORTS : NO_PORTS
    return effect === 'opens' ? opens(from, to) : NO_PORTS
  }
}
