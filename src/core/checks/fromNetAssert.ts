import { itemsOf, numberOf, refTo, textOf } from '#core/kinds/fields.ts'
import type { Check } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import type { Diagnostic, DocumentId, TextRange } from '#core/model/text.ts'
import { fault, type Fault, type Field, inside, items, report, rootOf } from '#core/validate/field.ts'
import { ANY, decode, object, type Schema, STRING } from '#core/validate/schema.ts'
import { cutDocuments } from '#core/yaml/documents.ts'
import { parseDocument } from '#core/yaml/parse.ts'
import { child } from '#core/yaml/tree.ts'
import { NETASSERT_KINDS } from './toNetAssert.ts'

/** The checks of a NetAssert file, and what is wrong with the entries that are left out; places count from the start of the text. */
export interface NetAssertChecks {
  readonly checks: readonly Check[]
  readonly problems: readonly Diagnostic[]
}

/**
 * Reads a file of NetAssert v2 by its field rules (design.md 7). An entry with a fault is left out and reported at its
 * place, the others count: a misspelt `exitCode` must not turn a test around. `document` goes into the refs.
 */
export function readNetAssert(text: string, document: DocumentId): NetAssertChecks {
  const names = new Set<string>()
  const parts = cutDocuments(text).map(({ text: own, from }) => {
    const { checks, problems } = readPart(own, document, names)
    const here = <T extends Check | Diagnostic>(one: T): T => ({
      ...one,
      ref: { ...one.ref, range: moved(one.ref.range, from) },
    })
    return { checks: checks.map(here), problems: problems.map(here) }
  })
  return { checks: parts.flatMap(({ checks }) => checks), problems: parts.flatMap(({ problems }) => problems) }
}

/** Is it a list of NetAssert tests, whatever is wrong with them? */
export function isNetAssert(text: string): boolean {
  return cutDocuments(text).some((part) =>
    itemsOf(parseDocument(part.text).tree).some((item) => child(item, 'src') && child(item, 'dst')),
  )
}

const INT: Schema = { type: 'int32' }
const RESOURCE = object({ kind: STRING, name: STRING, namespace: STRING })
const TEST = object({
  name: STRING,
  type: STRING,
  protocol: STRING,
  targetPort: INT,
  timeoutSeconds: INT,
  attempts: INT,
  exitCode: INT,
  src: object({ k8sResource: RESOURCE, host: ANY }),
  dst: object({ k8sResource: RESOURCE, host: object({ name: STRING }) }),
})

function readPart(text: string, document: DocumentId, names: Set<string>): NetAssertChecks {
  const { tree, problems } = parseDocument(text)
  const said = problems.map(({ code, severity, message, range }): Diagnostic => ({
    code,
    severity,
    message,
    ref: { document, path: [], range },
  }))
  if (!tree) return { checks: [], problems: said }
  const root = rootOf({ id: document, tree })
  if (tree.type !== 'sequence') return { checks: [], problems: [...said, notAList(root)] }
  const tests = items(root).map((test) => ({ test, faults: faultsOf(test, names) }))
  const checks = tests.flatMap(({ test, faults }) => (faults.length > 0 ? [] : checkOf(test)))
  return { checks, problems: [...said, ...tests.flatMap(({ faults }) => faults)] }
}

function notAList(root: Field): Diagnostic {
  const message = 'A NetAssert file is a list of tests: begin each with `- name: …`.'
  return report(root, { code: 'not-netassert', severity: 'error', message })
}

function faultsOf(test: Field, names: Set<string>): readonly Diagnostic[] {
  if (test.tree?.type !== 'mapping') return [wrong(test, 'Invalid value', 'a test is a mapping with name, src and dst')]
  return [
    ...decode(test, TEST),
    ...nameFaults(inside(test, 'name'), names),
    ...choice(inside(test, 'type'), ['k8s']),
    ...choice(inside(test, 'protocol'), ['tcp', 'udp']),
    ...number(inside(test, 'targetPort'), { least: 1, most: 65535, needed: true }),
    ...number(inside(test, 'timeoutSeconds'), { least: 1, most: Infinity }),
    ...number(inside(test, 'attempts'), { least: 1, most: Infinity }),
    ...number(inside(test, 'exitCode'), { least: 0, most: 1, needed: true }),
    ...sourceFaults(inside(test, 'src')),
    ...targetFaults(inside(test, 'dst'), textOf(inside(test, 'protocol').tree)),
  ]
}

