import type { Effects } from '#core/model/effects.ts'
import { endName } from '#core/model/end.ts'
import type { ChangesSince } from '#state/view.ts'

/** What changes are counted from, in words: on its tab, behind the numbers, and on the banner. */
export const SINCE_WORDS: Readonly<Record<ChangesSince, { tab: string; after: string; banner: string }>> = {
  edit: { tab: 'Last edit', after: 'by the last edit', banner: 'as they were before the last edit' },
  opened: { tab: 'Opened', after: 'since you opened the files', banner: 'as they were when you opened the files' },
  pinned: { tab: 'Pinned', after: 'since you pinned', banner: 'as they were when you pinned this state' },
}

/** What to say where nothing changed. */
export const NOTHING: Readonly<Record<ChangesSince, string>> = {
  edit: 'The last edit changed no connection. What an edit opens and closes is listed here.',
  opened: 'Every connection is as it was when you opened the files.',
  pinned: 'Every connection is as it was when you pinned this state.',
}

/** What the numbers don't say: who lost DNS, which checks broke, what came and went. */
export function factsOf({ dns, checks, workloads }: Effects): readonly string[] {
  return [
    dns.lost.length > 0 ? `DNS lost for ${listOf(dns.lost.map(endName))}: names do not resolve there any more.` : '',
    dns.gained.length > 0 ? `DNS works again for ${listOf(dns.gained.map(endName))}.` : '',
    checks.broken.length > 0 ? `Broken: ${listOf(checks.broken.map(quoted))}.` : '',
    checks.mended.length > 0 ? `Mended: ${listOf(checks.mended.map(quoted))}.` : '',
    workloads.come > 0 ? `${counted(workloads.come)} new: connections of new workloads are not counted.` : '',
    workloads.gone > 0 ? `${counted(workloads.gone)} gone, with all connections.` : '',
  ].filter((fact) => fact !== '')
}

const MOST_NAMES = 5

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ')
}

function quoted(name: string): string {
  return `“${name}”`
}

function counted(count: number): string {
  return count === 1 ? '1 workload is' : `${count} workloads are`
}
