import { PEERS_KEY, portText, policyType } from '#core/kinds/networkPolicyText.ts'
import { canonicalCidr } from '#core/kinds/cidrText.ts'
import { textOf } from '#core/kinds/fields.ts'
import { portsAt } from '#core/evaluate/destinationPorts.ts'
import type { Placed, Term } from '#core/explain/nearMissTerms.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import { endName } from '#core/model/end.ts'
import { askedPorts, parsePortSpec } from '#core/model/portSpec.ts'
import { coversPorts } from '#core/model/ports.ts'
import type { FieldPath } from '#core/model/text.ts'
import { toPlain } from '#core/yaml/parse.ts'
import { addEntry, appendItem, removeAt, setValue } from '#core/yaml/splice.ts'
import { at } from '#core/yaml/tree.ts'
import type { Draft, Splice } from './draft.ts'
import { peersOf } from './peers.ts'
import { type Broken, type Mend, said, saidThere, splice } from './repairStep.ts'
import { mendLabel } from './repairLabels.ts'
import { mendPort } from './repairPorts.ts'

/** Mends the first of the terms; undefined where its text can't be edited, or nothing small would do. */
export function mendOf(draft: Draft, broken: Broken): Mend | undefined {
  const [first] = broken.terms
  if (!first) return undefined
  const { term } = first
  const { manner, placed } = broken
  const isPeer =
    term.type !== 'port' && term.type !== 'policy-types' && !(term.type === 'label' && term.of === 'subject')
  if (isPeer && manner.peers === 'add') return addPeer(draft, broken)
  if (term.type === 'port') return manner.ports === 'add' ? addPorts(draft, broken) : mendPort(draft, placed, term)
  return mendInPlace(draft, broken, term)
}

function mendInPlace(draft: Draft, { placed }: Broken, term: Exclude<Term, { type: 'port' }>): Mend | undefined {
  switch (term.type) {
    case 'label':
      return mendLabel(draft, placed, term)
    case 'own-namespace': {
      const { path } = term.matcher.ref
      const entry = ['namespaceSelector', byName(term.namespace)] as const
      const next = splice(
        draft,
        placed,
        (text, tree) => addEntry(text, tree, path, entry) ?? setValue(text, tree, [...path, entry[0]], entry[1]),
      )
      return next && { draft: next, ...said(placed, `Adds the namespace ${term.namespace}`, `to the peer in`) }
    }
    case 'and-for-or':
      return split(draft, placed, term.matcher.ref.path)
    case 'or-for-and': {
      const { path } = term.matcher.ref
      const next = splice(
        draft,
        placed,
        (text, tree) => addEntry(text, tree, path, ['namespaceSelector', byName(term.namespace)]),
        (text, tree) => removeAt(text, tree, term.namespaces.ref.path),
      )
      return next && { draft: next, ...said(placed, 'Makes one peer of two', `for pods of ${term.namespace} in`) }
    }
    case 'address':
      return term.except === undefined ? undefined : dropExcept(draft, placed, [term.matcher.ref.path, term.except])
    case 'policy-types': {
      const type = policyType(placed.rule.direction)
      const next = splice(draft, placed, (text, tree) => appendItem(text, tree, ['spec', 'policyTypes'], type))
      return (
        next && {
          draft: next,
          title: `Add ${type} to policyTypes`,
          sentence: `Adds ${type} to the policyTypes of ${placed.policy.name}, so that its rules count.`,
        }
      )
    }
  }
}

function byName(namespace: string): object {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } }
}

function split(draft: Draft, placed: Placed, path: FieldPath): Mend | undefined {
  const own = [...path, 'namespaceSelector']
  let moved: unknown
  const next = splice(
    draft,
    placed,
    (text, tree) => {
      const node = at(tree, own)
      moved = node && toPlain(node)
      return removeAt(text, tree, own)
    },
    (text, tree) => appendItem(text, tree, path.slice(0, -1), { namespaceSelector: moved }),
  )
  return next && { draft: next, ...said(placed, 'Makes two peers of one', 'in') }
}

function dropExcept(draft: Draft, placed: Placed, [path, hole]: readonly [FieldPath, string]): Mend | undefined {
  const list = [...path, 'ipBlock', 'except']
  const next = splice(draft, placed, (text, tree) => {
    const node = at(tree, list)
    if (node?.type !== 'sequence') return undefined
    const index = node.items.findIndex((item) => canonicalCidr(textOf(item) ?? '') === hole)
    if (index < 0) return undefined
    return removeAt(text, tree, node.items.length === 1 ? list : [...list, index])
  })
  return next && { draft: next, ...said(placed, `Takes ${hole} out of the exceptions`, 'of') }
}

function addPeer(draft: Draft, { placed, intent }: Broken): Mend | undefined {
  const { policy, rule } = placed
  const other = rule.direction === 'ingress' ? intent.from : intent.to
  if (policy.tier !== 'networkPolicy' || policy.namespace === undefined) return undefined
  const named = peersOf(draft.evaluation, policy.namespace, other)
  if ('refusal' in named || named.peers === 'any') return undefined
  const list = [...rule.ref.path, PEERS_KEY[rule.direction]]
  const next = splice(
    draft,
    placed,
    ...named.peers.map(
      (peer): Splice =>
        (text, tree) =>
          appendItem(text, tree, list, peer),
    ),
  )
  return next && { draft: next, ...saidThere(placed, `Adds ${endName(other)}`, 'to'), warnings: named.warnings }
}

function addPorts(draft: Draft, { placed, denied, intent }: Broken): Mend | undefined {
  const { policy, rule } = placed
  const list = [...rule.ref.path, 'ports']
  if (policy.tier !== 'networkPolicy') return undefined
  if (denied.all) {
    const next = splice(draft, placed, (text, tree) => removeAt(text, tree, list))
    return next && { draft: next, ...said(placed, 'Allows every port', 'in') }
  }
  const destination = denied.direction === 'egress' ? denied.peer : denied.subject
  const open = portsAt(draft.evaluation, rule, destination.class)
  const specs = intent.ports.flatMap((text) => parsePortSpec(text) ?? [])
  const fresh = specs.filter((spec) => !coversPorts(open, askedPorts([spec], destination.pods).ports))
  if (fresh.length === 0) return undefined
  const next = splice(
    draft,
    placed,
    ...fresh.map(
      (spec): Splice =>
        (text, tree) =>
          appendItem(text, tree, list, portText(spec)),
    ),
  )
  const names = fresh.map((spec) => Object.values(portText(spec)).join(' ')).join(', ')
  return next && { draft: next, ...saidThere(placed, `Adds ${names}`, 'to') }
}
