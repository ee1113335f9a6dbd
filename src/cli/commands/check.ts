import { resultsUnder } from '#core/checks/under.ts'
import { evaluateWithProfile } from '#core/evaluate/profiled.ts'
import type { CheckResult } from '#core/model/check.ts'
import { type Arguments, choiceGiven } from '../arguments.ts'
import { CHECK_WRITERS, checkLine } from '../checkLines.ts'
import { openChecks, type OpenedChecks } from '../checks.ts'
import { type Command, statusWith, STRICT } from '../command.ts'
import { Mistake } from '../mistake.ts'
import { SETTING_FLAGS } from '../settings.ts'
import { type Terminal, writeAll } from '../terminal.ts'

/** `drawbridge check`: do the saved expectations hold? */
export const check: Command = {
  name: 'check',
  summary: 'say whether the saved checks hold',
  usage: 'PATH… [--checks FILE] [flags]',
  about: `Asks every check: must this connection be allowed, or denied? Checks are ConnectivityChecks documents (Drawbridge
writes them to checks.yaml) among the manifests, or what --checks names. A check passes only if what it wants is surely
so: one whose workload is not there, or whose answer is open, fails. Under a CNI (--cni, or the profile of a settings
document) what that CNI does counts, and the reason says where it is not what the Kubernetes API says.`,
  flags: [
    {
      name: 'checks',
      value: 'FILE',
      multiple: true,
      about:
        'Use the checks of this file instead of those in the paths (may be repeated): ConnectivityChecks, or a list of tests for NetAssert v2.',
    },
    {
      name: 'output',
      short: 'o',
      value: 'txt|tap|junit|json',
      about: 'How: txt, for people; tap, TAP 14; junit, JUnit XML; json, a list of objects.',
    },
    ...SETTING_FLAGS,
    STRICT,
  ],
  more: `Exit status: 0 all checks hold, 1 some are broken, undetermined or missing an end, 2 something could not be read (also
a single check), or there is no check, or none in what --checks names (or, with --strict, a document is broken).
tap, junit and json have an item more where checks could not be read: not ok, an error, {"outcome": "unread"}.

Examples:
  drawbridge check manifests/
  drawbridge check manifests/ --checks netassert.yaml -o junit > checks.xml
  kubectl get ns,pod,deploy,netpol -A -o yaml | drawbridge check - --checks checks.yaml`,
  run,
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const format = choiceGiven(args, 'output', ['txt', 'tap', 'junit', 'json'])
  if (args.paths.length === 0)
    throw new Mistake('check needs a PATH: a file, a folder, or - for what is piped in. See drawbridge check --help.')
  const opened = await openChecks(args, terminal)
  const { loaded, checks, unread, refused } = opened
  if (opened.empty.length > 0 || checks.length + unread === 0) throw new Mistake(noChecks(args, opened))
  const { cluster, policies, settings } = loaded
  const judged = resultsUnder(
    checks.map((one) => one.check),
    evaluateWithProfile(cluster, policies, settings),
  )
  const status = statusWith(args, refused, statusOf(judged, opened))
  terminal.foretell(status)
  const lost = unreadText(unread)
  if (lost !== '') terminal.err(`drawbridge: ${lost}\n`)
  const lines = judged.flatMap((result, i) => (checks[i] ? [checkLine(result, checks[i])] : []))
  await writeAll(terminal, CHECK_WRITERS[format](lines, terminal.paint.out, lost))
  return status
}

function statusOf(judged: readonly CheckResult[], { unread }: OpenedChecks): number {
  if (unread > 0) return 2
  return judged.every(({ outcome }) => outcome === 'holds') ? 0 : 1
}

function noChecks({ paths }: Arguments, { empty }: OpenedChecks): string {
  if (empty.length > 0) return `${empty.join(', ')}: there is no check.`
  return `${paths.join(', ')}: there is no check. Put a ConnectivityChecks document there, or name one by --checks.`
}

function unreadText(unread: number): string {
  if (unread === 0) return ''
  const what = unread === 1 ? '1 check' : `${unread} checks`
  return `${what} could not be read: what ${unread === 1 ? 'it wants' : 'they want'} is not known to hold.`
}
