import { parseArgs } from 'node:util'
import { Mistake } from './mistake.ts'
import { suggest } from './suggest.ts'

/** A flag of a command. */
export interface Flag {
  readonly name: string
  readonly short?: string | undefined
  /** What stands for its value in the help; a flag without one is on or off. */
  readonly value?: string | undefined
  /** May it be given several times? Else the last one counts. */
  readonly multiple?: boolean | undefined
  /** For the help. */
  readonly about: string
}

/** What was typed after the command's name. */
export interface Arguments {
  readonly paths: readonly string[]
  readonly flags: ReadonlySet<string>
  /** By name, in order; none for flags that weren't given. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** Reads the arguments of a command; says what is wrong with them. */
export function readArguments(args: readonly string[], command: string, flags: readonly Flag[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(flags.map(optionOf)),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const paths: string[] = []
  const given = new Set<string>()
  const values = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value)
    if (token.kind !== 'option') continue
    const flag = flags.find(({ name }) => name === token.name)
    if (!flag) throw new Mistake(unknownFlag(token.rawName, command, flags))
    given.add(flag.name)
    const value = valueOf(flag, token)
    if (value !== undefined) values.set(flag.name, [...((flag.multiple && values.get(flag.name)) || []), value])
  }
  return { paths, flags: given, values }
}

/** The last value of a flag. */
export function valueGiven({ values }: Arguments, name: string): string | undefined {
  return values.get(name)?.at(-1)
}

/** The value of a flag that has to be one of these; the first where it isn't given. */
export function choiceGiven<T extends string>(args: Arguments, name: string, choices: readonly [T, ...T[]]): T {
  const value = valueGiven(args, name)
  if (value === undefined) return choices[0]
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw new Mistake(`--${name} ${value}: it can be ${listed(choices)}.${suggest(value, choices)}`)
}

/** The value of a flag that must be given. */
export function valueNeeded(args: Arguments, command: string, name: string): string {
  const value = valueGiven(args, name)
  if (value === undefined) throw new Mistake(`${command} needs --${name}. See drawbridge ${command} --help.`)
  return value
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

interface Given {
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function valueOf({ value: wanted }: Flag, { rawName, value, inlineValue }: Given): string | undefined {
  if (wanted === undefined) {
    if (value !== undefined) throw new Mistake(`${rawName} is on or off: it takes no value (${value}).`)
    return undefined
  }
  const isFlag = value !== undefined && !inlineValue && value.length > 1 && value.startsWith('-')
  if (value === undefined || value === '' || isFlag)
    throw new Mistake(`${rawName} needs a value: ${rawName} ${wanted}.`)
  return value
}

function optionOf({ name, short, value }: Flag) {
  return [name, { type: value === undefined ? 'boolean' : 'string', ...(short && { short }) } as const] as const
}

function unknownFlag(written: string, command: string, flags: readonly Flag[]): string {
  const known = flags.map(({ name }) => `--${name}`)
  const help = `drawbridge ${command} --help lists them.`
  return `${command} has no flag ${written}.${suggest(written, known) || ` ${help}`}`
}
