import type { NamedHost } from '#core/model/cluster.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import { itemsOf, textAt, textOf } from './fields.ts'

// Longer values are certificates and documents.
const LONGEST = 2000
const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?'
/** A name on its own or in a list, behind `//`, `@` or `=`; what follows can't be a part of it. */
const HOST = new RegExp(`(^|//|[@=,\\s])(${LABEL}(?:[.]${LABEL})*)[.]?(?::(\\d{1,5}))?(?=$|[/,;?#\\s])`, 'gi')

/**
 * The hosts that env values, commands and arguments of a pod's containers name, each once. Words that could be anything
 * count only where they are the whole value, have a port, or stand behind `//` or `@`. Addresses don't count.
 */
export function readNamedHosts(spec: Tree | undefined): readonly NamedHost[] {
  const containers = ['containers', 'initContainers'].flatMap((key) => itemsOf(child(spec, key)))
  const found = containers.flatMap((container) => [
    ...itemsOf(child(container, 'env')).flatMap((env) =>
      hostsIn(textAt(env, 'value') ?? '', `env ${textAt(env, 'name') ?? ''}`),
    ),
    ...['command', 'args'].flatMap((key) =>
      itemsOf(child(container, key)).flatMap((word) => hostsIn(textOf(word) ?? '', 'an argument')),
    ),
  ])
  return [...new Map(found.map((one) => [`${one.host}:${one.port ?? ''}`, one])).values()]
}

function hostsIn(value: string, by: string): readonly NamedHost[] {
  if (value.length > LONGEST) return []
  return Array.from(value.matchAll(HOST), ([, before = '', name = '', port]): readonly NamedHost[] => {
    const host = name.toLowerCase()
    const isSure = host.includes('.') || port !== undefined || before === '//' || before === '@' || name === value
    const isName = /[a-z]/.test(host)
    return isSure && isName ? [{ host, ...(port === undefined ? {} : { port: Number(port) }), by }] : []
  }).flat()
}
