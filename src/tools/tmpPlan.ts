import { load } from '#core/load/load.ts'
import { evaluate } from '#core/evaluate/evaluate.ts'
import { plan } from '#core/compile/plan.ts'
import { bigDump } from './bigDump.ts'
const size = Number(process.argv[2] ?? 5)
const files = [bigDump(size * 1e6)]
let t = performance.now()
const loaded = load(files)
const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings)
console.log('load', Math.round(performance.now() - t), loaded.cluster.workloads.length, 'workloads', loaded.policies.length)
const ws = loaded.cluster.workloads
for (const style of ['per-workload', 'per-namespace'] as const)
for (const [a, b] of [[3, 40], [100, 7], [20, 21], [50,12], [5,61],[12,33]] as const) {
  const [f, g] = [ws[a % ws.length]!, ws[b % ws.length]!]
  t = performance.now()
  const made = plan({ type: 'allow', from: { namespace: f.namespace, workload: `${f.kind}/${f.name}` }, to: { namespace: g.namespace, workload: `${g.kind}/${g.name}` }, ports: ['TCP/4711'] }, { files, loaded, evaluation, revision: 1, style })
  console.log(Math.round(performance.now() - t), 'ms', made.refusal ?? made.title, '|', made.others.map((o) => o.title).join(' | '), '| effects', [made,...made.others].map(o=>o.opens.length + o.closes.length+o.other.length).join())
}
