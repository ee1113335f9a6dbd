import { readNetAssert } from '#core/checks/fromNetAssert.ts'
import { probeScript } from '#core/checks/probeScript.ts'
import { toNetAssert } from '#core/checks/toNetAssert.ts'
import { judgeUnder } from '#core/checks/under.ts'
import type { LiveFormat, LiveTests, ReadTests } from '#core/model/check.ts'
import type { Scene } from './scene.ts'

/** A NetAssert file as checks that could be saved, each with how it would fare now. */
export function readTests({ profiled }: Scene, text: string): ReadTests {
  const { checks, problems } = readNetAssert(text, 'netassert')
  return {
    checks: checks.map(({ ref, ...check }) => ({
      check,
      reason: `Line ${lineAt(text, ref.range.from)}.`,
      outcome: judgeUnder(profiled, check),
    })),
    problems: problems.map(({ message, severity, ref }) => ({ line: lineAt(text, ref.range.from), message, severity })),
  }
}

/** All saved checks, written to be tried in a live cluster. */
export function liveTests({ loaded }: Scene, format: LiveFormat): LiveTests {
  const { checks, cluster } = loaded
  if (format === 'script') {
    const { text, probes, leftOut } = probeScript(checks, cluster)
    return { text, count: probes, leftOut }
  }
  const { text, tests, leftOut } = toNetAssert(checks, cluster)
  return { text, count: tests, leftOut }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length
}
