import type { Arguments, Flag } from './arguments.ts'
import type { Terminal } from './terminal.ts'

/** One word after `drawbridge`. */
export interface Command {
  readonly name: string
  /** One line for the general help. */
  readonly summary: string
  /** What follows the name. */
  readonly usage: string
  /** What a newcomer needs to know, before the flags. */
  readonly about: string
  readonly flags: readonly Flag[]
  /** What it prints, how it ends, examples: after the flags. */
  readonly more: string
  /** Does the work; returns the exit status. Mistakes of the user are thrown as such. */
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number>
}

/** Every document counts: a broken or rejected one is an error. */
export const STRICT: Flag = {
  name: 'strict',
  about:
    'Exit with status 2 if any document cannot be read or would be rejected by Kubernetes (the answers are printed all the same).',
}

/** Good; what `--strict` says of refused documents. */
export function statusWith(args: Arguments, refused: number, status = 0): number {
  return args.flags.has('strict') && refused > 0 ? 2 : status
}
