import { CONTROLLER, exposedPorts } from '#core/evaluate/exposed.ts'
import { PROTOCOLS } from '#core/model/ports.ts'
import type { PortSet } from '#core/model/ports.ts'
import type { Ref } from '#core/model/text.ts'
import { connect, type Connection } from './edge.ts'
import { endOf, type Scene } from './scene.ts'

/** A connection that Ingress and its like ask for, and the backends that do. */
export interface Way {
  readonly connection: Connection
  readonly refs: readonly Ref[]
  /** Does one of them have only its last good meaning? */
  readonly stale: boolean
}

/** From the ingress controller to each workload that is exposed to it, for the exposed ports, in workspace order. */
export function waysIn(scene: Scene): readonly Way[] {
  const exposed = exposedPorts(scene.loaded.cluster)
  return scene.loaded.cluster.workloads.flatMap((workload) => {
    const own = exposed.get(workload.id)
    if (!own) return []
    const connection = connect(CONTROLLER, endOf(workload), specsOf(own.ports))
    const refs = own.by.map(({ ref }) => ref)
    return { connection, refs, stale: refs.some(({ document }) => scene.stale.has(document)) }
  })
}

function specsOf(ports: PortSet): readonly string[] {
  return PROTOCOLS.flatMap((protocol) =>
    ports[protocol].map(({ from, to }) => (from === to ? `${protocol}/${from}` : `${protocol}/${from}-${to}`)),
  )
}
