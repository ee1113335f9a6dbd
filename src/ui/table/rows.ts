import { endName } from '#core/model/end.ts'
import type { Differs, Edge } from '#core/model/picture.ts'
import type { Status } from '#core/model/verdict.ts'

/** The columns of the table of connections, in order, with their headings. */
export const COLUMNS = [
  { id: 'from', heading: 'From' },
  { id: 'to', heading: 'To' },
  { id: 'ports', heading: 'Ports' },
  { id: 'status', heading: 'Verdict' },
  { id: 'why', heading: 'Why / expected' },
  { id: 'layer', heading: 'Layer' },
] as const

/** A column's name. */
export type Column = (typeof COLUMNS)[number]['id']

/** One line of the table: the edge and its texts. */
export interface Row {
  readonly edge: Edge
  readonly texts: Readonly<Record<Column, string>>
}

/** How the table is sorted. */
export interface Order {
  readonly column: Column
  readonly descending: boolean
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  partial: 'partly allowed',
  undetermined: 'undetermined',
}

/** The edge as a line of text in every column. */
export function rowOf(edge: Edge): Row {
  return {
    edge,
    texts: {
      from: endName(edge.from),
      to: endName(edge.to),
      ports: edge.label,
      status: STATUS_WORDS[edge.status],
      why: [...whys(edge)].join('; '),
      layer: edge.layers.join(', '),
    },
  }
}

/** What the rows had before, by the ids of their edges: those that are others now. */
export type Former = ReadonlyMap<string, Status>

/** Rows whose edges are others now than before. */
export function changedRows(rows: readonly Row[], former: Former): readonly Row[] {
  return rows.filter(({ edge }) => former.has(edge.id))
}

/** What a row had before, in words; '' where nothing changed. */
export function formerly(former: Former, { id, status }: Edge): string {
  const before = former.get(id)
  if (before === undefined) return ''
  return before === status ? 'other ports before' : `was ${STATUS_WORDS[before]}`
}

/** Rows whose texts hold all words of the filter, letter case aside, with one of the statuses (none given: any). */
export function filterRows(rows: readonly Row[], text: string, status: Status | ''): readonly Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (status !== '' && row.edge.status !== status) return false
    const all = `${Object.values(row.texts).join(' ')} ${row.edge.name}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** Rows in the order of one column, numbers within texts by their value; equal ones keep the order they had. */
export function sortRows(rows: readonly Row[], { column, descending }: Order): readonly Row[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => sign * COLLATOR.compare(a.texts[column], b.texts[column]))
}

function otherwise({ facts, reference, beyond }: Differs): string {
  const notes = facts.map(({ note }) => note).join(' ')
  return beyond === undefined
    ? `the API says ${STATUS_WORDS[reference]}: ${notes}`
    : `the CNI opens ${beyond}: ${notes}`
}

const COLLATOR = new Intl.Collator('en', { numeric: true })

function* whys(edge: Edge): Generator<string> {
  if (edge.differs) yield otherwise(edge.differs)
  for (const check of edge.checks) {
    if (check.outcome === 'holds') yield 'as wanted'
    else if (check.outcome === 'broken') yield `broken: should be ${check.expect}`
    else if (check.outcome === 'missing') yield `an end of the check is missing (should be ${check.expect})`
    else yield `not known (should be ${check.expect})`
  }
  if (edge.blockedAt === 'source') yield 'egress is blocked at the source'
  else if (edge.blockedAt === 'destination') yield 'ingress is blocked at the destination'
  else if (edge.blockedAt === 'both') yield 'blocked at both ends'
  if (edge.stale) yield 'last good meaning of a broken document'
}
