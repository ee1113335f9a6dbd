import { coversIps, formatV4, formatV6, parseCidr } from '#core/model/cidr.ts'
import { formatPortSpec, isPortName, parsePortSpec } from '#core/model/portSpec.ts'

/** What a field holds, or what is wrong with it, in words that help. */
export type Read<T> = { readonly value: T; readonly problem?: undefined } | { readonly problem: string }

/** Ports typed as `5432, 8000-8080 http`, each with the chosen protocol unless it names its own (`UDP/53`); as checks write them. */
export function readPorts(text: string, protocol: string): Read<readonly string[]> {
  const value: string[] = []
  for (const part of partsOf(text)) {
    const spec = parsePortSpec(part.includes('/') ? part : `${protocol}/${part}`)
    if (spec === undefined)
      return { problem: `“${part}” is not a port (1-65535), a range like 8000-8080, or a port's name.` }
    value.push(formatPortSpec(spec))
  }
  return { value }
}

/** Ports of a new workload: `8080, http=8080, dns=UDP/53`; as the intent writes them. */
export function readContainerPorts(text: string): Read<readonly string[]> {
  const value: string[] = []
  for (const part of partsOf(text)) {
    const cut = part.indexOf('=')
    const name = cut < 0 ? undefined : part.slice(0, cut)
    const spec = parsePortSpec(part.slice(cut + 1))
    if (spec?.port.type !== 'range' || spec.port.from !== spec.port.to) {
      return { problem: `“${part}” is not a port: write 8080, http=8080 or dns=UDP/53.` }
    }
    if (name !== undefined && !isPortName(name)) {
      return { problem: `“${name}” can't be a port's name: up to 15 of a-z, 0-9 and -, with a letter.` }
    }
    value.push(`${name === undefined ? '' : `${name}=`}${formatPortSpec(spec)}`)
  }
  return { value }
}

function partsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '')
}

/** A name that Kubernetes takes for a namespace or a workload, not yet used (semantics.md B). */
export function readName(text: string, used: readonly string[]): Read<string> {
  const value = text.trim()
  if (value === '') return { problem: 'Give it a name.' }
  if (value.length > 63) return { problem: 'At most 63 characters.' }
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value)) {
    const hint = value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
    return {
      problem: `Use a-z, 0-9 and -, starting and ending with a letter or digit${hint === '' ? '.' : `: ${hint}`}`,
    }
  }
  return used.includes(value) ? { problem: `There is a “${value}” already.` } : { value }
}

const LABEL_NAME = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/
const LABEL_PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** Labels typed as `app=web tier=front`. */
export function readLabels(text: string): Read<Readonly<Record<string, string>>> {
  const value: [string, string][] = []
  for (const part of partsOf(text)) {
    const [key = '', label, ...rest] = part.split(/[=:]/)
    if (label === undefined || rest.length > 0) return { problem: `Write labels as key=value: “${part}”.` }
    const problem = problemOfLabel(key, label)
    if (problem !== undefined) return { problem }
    value.push([key, label])
  }
  return { value: Object.fromEntries(value) }
}

function problemOfLabel(key: string, label: string): string | undefined {
  const [prefix, name, ...rest] = key.includes('/') ? key.split('/') : [undefined, key]
  const prefixOk = prefix === undefined || LABEL_PREFIX.test(prefix)
  if (rest.length > 0 || !prefixOk || !LABEL_NAME.test(name ?? '')) return `“${key}” can't be a label's key.`
  if (label !== '' && !LABEL_NAME.test(label)) {
    return `“${label}” can't be a label's value: up to 63 of a-z, 0-9, -, _ and .`
  }
  return undefined
}

/** An IP block and its excepts as typed; a bare address becomes a block of one, host bits are refused with what was meant. */
export function readBlock(cidr: string, excepts: string): Read<{ cidr: string; except?: readonly string[] }> {
  const block = readCidr(cidr.trim())
  if (block.problem !== undefined) return block
  const except: string[] = []
  for (const part of partsOf(excepts)) {
    const hole = readCidr(part)
    if (hole.problem !== undefined) return hole
    if (!holds(block.value, hole.value)) return { problem: `${hole.value} is not a smaller part of ${block.value}.` }
    except.push(hole.value)
  }
  return { value: except.length === 0 ? { cidr: block.value } : { cidr: block.value, except } }
}

function holds(outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)]
  return a !== undefined && b !== undefined && coversIps(a, b) && !coversIps(b, a)
}

function readCidr(text: string): Read<string> {
  if (text === '') return { problem: 'Type an IP block, for example 10.0.0.0/16.' }
  const set = parseCidr(text)
  if (set === undefined) return { problem: `“${text}” is not an IP block like 10.0.0.0/16 or 2001:db8::/32.` }
  const v4 = set.v4[0]
  const v6 = set.v6[0]
  const first = v4 === undefined ? formatV6(v6?.from ?? 0n) : formatV4(v4.from)
  const [address = '', mask] = text.split('/')
  const length = mask ?? (v4 === undefined ? '128' : '32')
  const meant = `${first}/${length}`
  const same = mask === undefined || address === first || v4 === undefined
  return same ? { value: v4 === undefined ? `${address}/${length}` : meant } : { problem: `Did you mean ${meant}?` }
}
