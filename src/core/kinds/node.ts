import { parseIp } from '#core/model/cidr.ts'
import { at } from '#core/yaml/tree.ts'
import { itemsOf, textAt } from './fields.ts'
import type { Kind } from './kind.ts'
import { readMeta } from './meta.ts'

const NODE = { groups: [''], scope: 'cluster' } as const

/** Nodes: only their addresses count, the source of what hostNetwork pods and kubelets send. */
export const node: Kind = {
  ...NODE,
  kind: 'Node',
  example: `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
status: { addresses: [{ type: InternalIP, address: 192.168.0.11 }, { type: Hostname, address: node-1 }] }
`,
  read(document) {
    const meta = readMeta(document, NODE)
    const addresses = itemsOf(at(document.tree, ['status', 'addresses'])).map((entry) => textAt(entry, 'address') ?? '')
    const ips = [...new Set(addresses)].filter((address) => parseIp(address) !== undefined)
    return { type: 'node', meta, node: { name: meta.name, labels: meta.labels, ips, ref: meta.ref } }
  },
}
