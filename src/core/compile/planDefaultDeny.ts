import { isolationOf } from '#core/evaluate/evaluate.ts'
import { WORDS } from '#core/kinds/writePolicy.ts'
import type { Service } from '#core/model/cluster.ts'
import { NAMESPACE_NAME_LABEL } from '#core/model/labels.ts'
import type { Intent } from '#core/model/intent.ts'
import type { Direction, Policy } from '#core/model/rule.ts'
import { appendItem, removeAt } from '#core/yaml/splice.ts'
import { at, type Tree } from '#core/yaml/tree.ts'
import { evaluateCopy, type Outcome, type PlanContext } from './planContext.ts'
import { type Copy, withDocument, withoutDocument } from './copy.ts'
import { writePolicy } from './writeHalf.ts'

type SwitchIntent = Extract<Intent, { type: 'default-deny' }>

const DENY = 'default-deny'
const ALLOW_DNS = 'allow-dns'

/** The switch on a namespace: isolates all its pods in a direction, or takes that away again (design.md 8). */
export function planDefaultDeny(context: PlanContext, intent: SwitchIntent): Outcome {
  return intent.on ? switchOn(context, intent) : switchOff(context, intent)
}

function switchOn(context: PlanContext, { namespace, direction, dns }: SwitchIntent): Outcome {
  const sentences: string[] = []
  let copy: Copy = context
  const existing = ruleless(context, namespace).find(
    (policy) => policy.managed && !policy.directions.includes(direction),
  )
  const widened = existing && withType(copy, existing, direction)
  if (existing && widened) {
    copy = widened
    sentences.push(`Adds ${WORDS[direction].type} to ${existing.name}.`)
  } else {
    const written = writePolicy(copy, { namespace, name: DENY, podSelector: {}, directions: [direction], rules: {} })
    copy = written.copy
    sentences.push(
      `Adds the policy ${namespace}/${written.name} to ${written.file}: it selects every pod of ${namespace} and allows nothing.`,
    )
  }
  if (direction === 'egress' && dns) {
    const written = writePolicy(copy, {
      namespace,
      name: ALLOW_DNS,
      podSelector: {},
      directions: ['egress'],
      rules: { egress: [dnsRule(context)] },
    })
    copy = written.copy
    sentences.push(`Keeps DNS open: ${namespace}/${written.name}.`)
  }
  // The switch says itself what it closes; seeing it first is for what would be cut.
  return { copy, sentences, warnings: [] }
}

function switchOff(context: PlanContext, { namespace, direction }: SwitchIntent): Outcome {
  const targets = [...ruleless(context, namespace), ...dnsPolicies(context, namespace)].filter((policy) =>
    policy.directions.includes(direction),
  )
  if (targets.length === 0)
    return {
      refusal: `No policy of ${namespace} denies everything by default for ${direction}: its pods are isolated one by one.`,
    }
  let copy: Copy = context
  const sentences: string[] = []
  for (const policy of targets) {
    const narrowed = withoutType(copy, policy, direction)
    copy = narrowed ?? withoutDocument(copy, policy.ref.document)
    sentences.push(
      narrowed ? `Takes ${WORDS[direction].type} out of ${policy.name}.` : `Removes the policy ${policy.name}.`,
    )
  }
  return {
    copy,
    sentences: [...sentences, ...stillIsolated(copy, namespace, direction)],
    warnings: [],
    preview: true,
  }
}

/** Policies that select every pod of the namespace and allow nothing in any direction. */
function ruleless({ loaded }: PlanContext, namespace: string): readonly Policy[] {
  return loaded.policies.filter(
    (policy) =>
      policy.namespace === namespace && !policy.stale && policy.subject.pods.length === 0 && policy.rules.length === 0,
  )
}

function dnsPolicies({ loaded }: PlanContext, namespace: string): readonly Policy[] {
  return loaded.policies.filter(
    (policy) => policy.managed && policy.namespace === namespace && policy.name === `${namespace}/${ALLOW_DNS}`,
  )
}

function withType(copy: Copy, { ref }: Policy, direction: Direction): Copy | undefined {
  return withDocument(copy, ref.document, (text, tree) =>
    appendItem(text, tree, ['spec', 'policyTypes'], WORDS[direction].type),
  )
}

// Undefined where nothing of the policy would be left, or where it does not spell its types out.
function withoutType(copy: Copy, { ref, directions }: Policy, direction: Direction): Copy | undefined {
  if (directions.length < 2) return undefined
  return withDocument(copy, ref.document, (text, tree) => {
    const index = typeIndex(at(tree, ['spec', 'policyTypes']), direction)
    return index < 0 ? undefined : removeAt(text, tree, ['spec', 'policyTypes', index])
  })
}

function typeIndex(types: Tree | undefined, direction: Direction): number {
  if (types?.type !== 'sequence') return -1
  return types.items.findIndex((item) => item.type === 'scalar' && item.value === WORDS[direction].type)
}

function stillIsolated(copy: Copy, namespace: string, direction: Direction): string[] {
  const after = evaluateCopy(copy)
  const rest = after.cluster.workloads.filter(
    (one) => one.namespace === namespace && isolationOf(after, one.id, direction) === 'yes',
  )
  return rest.length === 0
    ? []
    : [`Still isolated by policies of their own: ${rest.map(({ name }) => name).join(', ')}.`]
}

// Where the DNS Service is loaded its own selector and target ports count: OpenShift listens on 5353 (semantics.md A.13).
function dnsRule({ loaded }: PlanContext): object {
  const service = loaded.cluster.services.find(isDns)
  const namespace = service?.namespace ?? 'kube-system'
  const pods = service?.selector ?? { 'k8s-app': 'kube-dns' }
  const ports = service?.ports.filter(({ port }) => port === 53) ?? []
  const targets = ports.map(({ protocol, targetPort }) => ({ protocol, port: targetPort }))
  const both =
    targets.length > 0
      ? targets
      : [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ]
  const peer = {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    podSelector: { matchLabels: pods },
  }
  const local = loaded.cluster.workloads.some(({ name }) => name === 'node-local-dns')
  return { to: local ? [peer, { ipBlock: { cidr: '169.254.20.10/32' } }] : [peer], ports: both }
}

function isDns({ namespace, name, selector }: Service): boolean {
  const known =
    (namespace === 'kube-system' && (name === 'kube-dns' || name === 'coredns')) ||
    (namespace === 'openshift-dns' && name === 'dns-default')
  return known && selector !== undefined
}
