import { isNull, labelsOf, numberOf, textOf } from '#core/kinds/fields.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { fault, faultIf, type Field, inside, items } from './field.ts'
import { checkLabels, checkMetadata } from './metadata.ts'
import { faultsOfPortName } from './names.ts'
import { checkProtocol } from './protocol.ts'
import { decode, listOf, METADATA, open, type Schema, STRING, STRING_MAP } from './schema.ts'
import type { Validator } from './validator.ts'

const CONTAINERS = listOf(
  open({ ports: listOf(open({ name: STRING, protocol: STRING, containerPort: { type: 'int32' } })) }),
)
const POD_SPEC = open({
  containers: CONTAINERS,
  initContainers: CONTAINERS,
  hostNetwork: { type: 'boolean' },
  nodeName: STRING,
})
const TEMPLATE = open({ metadata: open({ labels: STRING_MAP }), spec: POD_SPEC })
const APPS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']

/** Controllers of apps/v1: what verdicts read of them, and that the selector fits the template (semantics.md B.1). */
export const appsWorkload: Validator = {
  kinds: APPS.map((kind) => `apps/${kind}`),
  check: (root) => [
    ...checkTemplated(root, ['spec', 'template'], {
      replicas: { type: 'int32' },
      selector: open({ matchLabels: STRING_MAP }),
    }),
    ...checkOwnSelector(root),
  ],
}

/** Other controllers with the template at the usual place. */
export const plainWorkload: Validator = {
  kinds: ['batch/Job', '/ReplicationController'],
  check: (root) => checkTemplated(root, ['spec', 'template'], {}),
}

/** CronJobs: the template stands inside the job's. */
export const cronJobWorkload: Validator = {
  kinds: ['batch/CronJob'],
  check: (root) => checkTemplated(root, ['spec', 'jobTemplate', 'spec', 'template'], {}),
}

/** Pods. */
export const podWorkload: Validator = {
  kinds: ['/Pod'],
  check: (root) => [
    ...decode(root, open({ metadata: METADATA, spec: POD_SPEC })),
    ...checkMetadata(root, { kind: 'Pod', scope: 'namespaced' }),
    ...checkContainers(inside(root, 'spec')),
  ],
}

function checkTemplated(
  root: Field,
  path: readonly string[],
  spec: Readonly<Record<string, Schema>>,
): readonly Diagnostic[] {
  const template = inside(root, ...path)
  return [
    ...decode(root, open({ metadata: METADATA, spec: open(spec) })),
    ...decode(template, TEMPLATE),
    ...checkMetadata(root, { kind: '', scope: 'namespaced' }),
    ...checkLabels(inside(template, 'metadata', 'labels')),
    ...checkContainers(inside(template, 'spec')),
  ]
}

function checkOwnSelector(root: Field): readonly Diagnostic[] {
  const matchLabels = inside(root, 'spec', 'selector', 'matchLabels')
  const labels = inside(root, 'spec', 'template', 'metadata', 'labels')
  const have = labelsOf(labels.tree)
  const missing = Object.entries(labelsOf(matchLabels.tree)).filter(([key, value]) => have[key] !== value)
  if (missing.length === 0) return []
  const detail = '`selector` does not match template `labels`'
  const value = missing.map(([key, value]) => `${key}=${value}`).join(',')
  return [fault(labels, { code: 'selector-misses-template', type: 'Invalid value', value, detail })]
}

function checkContainers(spec: Field): readonly Diagnostic[] {
  const containers = ['containers', 'initContainers'].flatMap((list) => items(inside(spec, list)))
  return containers.flatMap((container) => {
    const ports = items(inside(container, 'ports'))
    return ports.flatMap(checkPort).concat(checkDuplicates(ports))
  })
}

function checkPort(port: Field): readonly Diagnostic[] {
  const name = inside(port, 'name')
  const value = textOf(name.tree)
  const names = value ? faultsOfPortName(value) : []
  return [
    ...checkNumber(inside(port, 'containerPort')),
    ...checkProtocol(inside(port, 'protocol')),
    ...names.flatMap((detail) => faultIf(detail, name, { code: 'invalid-port-name', type: 'Invalid value', value })),
  ]
}

function checkNumber(field: Field): readonly Diagnostic[] {
  const value = numberOf(field.tree)
  if (isNull(field.tree) || value === 0) {
    const detail = 'a port needs a `containerPort`'
    return [fault(field, { code: 'container-port-required', type: 'Required value', detail })]
  }
  const isOutside = value !== undefined && (value < 0 || value > 65535)
  const reason = isOutside ? 'must be between 1 and 65535, inclusive' : undefined
  return faultIf(reason, field, { code: 'invalid-container-port', type: 'Invalid value', value })
}

function checkDuplicates(ports: readonly Field[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  return ports.flatMap((port) => {
    const at = inside(port, 'name')
    const name = textOf(at.tree)
    if (!name) return []
    const isNew = !seen.has(name)
    seen.add(name)
    const detail = 'two ports of one container have this name'
    return isNew ? [] : [fault(at, { code: 'duplicate-port-name', type: 'Duplicate value', value: name, detail })]
  })
}
