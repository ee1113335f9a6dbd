import { checkName } from '#core/checks/name.ts'
import type { CheckOutcome, CheckResult } from '#core/model/check.ts'
import type { End } from '#core/model/end.ts'
import type { Colour, Paint } from './terminal.ts'

/** A check with how it fares, ready to be written. */
export interface CheckLine {
  readonly name: string
  /** Undefined for a check that says `only`. */
  readonly from?: End | undefined
  readonly only?: readonly End[] | undefined
  readonly to: End
  readonly ports: readonly string[]
  readonly expect: 'allowed' | 'denied'
  readonly outcome: CheckOutcome
  /** One sentence; empty where it holds. */
  readonly why: string
  readonly file: string
  readonly line: number
}

/** The line of a result that stands at this place. A check without a name is called by what it expects. */
export function checkLine({ check, outcome, why }: CheckResult, place: { file: string; line: number }): CheckLine {
  const { from, to, ports, expect, only } = check
  const name = check.name.trim() === '' ? checkName(check, new Set()) : check.name
  const who = only ? { only } : { from }
  const { file, line } = place
  return { name, ...who, to, ports, expect, outcome, why: why.map(({ text }) => text).join(''), file, line }
}

/**
 * Writes lines in pieces, in their order. `unread` says of checks that could not be read; empty where there are none: a report
 * without them would look like success to who reads nothing else. For people that stands on stderr.
 */
export type CheckWriter = (lines: readonly CheckLine[], paint: Paint, unread?: string) => Iterable<string>

/** `drawbridge check -o …`. */
export const CHECK_WRITERS: Readonly<Record<'txt' | 'tap' | 'junit' | 'json', CheckWriter>> = {
  txt: writeText,
  tap: writeTap,
  junit: writeJunit,
  json: writeJson,
}

const COLOURS: Readonly<Record<CheckOutcome, Colour>> = {
  holds: 'good',
  broken: 'bad',
  undetermined: 'unsure',
  missing: 'unsure',
}

function* writeText(lines: readonly CheckLine[], paint: Paint): Generator<string, void, void> {
  for (const { name, outcome, why, file, line } of lines) {
    const place = paint('faint', `${oneLine(file)}:${line}`)
    yield `${paint(COLOURS[outcome], outcome.padEnd(WIDTH))}  ${oneLine(name)}  ${place}\n`
    if (why !== '') yield `${' '.repeat(WIDTH)}  ${oneLine(why)}\n`
  }
  yield `${total(lines)}\n`
}

const WIDTH = 'undetermined'.length

// `3 checks: 2 hold, 1 broken.`
function total(lines: readonly CheckLine[]): string {
  const count = (outcome: CheckOutcome): number => lines.filter((line) => line.outcome === outcome).length
  const holding = count('holds')
  const rest = (['broken', 'undetermined', 'missing'] as const)
    .map((outcome) => ({ outcome, number: count(outcome) }))
    .filter(({ number }) => number > 0)
    .map(({ outcome, number }) => `${number} ${outcome}`)
  const parts = [`${holding} ${holding === 1 ? 'holds' : 'hold'}`, ...rest]
  return `${lines.length} ${lines.length === 1 ? 'check' : 'checks'}: ${parts.join(', ')}.`
}

// https://testanything.org/tap-version-14-specification.html
function* writeTap(lines: readonly CheckLine[], _: Paint, unread = ''): Generator<string, void, void> {
  const last = lines.length + (unread === '' ? 0 : 1)
  yield `TAP version 14\n1..${last}\n`
  for (const [i, { name, outcome, why, file, line }] of lines.entries()) {
    yield `${outcome === 'holds' ? 'ok' : 'not ok'} ${i + 1} - ${oneLine(name).replaceAll(/[\\#]/g, String.raw`\$&`)}\n`
    if (outcome === 'holds') continue
    const at = `  at:\n    file: ${quoted(file)}\n    line: ${line}\n`
    yield `  ---\n  message: ${quoted(why)}\n  severity: fail\n  outcome: ${outcome}\n${at}  ...\n`
  }
  if (unread !== '') yield `not ok ${last} - ${unread}\n`
}

// JSON lets stand what YAML does not (YAML 1.2, 5.1), or reads as the end of a line.
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function* writeJunit(lines: readonly CheckLine[], _: Paint, unread = ''): Generator<string, void, void> {
  const errors = unread === '' ? 0 : 1
  const failures = lines.filter(({ outcome }) => outcome !== 'holds').length
  const counts = `tests="${lines.length + errors}" failures="${failures}" errors="${errors}"`
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n  <testsuite name="drawbridge" ${counts} skipped="0">\n`
  for (const { name, outcome, why, file, line } of lines) {
    const head = `    <testcase classname="${xml(file)}" name="${xml(name)}" file="${xml(file)}" line="${line}"`
    if (outcome === 'holds') yield `${head}/>\n`
    else {
      const failure = `<failure type="${outcome}" message="${xml(why)}">${xml(`${file}:${line}: ${why}`)}</failure>`
      yield `${head}>\n      ${failure}\n    </testcase>\n`
    }
  }
  if (errors > 0)
    yield `    <testcase classname="drawbridge" name="read all checks">\n      <error type="unread" message="${xml(unread)}"/>\n    </testcase>\n`
  yield '  </testsuite>\n</testsuites>\n'
}

function* writeJson(lines: readonly CheckLine[], _: Paint, unread = ''): Generator<string, void, void> {
  const lost = unread === '' ? [] : [{ name: 'read all checks', outcome: 'unread', why: unread }]
  yield `${JSON.stringify([...lines, ...lost], undefined, 2)}\n`
}

// For attributes, too, in which line ends would be lost; what no XML document may hold is replaced (XML 1.0, 2.2).
function xml(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"'\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

// Control characters in a name would write lines, or to the terminal, of their own.
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
