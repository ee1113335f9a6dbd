import type { Flag } from './arguments.ts'
import type { Command } from './command.ts'
import { COMMANDS } from './commands/index.ts'

const WIDTH = 100
const INDENT = '      '

/** `drawbridge --help`. */
export function generalHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const commands = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')
  return `drawbridge: what Kubernetes network policies really do, computed from manifests. No cluster is asked.

Usage: drawbridge COMMAND PATH… [flags]

Commands:
${commands}

A PATH is a YAML or JSON file, a folder (all its .yaml, .yml and .json files, at any depth), or - for what is piped in.
Namespaces, pods, workloads and policies are read together, as kubectl or Helm print them; other kinds are skipped.
A policy that Kubernetes would reject has no effect, and that is said on stderr.

Try:
  drawbridge list manifests/
  drawbridge query manifests/ --from shop/web --to shop/db --port 5432
  drawbridge explain manifests/ --from shop/web --to shop/db --port 5432
  drawbridge diff --old old/ --new new/
  drawbridge check manifests/ --checks checks.yaml

drawbridge COMMAND --help says more. --version prints the version.
`
}

/** `drawbridge COMMAND --help`. */
export function commandHelp({ name, usage, summary, about, flags, more }: Command): string {
  const all = [...flags, HELP]
  return `drawbridge ${name}: ${summary}.

Usage: drawbridge ${name} ${usage}

${about}

Flags:
${all.map(flagHelp).join('\n')}

${more}
`
}

/** The flag that every command has. */
export const HELP: Flag = { name: 'help', short: 'h', about: 'This text.' }

function flagHelp({ name, short, value, about }: Flag): string {
  const head = `  ${short ? `-${short}, ` : ''}--${name}${value === undefined ? '' : ` ${value}`}`
  return `${head}\n${wrap(about)}`
}

function wrap(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length > 0 && last.length + word.length + 1 > WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => `${INDENT}${line}`).join('\n')
}
