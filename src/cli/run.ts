import { version } from '../../package.json'
import { readArguments } from './arguments.ts'
import { COMMANDS } from './commands/index.ts'
import { commandHelp, generalHelp, HELP } from './help.ts'
import { Mistake } from './mistake.ts'
import { suggest } from './suggest.ts'
import type { Terminal } from './terminal.ts'

/** Does what the arguments (those after `drawbridge`) say; returns the exit status. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    terminal.err(`drawbridge: ${error.message}\n`)
    return 2
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined) {
    terminal.err(generalHelp())
    return 2
  }
  if (['--help', '-h', 'help'].includes(name)) return print(helpAbout(rest[0]), terminal)
  if (name === '--version' || name === '-V') return print(`${version}\n`, terminal)
  const command = COMMANDS.find((one) => one.name === name)
  if (!command) throw new Mistake(unknownCommand(name))
  const given = readArguments(rest, name, [...command.flags, HELP])
  return given.flags.has('help') ? print(commandHelp(command), terminal) : command.run(given, terminal)
}

async function print(text: string, { out }: Terminal): Promise<number> {
  await out(text)
  return 0
}

function helpAbout(name: string | undefined): string {
  const command = COMMANDS.find((one) => one.name === name)
  return command ? commandHelp(command) : generalHelp()
}

function unknownCommand(written: string): string {
  const names = COMMANDS.map(({ name }) => name)
  const help = ` It can be ${names.join(', ')}; drawbridge --help says more.`
  const what = written.startsWith('-') ? `a command comes first, not ${written}.` : `there is no command ${written}.`
  return `${what}${suggest(written, names) || help}`
}
