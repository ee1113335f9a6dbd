import type { Check } from '#core/model/check.ts'
import type { Policy } from '#core/model/rule.ts'
import { DEFAULT_SETTINGS, type Settings } from '#core/model/settings.ts'
import type { Counting } from './cluster.ts'
import type { Placed } from './entry.ts'

/** The policies that stand, stale ones marked. */
export function policiesOf(standing: readonly Placed[]): readonly Policy[] {
  return standing.flatMap(({ entry: { meaning } }) => (meaning?.type === 'policy' ? meaning.policies : []))
}

/** The saved checks. */
export function checksOf(standing: readonly Placed[]): readonly Check[] {
  return standing.flatMap(({ entry: { meaning } }) => (meaning?.type === 'checks' ? meaning.checks : []))
}

/** What the settings documents say, later ones over earlier ones, over the defaults; `before` itself where nothing changed. */
export function settingsOf(standing: readonly Placed[], before: Settings | undefined): Settings {
  const said = standing.map(({ entry: { meaning } }) => (meaning?.type === 'settings' ? meaning.settings : {}))
  const settings: Settings = Object.assign({}, DEFAULT_SETTINGS, ...said)
  return before && JSON.stringify(before) === JSON.stringify(settings) ? before : settings
}

/** What a cluster is put together from. */
export function objectsOf(standing: readonly Placed[]): readonly Counting[] {
  return standing.flatMap(({ entry: { meaning, stale } }) => (meaning ? [{ object: meaning, stale }] : []))
}
