import { endName } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import type { TableQuestion, TableSlice } from './protocol.ts'
import { drawReach } from './reach.ts'
import { endOf, type Scene } from './scene.ts'

/** A slice of all workload → workload connections in workspace order; a workload to itself where it has replicas. */
export function* tableSteps(scene: Scene, question: TableQuestion): Generator<undefined, TableSlice, void> {
  const workloads = scene.loaded.cluster.workloads.filter((one) => one.pods.some((pod) => !pod.finished))
  const total = workloads.length ** 2
  const rows: Edge[] = []
  let pair = question.start
  for (; pair < total && rows.length < question.limit; pair++) {
    const from = workloads[Math.floor(pair / workloads.length)]
    const to = workloads[pair % workloads.length]
    if (!from || !to || (from === to && from.replicas < 2)) continue
    const row = drawReach(scene, endOf(from), endOf(to))
    if (row && isWanted(row, question)) rows.push(row)
    yield
  }
  return { rows, total, ...(pair < total ? { next: pair } : {}) }
}

function isWanted(row: Edge, { text = '', statuses }: TableQuestion): boolean {
  if (statuses && !statuses.includes(row.status)) return false
  const wanted = text.trim().toLowerCase()
  return wanted === '' || `${endName(row.from)} ${endName(row.to)} ${row.label}`.toLowerCase().includes(wanted)
}
