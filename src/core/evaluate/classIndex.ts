import type { PodClass } from './peerClass.ts'

/** Classes by what selectors and blocks ask for. It only grows, like the table that it belongs to. */
export interface ClassIndex {
  readonly byNamespace: Map<string, PodClass[]>
  /** By `key=value` of the labels that are read, and by that after the namespace and a line end. */
  readonly byLabel: Map<string, PodClass[]>
  /** By a key whose value is not known. */
  readonly byUnknown: Map<string, PodClass[]>
  /** Of which any label may exist. */
  readonly anyLabel: PodClass[]
  /** By part of the address space. */
  readonly byPart: Map<number, PodClass[]>
  /** Without a known address. */
  readonly placeless: PodClass[]
}

/** An index without classes. */
export function classIndex(): ClassIndex {
  return {
    byNamespace: new Map(),
    byLabel: new Map(),
    byUnknown: new Map(),
    anyLabel: [],
    byPart: new Map(),
    placeless: [],
  }
}

/** Enters a class; once each, in the order of their ids. */
export function enterClass(index: ClassIndex, own: PodClass): void {
  push(index.byNamespace, own.namespace, own)
  for (const [key, value] of Object.entries(own.labels.labels)) {
    push(index.byLabel, `${key}=${value}`, own)
    push(index.byLabel, `${own.namespace}\n${key}=${value}`, own)
  }
  if (own.labels.unknown === 'all') index.anyLabel.push(own)
  else for (const key of own.labels.unknown) push(index.byUnknown, key, own)
  for (const part of own.parts) push(index.byPart, part, own)
  if (own.parts.length === 0) index.placeless.push(own)
}

function push<K>(lists: Map<K, PodClass[]>, key: K, own: PodClass): void {
  const known = lists.get(key)
  if (known) known.push(own)
  else lists.set(key, [own])
}
