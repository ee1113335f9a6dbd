import { isNull } from '#core/kinds/fields.ts'
import type { PeerField } from '#core/kinds/clusterScopedPeers.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { checkPeer, checkPods, type PeerRules, rejectStrange } from './clusterScopedPeers.ts'
import { entries, fault, type Field, inside, items } from './field.ts'
import { checkCount, checkLength, checkMost, checkWord } from './limits.ts'
import { checkMetadata } from './metadata.ts'
import { ANY, decode, listOf, METADATA, object, open, type Schema, STRING } from './schema.ts'
import { checkExactlyOne, fieldsSet } from './union.ts'
import type { Validator } from './validator.ts'

const SIDES = [
  { direction: 'ingress', peers: 'from' },
  { direction: 'egress', peers: 'to' },
] as const
const SUBJECT_FIELDS = ['namespaces', 'pods']
const LONGEST_NAME = 100

/** How the CRDs of sig-network-policy-api, which are written alike, differ (semantics.md C.3, C.4). */
export interface ClusterScopedRules {
  readonly kind: string
  /** Fields of `spec` that the others don't have. */
  readonly spec: Readonly<Record<string, Schema>>
  readonly checkSpec: (spec: Field, root: Field) => readonly Diagnostic[]
  readonly actions: readonly string[]
  /** How many rules, peers and ports there may be. */
  readonly most: number
  readonly peers: Readonly<Record<Direction, readonly PeerField[]>>
  /** What is said where a selector of `pods` is missing. */
  readonly selectors: PeerRules['selectors']
  readonly ports: {
    readonly key: 'ports' | 'protocols'
    readonly schema: Schema
    readonly check: (item: Field) => readonly Diagnostic[]
    /** The field of an item that is a port's name. */
    readonly name: string
    /** How bad it is beside peers outside pods. */
    readonly nameOutside: 'error' | 'warning'
  }
}

/** What the API server says about one of these kinds: structure, limits and CEL rules of its CRD. */
export function clusterScoped(rules: ClusterScopedRules): Validator {
  const schema = schemaOf(rules)
  return {
    kinds: [`policy.networking.k8s.io/${rules.kind}`],
    check: (root) => {
      const spec = inside(root, 'spec')
      const metadata = checkMetadata(root, { kind: rules.kind, scope: 'cluster' })
      if (isNull(spec.tree)) {
        return [
          ...metadata,
          fault(spec, { code: 'spec-required', type: 'Required value', detail: 'a policy needs it' }),
        ]
      }
      return [...decode(root, schema), ...metadata, ...rules.checkSpec(spec, root), ...checkSpec(spec, rules)]
    },
  }
}

// Subjects and peers are decoded where they are checked: what is unknown there deserves better words.
function schemaOf({ spec, ports }: ClusterScopedRules): Schema {
  const rule = { name: STRING, action: STRING, [ports.key]: listOf(ports.schema) }
  return object({
    apiVersion: STRING,
    kind: STRING,
    metadata: METADATA,
    spec: object({
      ...spec,
      subject: ANY,
      ingress: listOf(object({ ...rule, from: listOf(ANY) })),
      egress: listOf(object({ ...rule, to: listOf(ANY) })),
    }),
    status: ANY,
  })
}

function checkSpec(spec: Field, rules: ClusterScopedRules): readonly Diagnostic[] {
  return [
    ...checkSubject(inside(spec, 'subject'), rules),
    ...SIDES.flatMap((side) => {
      const list = inside(spec, side.direction)
      return [...checkMost(list, rules.most), ...items(list).flatMap((rule) => checkRule(rule, side, rules))]
    }),
  ]
}

function checkSubject(subject: Field, rules: ClusterScopedRules): readonly Diagnostic[] {
  if (isNull(subject.tree)) {
    const detail = 'whom it is about: `namespaces: {}` for everybody'
    return [fault(subject, { code: 'subject-required', type: 'Required value', detail })]
  }
  const strange = entries(subject).filter(({ key }) => !SUBJECT_FIELDS.includes(key))
  return [
    ...decode(subject, open({})),
    ...strange.map(({ key }) => rejectStrange(subject, key, SUBJECT_FIELDS)),
    ...(subject.tree?.type === 'mapping' ? checkExactlyOne(subject, SUBJECT_FIELDS) : []),
    ...checkPods(subject, rules.selectors),
  ]
}

function checkRule(rule: Field, side: (typeof SIDES)[number], rules: ClusterScopedRules): readonly Diagnostic[] {
  const { most, ports, kind, selectors } = rules
  const action = inside(rule, 'action')
  const peers = inside(rule, side.peers)
  const known: PeerRules = { kind, direction: side.direction, known: rules.peers[side.direction], selectors, action }
  return [
    ...checkLength(inside(rule, 'name'), LONGEST_NAME),
    ...checkWord(action, rules.actions),
    ...checkPeers(peers, most),
    ...items(peers).flatMap((peer) => checkPeer(peer, known)),
    ...checkCount(inside(rule, ports.key), most),
    ...items(inside(rule, ports.key)).flatMap(ports.check),
    ...checkNames(rule, rules),
  ]
}

function checkPeers(peers: Field, most: number): readonly Diagnostic[] {
  if (!isNull(peers.tree)) return checkCount(peers, most)
  const detail = 'a rule names its peers: `namespaces: {}` for all pods'
  return [fault(peers, { code: 'peers-required', type: 'Required value', detail })]
}

// Names are looked up in pods: no node, network or domain has any (a CEL rule of the experimental channel).
function checkNames(rule: Field, { ports }: ClusterScopedRules): readonly Diagnostic[] {
  const outside = items(inside(rule, 'to')).flatMap((peer) => fieldsSet(peer, ['networks', 'nodes', 'domainNames']))
  const named = items(inside(rule, ports.key)).find((item) => fieldsSet(item, [ports.name]).length > 0)
  if (!named || outside.length === 0) return []
  const detail = `\`${outside[0] ?? ''}\` can't be combined with \`${ports.name}\`: only pods name their ports; write a number or a range`
  const forbidden = fault(inside(named, ports.name), { code: 'named-port-outside-pods', type: 'Forbidden', detail })
  return [{ ...forbidden, severity: ports.nameOutside }]
}
