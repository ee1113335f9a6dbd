import { portText } from '#core/kinds/networkPolicyText.ts'
import type { Placed, PortTerm } from '#core/explain/nearMissTerms.ts'
import { PROTOCOLS, type PortSet } from '#core/model/ports.ts'
import { formatPortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { TextEdit } from '#core/model/text.ts'
import { addEntry, setValue } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import type { Draft } from './draft.ts'
import { type Mend, ruleText, splice } from './repairStep.ts'

/** Puts the port that is asked for in the place of the one that the rule names; undefined where that is more than one. */
export function mendPort(draft: Draft, placed: Placed, term: PortTerm): Mend | undefined {
  const wanted = wantedOf(term)
  if (!wanted || placed.policy.tier !== 'networkPolicy') return undefined
  const { matcher } = term
  const next = splice(draft, placed, (text, tree) => changed(text, tree, { matcher, wanted }))
  const title = `Change ${formatPortSpec(matcher)} to ${formatPortSpec(wanted)}`
  return (
    next && {
      draft: next,
      title,
      sentence: `${title.replace('Change', 'Changes')} in ${ruleText(placed)}.`,
    }
  )
}

function wantedOf({ service, defined, wanted }: PortTerm): PortSpec | undefined {
  if (service) return single(service.protocol, service.target)
  if (defined) return { protocol: defined.protocol, port: { type: 'named', name: defined.name } }
  return onlyOf(wanted)
}

function single(protocol: PortSpec['protocol'], port: number): PortSpec {
  return { protocol, port: { type: 'range', from: port, to: port } }
}

function onlyOf(wanted: PortSet): PortSpec | undefined {
  const all = PROTOCOLS.flatMap((protocol) =>
    wanted[protocol].map(({ from, to }): PortSpec => ({ protocol, port: { type: 'range', from, to } })),
  )
  return all.length === 1 ? all[0] : undefined
}

interface Change {
  readonly matcher: PortTerm['matcher']
  readonly wanted: PortSpec
}

// As little as possible: the number or name, else the protocol, else the whole item.
function changed(text: string, tree: Tree, { matcher, wanted }: Change): readonly TextEdit[] | undefined {
  const { path } = matcher.ref
  const next = portText(wanted)
  const has = (key: string): boolean => at(tree, [...path, key]) !== undefined
  const isSimple = !has('endPort') && next.endPort === undefined && has('port') && next.port !== undefined
  if (isSimple && matcher.protocol === wanted.protocol) return setValue(text, tree, [...path, 'port'], next.port)
  if (isSamePort(matcher, wanted)) {
    if (has('protocol')) return setValue(text, tree, [...path, 'protocol'], next.protocol)
    return addEntry(text, tree, path, ['protocol', next.protocol])
  }
  return setValue(text, tree, path, next)
}

function isSamePort({ port }: Change['matcher'], { port: other }: PortSpec): boolean {
  return JSON.stringify(port) === JSON.stringify(other)
}
