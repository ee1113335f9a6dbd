import type { End } from './end.ts'
import type { Status } from './verdict.ts'

/** What a change of connections is about, most urgent first (design.md 9). */
export const CONCERNS = ['checks', 'dns', 'replicas', 'exposed', 'scrape', 'rest'] as const

/** The one that counts of all that fit. */
export type Concern = (typeof CONCERNS)[number]

/** What became of a connection: ports of the destination for people (`TCP 80, 443`), '' where none. */
export interface EffectLine {
  readonly from: End
  readonly to: End
  readonly opened: string
  readonly closed: string
  /** Known before and not now, or the reverse. */
  readonly other: string
  /** What more there is to say: the check that it breaks. */
  readonly note?: string | undefined
}

/** The changes between two namespaces (or ends outside) that are about the same thing. */
export interface EffectGroup {
  readonly concern: Concern
  /** The namespace or the end outside that the connections start from … */
  readonly from: End
  /** … and where they end. */
  readonly to: End
  /** How many connections, all of them, in which some port opened, closed or became (un)known. */
  readonly counts: EffectCounts
  /** The first of them. */
  readonly lines: readonly EffectLine[]
}

/** Numbers of connections; one of which ports opened and others closed counts in both. */
export interface EffectCounts {
  readonly opened: number
  readonly closed: number
  readonly other: number
}

/** What some texts do beside others, in numbers and in lines that people read. */
export interface Effects extends EffectCounts {
  /** Workloads that lost name resolution, and that got it back. */
  readonly dns: { readonly lost: readonly End[]; readonly gained: readonly End[] }
  /** Names of checks that held and don't now, and the reverse. */
  readonly checks: { readonly broken: readonly string[]; readonly mended: readonly string[] }
  /** Workloads that are in one of the texts only: their connections are not counted. */
  readonly workloads: { readonly come: number; readonly gone: number }
  /** Most urgent first. */
  readonly groups: readonly EffectGroup[]
  /** Groups that are left out because nobody reads so many. */
  readonly more: number
}

/** An edge of the picture that had another verdict before. */
export interface ChangedEdge {
  readonly id: string
  readonly before: Status
  readonly after: Status
}
