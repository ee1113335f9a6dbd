import {
  ALL_PORTS,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  type PortSet,
  PROTOCOLS,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'

/** Port sets by number, equal ones by the same: 0 is no port, 1 is all. Sets are worked out once for each pair of numbers. */
export interface PortBook {
  readonly sets: readonly PortSet[]
  readonly idOf: (set: PortSet) => number
  readonly unite: (a: number, b: number) => number
  readonly intersect: (a: number, b: number) => number
  readonly subtract: (a: number, b: number) => number
}

/** The number of the empty set in every book. */
export const NONE = 0
/** The number of the full set in every book. */
export const ALL = 1

/** A book with the empty and the full set. */
export function portBook(): PortBook {
  const sets: PortSet[] = []
  const byObject = new WeakMap<PortSet, number>()
  const byText = new Map<string, number>()
  const idOf = (set: PortSet): number => {
    const known = byObject.get(set)
    if (known !== undefined) return known
    const text = textOf(set)
    const id = byText.get(text) ?? sets.push(set) - 1
    byText.set(text, id)
    byObject.set(set, id)
    return id
  }
  const remembered = (operation: (a: PortSet, b: PortSet) => PortSet): PortBook['unite'] => {
    const results: Map<number, number>[] = []
    return (a, b) => {
      const own = (results[a] ??= new Map())
      const known = own.get(b)
      if (known !== undefined) return known
      const result = idOf(operation(sets[a] ?? NO_PORTS, sets[b] ?? NO_PORTS))
      own.set(b, result)
      return result
    }
  }
  idOf(NO_PORTS)
  idOf(ALL_PORTS)
  const unite = remembered(unitePorts)
  const intersect = remembered(intersectPorts)
  const subtract = remembered(subtractPorts)
  return {
    sets,
    idOf,
    unite: (a, b) => (a === b || b === NONE ? a : a === NONE ? b : unite(a, b)),
    intersect: (a, b) => (a === b || b === ALL ? a : a === ALL ? b : intersect(a, b)),
    subtract: (a, b) => (a === b ? NONE : b === NONE ? a : subtract(a, b)),
  }
}

function textOf(set: PortSet): string {
  if (isNoPorts(set)) return ''
  return PROTOCOLS.map((protocol) => set[protocol].map(({ from, to }) => `${from}-${to}`).join(',')).join(';')
}
