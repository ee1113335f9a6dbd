import { canonicalCidr } from '#core/kinds/cidrText.ts'
import { readEnd } from '#core/kinds/end.ts'
import { isNull, itemsOf, textOf } from '#core/kinds/fields.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import { PROFILES, profileOf } from '#core/profiles/index.ts'
import { profilesLike } from '#core/profiles/like.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { rangeOf } from '#core/yaml/tree.ts'
import { fault, type Field, inside, items, report } from './field.ts'
import { ANY, decode, listOf, METADATA, object, STRING, STRING_MAP } from './schema.ts'
import type { Validator } from './validator.ts'

const END = object({
  namespace: STRING,
  workload: STRING,
  cidr: STRING,
  except: listOf(STRING),
  internet: { type: 'boolean' },
  anywhere: { type: 'boolean' },
  anyNamespace: { type: 'boolean' },
  host: STRING,
  node: STRING,
  ingressController: { type: 'boolean' },
})
const CHECKS = object({
  apiVersion: STRING,
  kind: STRING,
  metadata: METADATA,
  checks: listOf(
    object({
      name: STRING,
      from: END,
      to: END,
      only: listOf(END),
      ports: listOf({ type: 'intOrString' }),
      expect: STRING,
    }),
  ),
})
const SETTINGS = object({
  apiVersion: STRING,
  kind: STRING,
  metadata: METADATA,
  podCidrs: ANY,
  unknownLabels: STRING,
  ignoreHostNetwork: { type: 'boolean' },
  directOwners: { type: 'boolean' },
  ingressController: ANY,
  profile: ANY,
})
const CONTROLLER = object({ namespace: STRING, labels: STRING_MAP })
const PROFILE = object({ id: STRING, version: ANY })
const PORT =
  /^(?:(?:TCP|UDP|SCTP)(?:\/(?:\d+(?:-\d+)?|[a-z0-9-]*[a-z][a-z0-9-]*))?|\d+(?:-\d+)?|[a-z0-9-]*[a-z][a-z0-9-]*)$/

/** Saved checks (design.md 7): a check that can't be read is reported, never passed. */
export const connectivityChecks: Validator = {
  kinds: ['drawbridge/ConnectivityChecks'],
  check: (root) => {
    const checks = items(inside(root, 'checks'))
    return [...decode(root, CHECKS), ...checks.flatMap(checkCheck), ...checkNames(checks)].map(lenient)
  },
}

/** Settings of the workspace (design.md 9): what can't be read has no effect, and that is said. */
export const drawbridgeSettings: Validator = {
  kinds: ['drawbridge/DrawbridgeSettings'],
  check: (root) =>
    [
      ...decode(root, SETTINGS),
      ...checkPodCidrs(inside(root, 'podCidrs')),
      ...checkUnknown(root),
      ...checkController(inside(root, 'ingressController')),
      ...checkProfile(inside(root, 'profile')),
    ].map(lenient),
}

// One wrong check or setting doesn't make the others of its document void: nothing is applied to a server here.
function lenient(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'warning' }
}

function checkCheck(check: Field): readonly Diagnostic[] {
  // It is being written; of what is no mapping the decoder tells.
  if (isNull(check.tree)) return [emptyCheck(check)]
  if (check.tree?.type !== 'mapping') return []
  const only = inside(check, 'only')
  return [
    ...(isNull(only.tree) ? checkPair(check) : [...items(only).flatMap(checkEnd), ...checkOnly(check)]),
    ...checkEnd(inside(check, 'to')),
    ...items(inside(check, 'ports')).flatMap(checkPort),
  ]
}

function emptyCheck(check: Field): Diagnostic {
  const at = check.tree && rangeOf(check.tree)
  return fault(check, { code: 'empty-check', type: 'Required value', detail: 'name, from, to and expect', at })
}

function checkPair(check: Field): readonly Diagnostic[] {
  const expect = inside(check, 'expect')
  const value = textOf(expect.tree) ?? ''
  const detail = 'supported values: "allowed", "denied"'
  const code = 'invalid-expectation'
  const wrong = isNull(expect.tree)
    ? fault(expect, { code, type: 'Required value', detail: 'allowed or denied' })
    : fault(expect, { code, type: 'Unsupported value', value, detail })
  return [...checkEnd(inside(check, 'from')), ...(value === 'allowed' || value === 'denied' ? [] : [wrong])]
}

function checkOnly(check: Field): readonly Diagnostic[] {
  const [from, expect] = [inside(check, 'from'), inside(check, 'expect')]
  const wrong = { code: 'invalid-only', type: 'Forbidden' } as const
  const detail = '`only` lists everybody who may reach it, all others are denied: leave this out'
  const isPlain = isNull(from.tree) || 'anywhere' in (readEnd(from.tree) ?? {})
  const isDenied = (textOf(expect.tree) ?? 'denied') === 'denied'
  return [
    ...(isPlain ? [] : [fault(from, { ...wrong, detail })]),
    ...(isDenied ? [] : [fault(expect, { ...wrong, detail })]),
  ]
}

