import { isolationOf } from '#core/evaluate/evaluate.ts'
import { sameOr } from '#core/checks/under.ts'
import type { Profiled, ProfiledVerdict } from '#core/evaluate/profiled.ts'
import { groupBy } from '#core/model/group.ts'
import type { Differs, Edge, Isolated } from '#core/model/picture.ts'
import { coversPorts, equalPorts, formatPorts, intersectPorts, type PortSet } from '#core/model/ports.ts'
import type { Deviation, DifferingFact, ShownProfile } from '#core/model/profile.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Settings } from '#core/model/settings.ts'
import { statusOf } from '#core/model/status.ts'
import type { Status, Verdict } from '#core/model/verdict.ts'
import { profileOf } from '#core/profiles/index.ts'
import { readingsOf } from '#core/profiles/reading.ts'

/** How the verdict about the asked ports is another than the API's; undefined where it is the same. */
export function differsAt({ verdict, reference, differs, deviations }: ProfiledVerdict, ports: PortSet) {
  if (!differs || isSameFor(verdict, reference, ports)) return undefined
  return { reference: statusOf(reference, ports), facts: factsOf(deviations) } satisfies Differs
}

/** The same; else, what the CNI opens beside the asked ports. Where it enforces nothing the whole canvas says so already. */
export function differsAround(judged: ProfiledVerdict, ports: PortSet): Differs | undefined {
  const { verdict, reference, deviations } = judged
  const differs = differsAt(judged, ports)
  if (differs || coversPorts(reference.allowed, verdict.allowed)) return differs
  if (deviations.some(({ fact }) => fact === 'enforces')) return undefined
  return { reference: statusOf(reference, ports), facts: factsOf(deviations), beyond: formatPorts(verdict.allowed) }
}

function isSameFor(a: Verdict, b: Verdict, ports: PortSet): boolean {
  return (['allowed', 'partial', 'undetermined'] as const).every((key) =>
    equalPorts(intersectPorts(a[key], ports), intersectPorts(b[key], ports)),
  )
}

/** The facts behind deviations, each once, with the policies that they are about. */
export function factsOf(deviations: readonly Deviation[]): readonly DifferingFact[] {
  const groups = groupBy(deviations, ({ note, source }) => `${note}\n${source}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { note, source, verified, remedy } = first
    const policies = [...new Set(group.map(({ policyName }) => policyName))]
    const uncertain = group.some((one) => one.uncertain)
    return [{ note, source, verified, uncertain, policies, ...(remedy !== undefined && { remedy }) }]
  })
}

const WORDS: Readonly<Record<Status, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  partial: 'partly allowed',
  undetermined: 'undetermined',
}

/** The accessible name of an edge, with what the API says where that is something else. */
export function nameWith(name: string, differs: Differs | undefined): string {
  if (!differs) return name
  const { beyond, reference } = differs
  return beyond === undefined ? `${name}; the API says ${WORDS[reference]}` : `${name}; the CNI opens ${beyond}`
}

/** What lines that are drawn as one have in common: where the first differs, all do. */
export function differsOfAll(all: readonly Pick<Edge, 'differs'>[], reference: Status): Differs | undefined {
  const facts = all.flatMap(({ differs }) => differs?.facts ?? [])
  if (facts.length === 0) return undefined
  const groups = groupBy(facts, ({ note, source }) => `${note}\n${source}`)
  const isBeyond = all.every(({ differs }) => !differs || differs.beyond !== undefined)
  return {
    reference,
    ...(isBeyond && { beyond: 'more ports' }),
    facts: [...groups.values()].flatMap((group) => {
      const [first] = group
      const policies = [...new Set(group.flatMap((one) => one.policies))]
      return first ? [{ ...first, policies, uncertain: group.some(({ uncertain }) => uncertain) }] : []
    }),
  }
}

/** Is a workload isolated under the CNI? Unknown where that hangs on what is not known about it. */
export function isolationUnder(profiled: Profiled, id: string, direction: Direction): Isolated {
  return sameOr(profiled, (way) => isolationOf(way, id, direction), 'unknown')
}

/** The CNI of the settings as a picture tells of it; undefined for the reference. */
export function shownProfile({ profile: { id, version } }: Settings): ShownProfile | undefined {
  const profile = profileOf(id)
  if (!profile || id === 'reference') return undefined
  const { name, summary, facts } = profile
  const { note, source, verified } = facts.enforces
  const isIdle = readingsOf(profile, version).main.enforces === 'no'
  return {
    id,
    name,
    summary,
    ...(version !== undefined && { version }),
    ...(isIdle && { enforcesNothing: { note, source, verified } }),
  }
}
