import { verdictUnder } from '#core/evaluate/profiled.ts'
import { explainVerdict } from '#core/explain/explain.ts'
import type { ExplainedHalf, Explanation } from '#core/model/picture.ts'
import type { Sentence } from '#core/model/sentence.ts'
import type { Status } from '#core/model/verdict.ts'
import { answer, type Oracle, oracleOf, type Question } from '../answer.ts'
import { type Arguments, choiceGiven } from '../arguments.ts'
import { differsLines } from '../cni.ts'
import { type Command, statusWith, STRICT } from '../command.ts'
import { openPaths } from '../open.ts'
import { DIRECT_OWNERS, SETTING_FLAGS } from '../settings.ts'
import type { Colour, Paint, Terminal } from '../terminal.ts'
import { ENDS_HELP, QUESTION_FLAGS, questionGiven } from './query.ts'

/** `drawbridge explain`: why may X reach Y, or not? */
export const explain: Command = {
  name: 'explain',
  summary: 'say in sentences why X may or may not reach Y',
  usage: 'PATH… --from X --to Y [--port N] [--protocol P] [flags]',
  about: `Answers as query does, in sentences: what isolates each end, which rules allow, what is missing, and where it
stands (file:line). Where the CNI does something else than the Kubernetes API says, it says so, with the source.
${ENDS_HELP}`,
  flags: [
    ...QUESTION_FLAGS,
    { name: 'output', short: 'o', value: 'txt|json', about: 'For people, or for programs.' },
    DIRECT_OWNERS,
    ...SETTING_FLAGS,
    STRICT,
  ],
  more: `Exit status: 0 explained, 2 something could not be read or asked (or, with --strict, a document is broken).

Examples:
  drawbridge explain manifests/ --from shop/web --to shop/db --port 5432
  kubectl get ns,pod,deploy,netpol -A -o yaml | drawbridge explain - --from 203.0.113.7 --to shop/web`,
  run,
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const format = choiceGiven(args, 'output', ['txt', 'json'])
  const question = questionGiven('explain', args)
  const { loaded, refused } = await openPaths('explain', args, terminal)
  const oracle = oracleOf(loaded)
  const explained = explainUnder(oracle, question)
  const print = format === 'json' ? asJson : asText
  await terminal.out(print(explained, oracle, terminal.paint.out))
  return statusWith(args, refused)
}

function explainUnder(oracle: Oracle, question: Question): Explanation {
  // What cannot be asked is a mistake here as it is for query.
  const { differs } = answer(oracle, question)
  const [from, to] = [oracle.endOf(question.from).end, oracle.endOf(question.to).end]
  const { profiled } = oracle
  const verdict = verdictUnder(profiled, from, to)?.verdict
  const told = explainVerdict(verdict, { evaluation: profiled.evaluation, from, to, specs: question.specs })
  return { ...told, ...(differs && { differs }) }
}

const COLOURS: Readonly<Record<Status, Colour>> = {
  allowed: 'good',
  denied: 'bad',
  partial: 'unsure',
  undetermined: 'unsure',
}

function asText(explanation: Explanation, { placeOf, loaded }: Oracle, paint: Paint): string {
  const { name, status, summary, halves, open, differs } = explanation
  const sentence = (parts: Sentence): string =>
    parts
      .map(({ text, ref }) => {
        if (!ref) return text
        const { file, line } = placeOf(ref)
        return `${text} ${paint('faint', `[${file}:${line}]`)}`
      })
      .join('')
  const half = ({ title, status: own, sentences }: ExplainedHalf): string =>
    [`\n${coloured(title, own, paint)}`, ...sentences.map((parts) => `  ${sentence(parts)}`)].join('\n')
  const other = differs ? ['', ...differsLines(differs, loaded.settings, paint)] : []
  const lines = [coloured(name, status, paint), summary, ...other, ...halves.map(half)]
  return `${lines.join('\n')}\n\nOpen in all: ${open}.\n`
}

// The verdict stands at the end of titles.
function coloured(title: string, status: Status, paint: Paint): string {
  return title.endsWith(status) ? `${title.slice(0, -status.length)}${paint(COLOURS[status], status)}` : title
}

function asJson(explanation: Explanation, { placeOf }: Oracle): string {
  const { name, ports, status, summary, halves, open, differs } = explanation
  const told = halves.map(({ direction, status: verdict, title, sentences }) => ({
    direction,
    verdict,
    title,
    sentences: sentences.map((parts) => ({
      text: parts.map(({ text }) => text).join(''),
      places: parts.flatMap(({ text, ref }) => {
        if (!ref) return []
        const { file, line } = placeOf(ref)
        return [{ text, file, line }]
      }),
    })),
  }))
  return `${JSON.stringify({ name, ports, verdict: status, summary, ...(differs && { differs }), halves: told, open }, undefined, 2)}\n`
}