function nameFaults(field: Field, names: Set<string>): readonly Diagnostic[] {
  const name = textOf(field.tree) ?? ''
  if (name === '') return [wrong(field, 'Required value', 'each test has a name')]
  if (names.has(name)) return [wrong(field, 'Duplicate value', `another test is called ${JSON.stringify(name)}`)]
  names.add(name)
  return []
}

function choice(field: Field, values: readonly string[]): readonly Diagnostic[] {
  const value = textOf(field.tree)
  if (value !== undefined && values.includes(value)) return []
  const detail = `it can be ${[values.slice(0, -1).join(', '), ...values.slice(-1)].filter((text) => text !== '').join(' or ')}`
  return [wrong(field, value === undefined ? 'Required value' : 'Unsupported value', detail, value)]
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly needed?: boolean
}

function number(field: Field, { least, most, needed = false }: Bounds): readonly Diagnostic[] {
  const value = numberOf(field.tree)
  if (value === undefined) return needed ? [wrong(field, 'Required value', boundsText(least, most))] : []
  const isWithin = Number.isInteger(value) && value >= least && value <= most
  return isWithin ? [] : [wrong(field, 'Invalid value', boundsText(least, most), value)]
}

function boundsText(least: number, most: number): string {
  if (most === 1) return '0 where the connection must be allowed, 1 where it must be denied'
  return most === Infinity ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`
}

function sourceFaults(field: Field): readonly Diagnostic[] {
  const host = inside(field, 'host')
  if (host.tree) return [wrong(host, 'Forbidden', 'a test can only start from a k8sResource')]
  return resourceFaults(inside(field, 'k8sResource'))
}

function targetFaults(field: Field, protocol: string | undefined): readonly Diagnostic[] {
  const [resource, host] = [inside(field, 'k8sResource'), inside(field, 'host')]
  if (!host.tree) return resourceFaults(resource)
  if (resource.tree) return [wrong(field, 'Forbidden', 'either a k8sResource or a host, not both')]
  if (protocol === 'udp') return [wrong(host, 'Forbidden', 'a host cannot be tried with udp')]
  return required(inside(host, 'name'))
}

function resourceFaults(field: Field): readonly Diagnostic[] {
  if (!field.tree) return [wrong(field, 'Required value', 'a k8sResource with kind, name and namespace')]
  const kinds = choice(inside(field, 'kind'), [...NETASSERT_KINDS.keys()])
  return [...kinds, ...required(inside(field, 'name')), ...required(inside(field, 'namespace'))]
}

function required(field: Field): readonly Diagnostic[] {
  return textOf(field.tree) ? [] : [wrong(field, 'Required value', 'it must be said')]
}

function wrong(field: Field, type: Fault['type'], detail: string, value?: string | number): Diagnostic {
  return fault(field, { code: 'invalid-netassert', type, detail, value })
}

function checkOf(test: Field): readonly Check[] {
  const text = (...path: readonly string[]): string => textOf(inside(test, ...path).tree) ?? ''
  const resource = (side: string): End => ({
    namespace: text(side, 'k8sResource', 'namespace'),
    workload: `${NETASSERT_KINDS.get(text(side, 'k8sResource', 'kind')) ?? ''}/${text(side, 'k8sResource', 'name')}`,
  })
  const host = text('dst', 'host', 'name')
  return [
    {
      ref: refTo(test.document, test.path),
      name: text('name'),
      from: resource('src'),
      to: host === '' ? resource('dst') : { host },
      ports: [`${text('protocol').toUpperCase()}/${text('targetPort')}`],
      expect: text('exitCode') === '1' ? 'denied' : 'allowed',
    },
  ]
}

function moved({ from, to }: TextRange, by: number): TextRange {
  return { from: from + by, to: to + by }
}