function checkEnd(field: Field): readonly Diagnostic[] {
  if (readEnd(field.tree)) return []
  const workload = inside(field, 'workload')
  const value = textOf(workload.tree) ?? ''
  if (textOf(inside(field, 'namespace').tree) && workload.tree && !/^[^/]+\/.+$/.test(value))
    return [fault(workload, { code: 'invalid-workload', type: 'Invalid value', value, detail: WORKLOAD })]
  return [
    fault(field, {
      code: 'invalid-end',
      type: isNull(field.tree) ? 'Required value' : 'Invalid value',
      detail: ONE_END,
    }),
  ]
}

const WORKLOAD = 'a workload is written Kind/name, e.g. Deployment/web'
const ONE_END =
  'an end is {namespace, workload: Kind/name}, {namespace}, {cidr}, {internet: true}, {anyNamespace: true}, {anywhere: true}, {host}, {node} or {ingressController: true}, one of them'

function checkPort(field: Field): readonly Diagnostic[] {
  const value = textOf(field.tree) ?? ''
  const detail = 'a port is like TCP/5432, TCP/8000-8080, TCP/http or TCP; numbers go from 1 to 65535'
  const isReadable = PORT.test(value) && parsePortSpec(value) !== undefined
  return isReadable ? [] : [fault(field, { code: 'invalid-check-port', type: 'Invalid value', value, detail })]
}

function checkNames(checks: readonly Field[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  return checks.flatMap((check) => {
    const at = inside(check, 'name')
    const name = textOf(at.tree) ?? ''
    const isNew = name === '' || !seen.has(name)
    seen.add(name)
    return isNew
      ? []
      : [report(at, { code: 'duplicate-check-name', severity: 'warning', message: `Duplicate value: "${name}"` })]
  })
}

function checkPodCidrs(field: Field): readonly Diagnostic[] {
  const { tree } = field
  if (!tree || textOf(tree) === 'none') return []
  const cidrs = itemsOf(tree)
  const isReadable = cidrs.length > 0 && cidrs.every((cidr) => canonicalCidr(textOf(cidr) ?? '') !== undefined)
  const detail = 'a list of CIDRs, or `none`'
  return isReadable ? [] : [fault(field, { code: 'invalid-pod-cidrs', type: 'Invalid value', detail })]
}

function checkUnknown(root: Field): readonly Diagnostic[] {
  const field = inside(root, 'unknownLabels')
  const value = textOf(field.tree) ?? 'unknown'
  const detail = 'supported values: "unknown", "absent"'
  if (value === 'unknown' || value === 'absent') return []
  return [fault(field, { code: 'invalid-unknown-labels', type: 'Unsupported value', value, detail })]
}

function checkController(field: Field): readonly Diagnostic[] {
  const { tree } = field
  if (!tree || textOf(tree) === 'unknown') return []
  const detail = '{namespace, labels}: where its pods run, and how they are labelled; or `unknown`'
  if (tree.type !== 'mapping' || !textOf(inside(field, 'namespace').tree))
    return [fault(field, { code: 'invalid-ingress-controller', type: 'Invalid value', detail })]
  return decode(field, CONTROLLER)
}

function checkProfile(field: Field): readonly Diagnostic[] {
  const { tree } = field
  if (!tree) return []
  const isMapping = tree.type === 'mapping'
  const id = isMapping ? inside(field, 'id') : field
  const value = textOf(id.tree)
  if (value === undefined || !profileOf(value)) {
    const fields = { code: 'invalid-profile', type: 'Unsupported value', value: value ?? '' } as const
    return [fault(id, { ...fields, detail: supported(value ?? '') })]
  }
  return isMapping ? [...decode(field, PROFILE), ...checkVersion(inside(field, 'version'))] : []
}

function checkVersion(field: Field): readonly Diagnostic[] {
  const { tree } = field
  const value = textOf(tree)
  if (!tree || (value !== undefined && /^v?\d/.test(value))) return []
  const detail = 'a version like 1.16'
  return [fault(field, { code: 'invalid-profile-version', type: 'Invalid value', value: value ?? '', detail })]
}

function supported(value: string): string {
  const like = profilesLike(value)
  const all = `supported values: ${PROFILES.map(({ id }) => `"${id}"`).join(', ')}`
  return like.length > 0 ? `did you mean ${like.map((id) => `"${id}"`).join(' or ')}? ${all}` : all
}
