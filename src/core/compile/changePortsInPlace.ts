import { verdictOf } from '#core/evaluate/evaluate.ts'
import { portText } from '#core/kinds/networkPolicyText.ts'
import type { Intent } from '#core/model/intent.ts'
import { parsePortSpec, type PortSpec } from '#core/model/portSpec.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import type { FieldPath } from '#core/model/text.ts'
import { removeAt, setValue } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import { type Draft, edit, type Splice } from './draft.ts'
import { outcastOf } from './narrowEnd.ts'
import { narrowPeer } from './narrowPeers.ts'
import { inTurn } from './narrowRule.ts'
import type { Step } from './outcome.ts'
import { listAt, plainItems } from './policyText.ts'
import { isSame } from './same.ts'

type ChangeIntent = Extract<Intent, { type: 'change-ports' }>

/** Where one port takes the place of one other: writes it over the old one in all rules for this edge alone. Undefined where it is not that simple. */
export function replacePorts(start: Step, intent: ChangeIntent): Step | undefined {
  const [old, fresh] = swapOf(intent)
  if (!old || !fresh) return undefined
  const sentences: string[] = []
  let { draft } = start
  for (const direction of ['ingress', 'egress'] as const)
    for (const { policy, path } of placesOf(draft, intent, { direction, old })) {
      const next = edit(draft, policy.ref.document, put(path, old, fresh))
      if (!next) return undefined
      draft = next
      sentences.push(`Changes a port of rule ${Number(path[2]) + 1} of ${policy.name}.`)
    }
  return sentences.length === 0 ? undefined : { ...start, draft, sentences: [...start.sentences, ...sentences] }
}

// The one that goes and the one that comes; undefined where there are more.
function swapOf({ ports, next }: ChangeIntent): readonly (PortSpec | undefined)[] {
  const [before, after] = [ports, next].map((texts) => texts.flatMap((text) => parsePortSpec(text) ?? []))
  const gone = (before ?? []).filter((one) => !after?.some((other) => isSame(one, other)))
  const come = (after ?? []).filter((one) => !before?.some((other) => isSame(one, other)))
  return gone.length === 1 && come.length === 1 ? [gone[0], come[0]] : []
}

interface Place {
  readonly policy: Policy
  readonly path: FieldPath
}

// Items of that port in rules that name nobody but the end.
function placesOf(
  draft: Draft,
  { from, to }: ChangeIntent,
  { direction, old }: { direction: Direction; old: PortSpec },
): readonly Place[] {
  const half = verdictOf(draft.evaluation, from, to)?.[direction]
  const out = outcastOf(draft.evaluation, direction === 'ingress' ? from : to)
  return (half?.evidence ?? []).flatMap(({ policy: ref, rule: { path } }) => {
    const policy = draft.loaded.policies.find((one) => one.ref.document === ref.document)
    const rule = policy?.rules.find((one) => isSame(one.ref.path, path))
    const tree = policy && listAt(draft, policy, path.slice(0, -1))[Number(path[2])]
    if (!policy || !rule || !tree || rule.peers === 'any') return []
    const isOnly = rule.peers.every((peer) => narrowPeer(draft.evaluation, { peer, item: undefined }, out) === 'gone')
    const index = plainItems(tree, 'ports').findIndex((item) => isSame(item, portText(old)))
    return isOnly && index >= 0 ? [{ policy, path: [...path, 'ports', index] }] : []
  })
}

// Field by field, so that comments beside them stay; another shape takes the whole place.
function put(path: FieldPath, old: PortSpec, fresh: PortSpec): Splice {
  if (old.port.type === 'all' || fresh.port.type === 'all' || old.protocol !== fresh.protocol)
    return (text, tree) => setValue(text, tree, path, portText(fresh))
  const { port, endPort } = portText(fresh)
  const end: Splice = (text, tree) => {
    if (at(tree, [...path, 'endPort']))
      return endPort === undefined
        ? removeAt(text, tree, [...path, 'endPort'])
        : setValue(text, tree, [...path, 'endPort'], endPort)
    return endPort === undefined ? [] : setValue(text, tree, path, portText(fresh))
  }
  return inTurn([(text, tree) => setValue(text, tree, [...path, 'port'], port), end])
}
