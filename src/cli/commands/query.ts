import type { Settings } from '#core/model/settings.ts'
import type { Status } from '#core/model/verdict.ts'
import { type Answer, answer, type Oracle, oracleOf } from '../answer.ts'
import { type Arguments, choiceGiven, type Flag, valueGiven, valueNeeded } from '../arguments.ts'
import { differsLines } from '../cni.ts'
import { type Command, statusWith, STRICT } from '../command.ts'
import { ENDS } from '../ends.ts'
import type { Evidence } from '../evidence.ts'
import { answerLine, linesOf } from '../lines.ts'
import { Mistake } from '../mistake.ts'
import { openPaths } from '../open.ts'
import { specsOf } from '../ports.ts'
import { DIRECT_OWNERS, SETTING_FLAGS } from '../settings.ts'
import type { Colour, Paint, Terminal } from '../terminal.ts'

/** The flags that make a question. */
export const QUESTION_FLAGS: readonly Flag[] = [
  { name: 'from', value: 'X', about: `Who opens the connection: ${ENDS}.` },
  { name: 'to', value: 'Y', about: 'Who is to be reached: the same.' },
  {
    name: 'port',
    value: 'N',
    about: 'A port of the pods at the destination: a number, a range (8000-8080) or a name. Left out: all ports.',
  },
  { name: 'protocol', value: 'TCP|UDP|SCTP', about: 'Left out: TCP with --port, else all three.' },
]

/** The words for people about ends, in every help that has them. */
export const ENDS_HELP = `X and Y are a pod (shop/web-5d4f9-x2x7q), a workload (shop/web[Deployment], or shop/web where only one is called
so), an IP address, a CIDR, or {ingress-controller}. An address that a loaded pod has means that pod.`

/** `drawbridge query`: may X reach Y? */
export const query: Command = {
  name: 'query',
  summary: 'say whether X may reach Y, and which rules decide',
  usage: 'PATH… --from X --to Y [--port N] [--protocol P] [flags]\n  drawbridge query PATH… --stdin [flags]',
  about: `Says whether X may open connections to Y: allowed, denied, partial (only some of the asked ports or pods) or
undetermined (what is loaded, or what is known of the CNI, does not tell).
${ENDS_HELP}`,
  flags: [
    ...QUESTION_FLAGS,
    { name: 'stdin', about: 'Answer many questions: a JSON object a line in, a JSON object a line out, as they come.' },
    { name: 'output', short: 'o', value: 'txt|json', about: 'For people, or for programs.' },
    DIRECT_OWNERS,
    ...SETTING_FLAGS,
    STRICT,
  ],
  more: `With --stdin a line is {"from": X, "to": Y, "port": N, "protocol": P} (the last two may be left out). The same
object comes back with "verdict", "egress" (at the source) and "ingress" (at the destination), without a port
"ports" (what is surely open, as list writes it), where the API says something else than the CNI does
"differs" ({"reference": what the API says, "facts": [{"note", "source", "verified", "uncertain", "policies"}]}),
and "evidence": the rules that are about it,
{"direction", "kind", "policy", "path", "file", "line", "effect": allow|deny|pass|isolate}; isolate is a policy that
selects the pods without a rule for this connection. What cannot be asked comes back with "error"; the others go on.

Exit status: 0 answered, whatever the answer; with --stdin, the lines were read to the end. 2 something could not be
read or asked (or, with --strict, a document is broken).

Examples:
  drawbridge query manifests/ --from shop/web --to shop/db --port 5432
  drawbridge query manifests/ --from shop/web --to shop/db --port 5432 --cni cilium@1.16
  drawbridge query manifests/ --from 203.0.113.7 --to shop/web[Deployment] -o json
  echo '{"from":"shop/web","to":"shop/db","port":5432}' | drawbridge query manifests/ --stdin`,
  run,
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const format = choiceGiven(args, 'output', ['txt', 'json'])
  if (args.flags.has('stdin')) return answerAll(args, terminal)
  const question = questionGiven('query', args)
  const { loaded, refused } = await openPaths('query', args, terminal)
  const found = answer(oracleOf(loaded), question)
  const asked = { from: question.from, to: question.to, port: portGiven(args), protocol: valueGiven(args, 'protocol') }
  await terminal.out(
    format === 'json'
      ? `${JSON.stringify({ ...asked, ...found }, undefined, 2)}\n`
      : told(question, found, { settings: loaded.settings, paint: terminal.paint.out }),
  )
  return statusWith(args, refused)
}

/** The question that the flags ask. */
export function questionGiven(command: string, args: Arguments) {
  const from = valueNeeded(args, command, 'from')
  const to = valueNeeded(args, command, 'to')
  const port = valueGiven(args, 'port')
  return { from, to, specs: specsOf(port, valueGiven(args, 'protocol')), hasPort: port !== undefined }
}

// A number is a number in JSON.
function portGiven(args: Arguments): number | string | undefined {
  const port = valueGiven(args, 'port')
  return port !== undefined && /^\d+$/.test(port) ? Number(port) : port
}

async function answerAll(args: Arguments, terminal: Terminal): Promise<number> {
  const more = QUESTION_FLAGS.find(({ name }) => args.flags.has(name))
  if (more) throw new Mistake(`--stdin reads the questions from its lines: it does not go with --${more.name}.`)
  if (args.paths.includes('-'))
    throw new Mistake('--stdin reads questions: manifests cannot be piped in, too; name their files.')
  const { loaded, refused } = await openPaths('query', args, terminal)
  const oracle: Oracle = oracleOf(loaded)
  for await (const lines of linesOf(terminal.input))
    await terminal.out(lines.map((line) => answerLine(oracle, line)).join(''))
  return statusWith(args, refused)
}

const COLOURS: Readonly<Record<Status, Colour>> = {
  allowed: 'good',
  denied: 'bad',
  partial: 'unsure',
  undetermined: 'unsure',
}

function told(
  { from, to, specs }: ReturnType<typeof questionGiven>,
  found: Answer,
  { settings, paint }: { readonly settings: Settings; readonly paint: Paint },
): string {
  const status = (word: Status): string => paint(COLOURS[word], word)
  const what = specs.length === 0 ? '' : ` ${specs.join(' ').replace('/', ' ')}`
  const open = found.ports === undefined || found.verdict === 'allowed' ? '' : `  open: ${found.ports}\n`
  const other = found.differs ? differsLines(found.differs, settings, paint) : []
  const differs = other.map((line) => `  ${line}\n`).join('')
  const half = (direction: Evidence['direction']): string => {
    const own = found.evidence.filter((one) => one.direction === direction)
    return `  ${direction}: ${status(found[direction])}\n${own.map((one) => evidenceLine(one, paint)).join('')}`
  }
  return `${from} => ${to}${what}: ${status(found.verdict)}\n${open}${differs}${half('egress')}${half('ingress')}`
}

function evidenceLine({ kind, policy, path, file, line, effect, unknown }: Evidence, paint: Paint): string {
  const perhaps = unknown ? ' (perhaps)' : ''
  return `    ${effect.padEnd(7)} ${kind} ${policy} ${path}${perhaps} ${paint('faint', `${file}:${line}`)}\n`
}
