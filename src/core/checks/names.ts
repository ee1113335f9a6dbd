import { list, plain, type Sentence } from '#core/model/sentence.ts'
import type { Ref } from '#core/model/text.ts'

/** Names of policies to click on: `a`, `a and b`, `a, b and 3 more`. */
export function links(policies: readonly { readonly name: string; readonly ref: Ref }[]): Sentence {
  const distinct = [...new Map(policies.map((policy) => [policy.name, policy])).values()]
  const shown = distinct.slice(0, MOST)
  const more = distinct.length - shown.length
  return list([...shown.map(({ name, ref }) => ({ text: name, ref })), ...(more > 0 ? [{ text: `${more} more` }] : [])])
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function names(words: readonly string[]): string {
  const shown = words.slice(0, MOST)
  const more = words.length - shown.length
  return plain(list([...shown, ...(more > 0 ? [`${more} more`] : [])].map((text) => ({ text }))))
}

const MOST = 2
