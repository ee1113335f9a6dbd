import type { Check } from '#core/model/check.ts'
import type { Cluster } from '#core/model/cluster.ts'
import { writeYaml } from '#core/yaml/write.ts'
import { type Concrete, concreteChecks, type LeftOut } from './concrete.ts'

/** The kinds of Kubernetes that NetAssert v2 can send from and connect to, as it writes them (design.md 7). */
export const NETASSERT_KINDS: ReadonlyMap<string, string> = new Map([
  ['deployment', 'Deployment'],
  ['statefulset', 'StatefulSet'],
  ['daemonset', 'DaemonSet'],
  ['pod', 'Pod'],
])

/** A NetAssert file, and what of the checks it can't say, each with the reason. */
export interface NetAssertFile {
  readonly text: string
  readonly tests: number
  readonly leftOut: readonly LeftOut[]
}

/** The checks as a file of NetAssert v2, a test for each port (design.md 7). A port's name becomes the number that the pods declare. */
export function toNetAssert(checks: readonly Check[], cluster: Cluster): NetAssertFile {
  const { questions, leftOut } = concreteChecks(checks, cluster)
  const judged = questions.map((question) => ({ question, why: reasonAgainst(question) }))
  const tests = judged.flatMap(({ question, why }) => (why === undefined ? [testOf(question)] : []))
  const unsaid = judged.flatMap(({ question: { name }, why }) => (why === undefined ? [] : [{ name, why }]))
  return { text: writeYaml(tests), tests: tests.length, leftOut: [...leftOut, ...unsaid] }
}

function reasonAgainst({ from, to, protocol }: Concrete): string | undefined {
  if (protocol === 'SCTP') return 'NetAssert knows TCP and UDP only'
  if ('host' in to && protocol === 'UDP') return 'NetAssert cannot try UDP to a host'
  const ends = [from, ...('host' in to ? [] : [to])]
  const isNameless = ends.some(({ namespace, workload }) => namespace === '' || nameOf(workload) === '')
  if (isNameless || ('host' in to && to.host === '')) return 'an end has no name'
  const odd = ends.map(({ workload }) => kindOf(workload)).find((kind) => !kindName(kind))
  return odd === undefined ? undefined : `NetAssert knows no ${odd}, only ${[...NETASSERT_KINDS.values()].join(', ')}`
}

function testOf({ name, from, to, protocol, port, expect }: Concrete): object {
  return {
    name,
    type: 'k8s',
    protocol: protocol.toLowerCase(),
    targetPort: port,
    timeoutSeconds: 15,
    attempts: 3,
    exitCode: expect === 'allowed' ? 0 : 1,
    src: resource(from),
    dst: 'host' in to ? { host: { name: to.host } } : resource(to),
  }
}

function resource({ namespace, workload }: Concrete['from']): object {
  const kind = kindOf(workload)
  return { k8sResource: { kind: kindName(kind), name: nameOf(workload), namespace } }
}

function kindOf(workload: string): string {
  return workload.slice(0, workload.indexOf('/'))
}

function nameOf(workload: string): string {
  return workload.slice(workload.indexOf('/') + 1)
}

function kindName(kind: string): string | undefined {
  return [...NETASSERT_KINDS].find(([, own]) => own === kind)?.[0]
}
