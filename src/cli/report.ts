import type { Profiled } from '#core/evaluate/profiled.ts'
import type { Loaded } from '#core/load/load.ts'
import type { DocumentInfo, Problem } from '#core/model/picture.ts'
import { enforcesNothing } from './cni.ts'
import { hintsOf } from './hints.ts'
import type { Paint, Terminal } from './terminal.ts'

const COLOURS = { error: 'bad', warning: 'unsure', info: 'faint' } as const
// Whole files that have no say: silence about them would look like an answer.
const TOLD = new Set(['kustomize-patch', 'helm-template'])

/** Says on stderr what is wrong with documents, and which have no effect; returns how many are broken or rejected. */
export function reportDiagnostics(loaded: Loaded, { err, paint }: Terminal): number {
  const refused = loaded.documents.filter(({ outcome }) => outcome === 'broken' || outcome === 'rejected')
  const policies = new Set(loaded.policies.flatMap(({ ref, inert }) => (inert ? [ref.document] : [])))
  const told = loaded.problems.filter(({ severity, code }) => severity !== 'info' || TOLD.has(code))
  for (const problem of told) err(problemLine(problem, paint.err))
  for (const document of refused) {
    const consequence = consequenceOf(document, policies.has(document.id))
    if (consequence) err(line(document.file, document.line, 1, 'error', consequence, paint.err))
  }
  // What enforces nothing leaves nothing open.
  for (const { kind, count } of enforcesNothing(loaded.settings) ? [] : loaded.counts.unevaluated)
    err(`${paint.err('unsure', 'warning')}: ${unevaluated(kind, count)}\n`)
  return refused.length
}

/** Says on stderr why a list of connections may leave something out. */
export function reportHints(profiled: Profiled, { err, paint }: Terminal): void {
  for (const hint of hintsOf(profiled)) err(`${paint.err('faint', 'note')}: ${hint}\n`)
}

function problemLine({ file, line: at, column, severity, message }: Problem, paint: Paint): string {
  return line(file, at, column, severity, message, paint)
}

function line(
  file: string,
  at: number,
  column: number,
  severity: 'error' | 'warning' | 'info',
  message: string,
  paint: Paint,
): string {
  return `${file}:${at}:${column}: ${paint(COLOURS[severity], severity)}: ${message}\n`
}

// A workload that would be rejected counts as far as it can be read.
function consequenceOf({ outcome, kind, name }: DocumentInfo, isPolicy: boolean): string | undefined {
  if (outcome === 'broken') return 'This document cannot be read: it has no effect on the answers.'
  return isPolicy ? `${kind} ${name} would be rejected by Kubernetes: it has no effect on the answers.` : undefined
}

function unevaluated(kind: string, count: number): string {
  const what = count === 1 ? `1 ${kind} is` : `${count} ${kind} are`
  return `${what} not evaluated: what the pods that ${count === 1 ? 'it selects' : 'they select'} may send and receive is undetermined.`
}
