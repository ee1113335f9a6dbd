import { parsePortSpec } from '#core/model/portSpec.ts'
import { PROTOCOLS } from '#core/model/ports.ts'
import { Mistake } from './mistake.ts'

/** What is asked for as checks write it: `TCP/80`, `UDP`, or nothing for all ports. A port without a protocol means TCP. */
export function specsOf(port: string | undefined, protocol: string | undefined): readonly string[] {
  const known = protocol === undefined ? undefined : protocolOf(protocol)
  if (port === undefined) return known ? [known] : []
  const spec = `${known ?? 'TCP'}/${port}`
  if (!/^[^/\s]+$/.test(port) || !parsePortSpec(spec))
    throw new Mistake(`Port ${port}: write a number from 1 to 65535, a range (8000-8080) or a container port's name.`)
  return [spec]
}

function protocolOf(text: string): string {
  const found = PROTOCOLS.find((protocol) => protocol === text.toUpperCase())
  if (found) return found
  throw new Mistake(`Protocol ${text}: network policies speak of TCP, UDP and SCTP only.`)
}
