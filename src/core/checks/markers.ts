import type { CheckResult } from '#core/model/check.ts'
import type { Diagnostic } from '#core/model/text.ts'
import { plain } from '#core/model/sentence.ts'

/** Markers for the editor: an error on each broken check, a warning on one that nobody can tell. */
export function checkMarkers(judged: readonly CheckResult[]): readonly Diagnostic[] {
  return judged.flatMap(({ check, outcome, why }): readonly Diagnostic[] => {
    if (outcome === 'holds') return []
    const severity = outcome === 'broken' ? 'error' : 'warning'
    return [{ code: `check-${outcome}`, severity, message: plain(why), ref: check.ref }]
  })
}
