import fc from 'fast-check'
import type { Tree } from '#core/yaml/tree.ts'

/** Any JSON value. */
type Json = unknown

/** What people, tools and attackers put where something else belongs; and what does belong somewhere. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(null, [], {}, [null], [[]], [{}], '', ' ', true, false),
  fc.constantFrom<Json[]>(0, -1, 1.5, 80, 65536, 2 ** 31, 1e15, 1e300),
  fc.constantFrom<Json[]>(...words('80 http TCP tcp Ingress Egress In Exists web shop Admin Allow Accept Deny Pass')),
  fc.constantFrom<Json[]>(...words('10.0.0.0/8 10.0.0.1/8 ::/0 0.0.0.0/0 300.0.0.0/8 10.0.0.0/99 *.example.com *')),
  fc.constantFrom<Json[]>({ app: 'web' }, { matchLabels: { app: 1 } }, { matchExpressions: [{}] }),
  fc.constantFrom<Json[]>(
    'a'.repeat(50_000),
    'é😀\u0000\u2028',
    ...words('__proto__ constructor {{.Values.x}} ${x} ~ y'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Keys that mean something in one kind or another, and some that mean something to JavaScript. */
const key = fc.constantFrom(
  '',
  ...words(`apiVersion kind metadata name namespace labels spec status items template replicas containers hostNetwork
    podSelector namespaceSelector matchLabels matchExpressions key operator values policyTypes ingress egress from to
    ports port endPort protocol ipBlock cidr except subject priority tier action namespaces pods networks nodes
    domainNames portNumber portRange namedPort destinationNamedPort sameLabels protocols start end rules backend number
    tcp ownerReferences podIP podIPs futurePeer __proto__ constructor toString`),
)

/** A change of a tree: where (a share of its places), what to do there, and with what. */
interface Change {
  readonly at: number
  readonly how: 'replace' | 'remove' | 'repeat' | 'add'
  readonly key: string
  readonly value: Json
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'add'),
  key,
  value: odd,
})

/** Some changes of a tree, one after the other. */
export const treeChanges: fc.Arbitrary<readonly Change[]> = fc.array(change, { minLength: 1, maxLength: 4 })

/** The value after the changes; nothing of the given one is touched. */
export function changeTree(value: Json, changes: readonly Change[]): Json {
  let changed = value
  for (const one of changes) {
    const places = placesOf(changed)
    changed = changeAt(changed, places[Math.floor(one.at * places.length)] ?? [], one)
  }
  return changed
}

/** A tree as a plain value, keys such as `__proto__` included. */
export function plainOf(tree: Tree | undefined): Json {
  if (tree?.type === 'sequence') return tree.items.map(plainOf)
  if (tree?.type !== 'mapping') return tree?.value ?? null
  return fromEntries(tree.entries.map(({ key: own, value }) => [own, plainOf(value)]))
}

function placesOf(value: Json): readonly (readonly (string | number)[])[] {
  const inner = entriesOf(value).flatMap(([step, own]) => placesOf(own).map((path) => [step, ...path]))
  return [[], ...inner]
}

function changeAt(value: Json, path: readonly (string | number)[], how: Change): Json {
  const [step, ...rest] = path
  if (step === undefined) return how.how === 'add' ? withMore(value, how) : how.value
  if (Array.isArray(value))
    return (value as Json[]).flatMap((own, i) => (i === step ? itemsFor(own, rest, how) : [own]))
  const entries = entriesOf(value).flatMap(([own, inner]) =>
    own === step
      ? itemsFor(inner, rest, how).map((item, i) => [i === 0 ? own : how.key, item] as const)
      : [[own, inner] as const],
  )
  return fromEntries(entries)
}

// What stands there after the change: nothing, the changed thing, or the thing twice.
function itemsFor(value: Json, rest: readonly (string | number)[], how: Change): Json[] {
  if (rest.length > 0 || how.how === 'replace' || how.how === 'add') return [changeAt(value, rest, how)]
  return how.how === 'remove' ? [] : [value, value]
}

function withMore(value: Json, { key: own, value: more }: Change): Json {
  if (Array.isArray(value)) return [...(value as Json[]), more]
  return fromEntries([...entriesOf(value), [own, more]])
}

function entriesOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return (value as Json[]).map((item, i) => [i, item])
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function fromEntries(entries: readonly (readonly [string | number, Json])[]): Json {
  return Object.assign(Object.create(null), ...entries.map(([own, value]) => ({ [own]: value }))) as Json
}

/** A change of a text's lines or characters: where (shares of the text), what to do there, and with what. */
interface Slip {
  readonly at: number
  readonly other: number
  readonly how: keyof typeof SLIPS
  readonly text: string
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const texts = fc.constantFrom(
  ...words('null [] {} [{}] 0 -1 1e300 0x1F .inf .nan 010 "80" yes ~ *a | > " { } [ ] # --- ... 2026-01-01 😀 {{x}}'),
  ..."'|&a x|!!binary x|- x|? x|<<: *a|: |%YAML 1.1|\t|\r|\u0000|\u2028|\ufeff".split('|'),
  'a'.repeat(20_000),
  '9'.repeat(400),
  '- '.repeat(200),
)

const SLIPS = {
  'drop line': (lines: string[], at: number) => lines.toSpliced(at, 1),
  'double line': (lines: string[], at: number) => lines.toSpliced(at, 0, lines[at] ?? ''),
  'swap lines': (lines: string[], at: number, { other }: Slip) => swapped(lines, at, Math.floor(other * lines.length)),
  indent: (lines: string[], at: number) => lines.with(at, `  ${lines[at]}`),
  outdent: (lines: string[], at: number) => lines.with(at, (lines[at] ?? '').replace(/^ {1,2}/, '')),
  'cut off': (lines: string[], at: number, { other }: Slip) => [...lines.slice(0, at), cut(lines[at] ?? '', other)],
  'other value': (lines: string[], at: number, { text }: Slip) =>
    lines.with(
      at,
      (lines[at] ?? '').replace(/(: |- )[^:]*$/, (_, mark: string) => mark + text),
    ),
  'other character': (lines: string[], at: number, { text, other }: Slip) => {
    const line = lines[at] ?? ''
    return lines.with(at, cut(line, other) + text.slice(0, 1) + line.slice(Math.floor(other * line.length) + 1))
  },
  insert: (lines: string[], at: number, { text, other }: Slip) => {
    const line = lines[at] ?? ''
    return lines.with(at, cut(line, other) + text + line.slice(Math.floor(other * line.length)))
  },
}

/** Some slips of a hand, one after the other. */
export const slips: fc.Arbitrary<readonly Slip[]> = fc.array(
  fc.record({
    at: share,
    other: share,
    how: fc.constantFrom(...(Object.keys(SLIPS) as (keyof typeof SLIPS)[])),
    text: texts,
  }),
  { minLength: 1, maxLength: 5 },
)

/** The text after the slips. */
export function slip(text: string, made: readonly Slip[]): string {
  let lines = text.split('\n')
  for (const one of made) {
    if (lines.length > 0) lines = SLIPS[one.how](lines, Math.floor(one.at * lines.length), one)
  }
  return lines.join('\n')
}

function swapped(lines: string[], a: number, b: number): string[] {
  return lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')
}

function cut(line: string, at: number): string {
  return line.slice(0, Math.floor(at * line.length))
}

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
