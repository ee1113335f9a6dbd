import { once } from 'node:events'

/** Where a command reads and writes. Colours only where somebody looks. */
export interface Terminal {
  /** Fulfilled when it has been handed on, so that a slow reader slows the writer. */
  readonly out: (text: string) => Promise<void>
  readonly err: (text: string) => void
  /** The exit status from here on, should the reader go before the end. */
  readonly foretell: (status: number) => void
  readonly input: AsyncIterable<Uint8Array>
  readonly paint: { readonly out: Paint; readonly err: Paint }
}

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

/** What colours mean here. */
export type Colour = 'good' | 'bad' | 'unsure' | 'faint'

const CODES: Readonly<Record<Colour, number>> = { good: 32, bad: 31, unsure: 33, faint: 2 }

/** The terminal of this process. A reader that has seen enough (`| head`) ends the process, quietly. */
export function processTerminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, stdin, env } = process
  for (const stream of [stdout, stderr])
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit()
      if (stream === stdout) stderr.write(`drawbridge: the output cannot be written: ${message}\n`)
      process.exit(2)
    })
  return {
    out: async (text) => {
      if (!stdout.write(text)) await once(stdout, 'drain')
    },
    err: (text) => void stderr.write(text),
    foretell: (status) => void (process.exitCode = status),
    input: stdin,
    paint: { out: painter(stdout.isTTY, env), err: painter(stderr.isTTY, env) },
  }
}

/** Colours for a stream, unless it is no terminal or the user wants none (https://no-color.org). */
export function painter(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): Paint {
  const plain = !isTerminal || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return plain ? (_, text) => text : (colour, text) => `\u001B[${CODES[colour]}m${text}\u001B[0m`
}

const CHUNK = 65_536

/** Writes pieces as they come, in chunks: never all at once. */
export async function writeAll({ out }: Pick<Terminal, 'out'>, pieces: Iterable<string>): Promise<void> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK) continue
    await out(chunk)
    chunk = ''
  }
  if (chunk !== '') await out(chunk)
}
