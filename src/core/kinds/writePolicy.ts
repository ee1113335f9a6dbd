import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Direction } from '#core/model/rule.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { MANAGED_LABEL } from './networkPolicy.ts'

/** The words of a direction in a manifest. */
export const WORDS = {
  ingress: { type: 'Ingress', rules: 'ingress', peers: 'from' },
  egress: { type: 'Egress', rules: 'egress', peers: 'to' },
} as const

/** A port of a rule as it is written. */
export interface PortText {
  readonly protocol: string
  readonly port?: number | string
  readonly endPort?: number
}

/** A new policy, before it is text. */
export interface PolicyDraft {
  readonly namespace: string
  readonly name: string
  readonly podSelector: object
  readonly directions: readonly Direction[]
  /** Rules as they are written, by direction; none: nothing is allowed. */
  readonly rules: Readonly<Partial<Record<Direction, readonly object[]>>>
}

/** A rule as it is written: `'any'` peers and no ports are left out (semantics.md A.4). */
export function ruleText(direction: Direction, peers: readonly object[] | 'any', ports: readonly PortText[]): object {
  return {
    ...(peers === 'any' ? {} : { [WORDS[direction].peers]: peers }),
    ...(ports.length === 0 ? {} : { ports }),
  }
}

/** The ports of a rule from texts as in checks (`TCP/8080-8090`), protocol always written; what can't be read is left out. */
export function portTexts(specs: readonly string[]): readonly PortText[] {
  return specs.flatMap((text): PortText[] => {
    const spec = parsePortSpec(text)
    if (!spec) return []
    const { protocol, port } = spec
    if (port.type === 'all') return [{ protocol }]
    if (port.type === 'named') return [{ protocol, port: port.name }]
    return [{ protocol, port: port.from, ...(port.to > port.from ? { endPort: port.to } : {}) }]
  })
}

/** A policy that Drawbridge writes, as YAML: labelled as its own, with its policyTypes spelled out. */
export function policyText({ namespace, name, podSelector, directions, rules }: PolicyDraft): string {
  const parts = directions.map((direction) => [WORDS[direction].rules, rules[direction]] as const)
  return writeYaml(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace, labels: { [MANAGED_LABEL.key]: MANAGED_LABEL.value } },
      spec: {
        podSelector,
        policyTypes: directions.map((direction) => WORDS[direction].type),
        ...Object.fromEntries(parts.filter(([, own]) => own !== undefined && own.length > 0)),
      },
    },
    { indent: 2, indentLists: true },
  )
}
