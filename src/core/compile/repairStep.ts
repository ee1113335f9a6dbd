import type { Denied, Placed, Weighed } from '#core/explain/nearMissTerms.ts'
import type { Intent } from '#core/model/intent.ts'
import { type Draft, edit, type Splice } from './draft.ts'
import { bareName } from './policyText.ts'

/** A denied connection that is to be allowed, by what nearly allows it. */
export type RepairIntent = Extract<Intent, { type: 'repair' }>

/** How peers and ports that don't fit are dealt with: changed where they stand, or left with what is asked for beside them. */
export interface Manner {
  readonly peers: 'mend' | 'add'
  readonly ports: 'mend' | 'add'
}

/** All of them: what leads to the same text is one. */
export const MANNERS: readonly Manner[] = [
  { peers: 'mend', ports: 'mend' },
  { peers: 'add', ports: 'mend' },
  { peers: 'mend', ports: 'add' },
  { peers: 'add', ports: 'add' },
]

/** A rule with what keeps it from allowing a connection. */
export interface Broken {
  readonly placed: Placed
  readonly denied: Denied
  readonly terms: readonly Weighed[]
  readonly intent: RepairIntent
  readonly manner: Manner
}

/** A draft with one term less that fails. */
export interface Mend {
  readonly draft: Draft
  readonly title: string
  readonly sentence: string
  readonly warnings?: readonly string[]
}

/** Splices of a rule's document one after the other; undefined where one can't be done. */
export function splice(draft: Draft, { policy }: Placed, ...splices: readonly Splice[]): Draft | undefined {
  let next: Draft | undefined = draft
  for (const one of splices) next = next && edit(next, policy.ref.document, one)
  return next
}

/** `rule 1 of shop/db`. */
export function ruleText({ policy, index }: Placed): string {
  return `rule ${index + 1} of ${policy.name}`
}

/** A mend of a rule, in words: `what` begins with a verb as in "Adds". */
export function said(placed: Placed, what: string, where: string): Pick<Mend, 'title' | 'sentence'> {
  return { title: what.replace(/^(\w+)s\b/, '$1'), sentence: `${what} ${where} ${ruleText(placed)}.` }
}

/** The same for what comes beside others: its title says where, in the words of one who knows the namespace. */
export function saidThere(placed: Placed, what: string, where: string): Pick<Mend, 'title' | 'sentence'> {
  const { title, sentence } = said(placed, what, where)
  return { title: `${title} ${where} rule ${placed.index + 1} of ${bareName(placed.policy)}`, sentence }
}
