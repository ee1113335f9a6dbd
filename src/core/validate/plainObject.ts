import { textAt } from '#core/kinds/fields.ts'
import { checkMetadata } from './metadata.ts'
import { decode, METADATA, open, STRING_MAP } from './schema.ts'
import type { Validator } from './validator.ts'

/** Namespaces and Nodes: only their metadata is read. */
export const clusterObject: Validator = {
  kinds: ['/Namespace', '/Node'],
  check: (root) => [
    ...decode(root, open({ metadata: METADATA })),
    ...checkMetadata(root, { kind: textAt(root.tree, 'kind') ?? '', scope: 'cluster' }),
  ],
}

/** Services: metadata and the selector. */
export const service: Validator = {
  kinds: ['/Service'],
  check: (root) => [
    ...decode(root, open({ metadata: METADATA, spec: open({ selector: STRING_MAP }) })),
    ...checkMetadata(root, { kind: 'Service', scope: 'namespaced' }),
  ],
}
