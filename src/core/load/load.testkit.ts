import type { Workload } from '#core/model/cluster.ts'
import { load, type Loaded, type SourceFile } from './load.ts'

/** Files by path, all of which count. */
export function filesOf(texts: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text, counts: true }))
}

/** Loads one text as `a.yaml`. */
export function loadText(text: string, previous?: Loaded): Loaded {
  return load(filesOf({ 'a.yaml': text }), previous)
}

/** A NetworkPolicy as a block document. */
export function policyText(name: string, spec = '{podSelector: {}}', namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec: ${spec}\n`
}

/** A Deployment with the label `app: <name>`. */
export function deploymentText(name: string, rest = '', namespace = 'shop'): string {
  const template = `{metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: i}]}}`
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${rest}selector: {matchLabels: {app: ${name}}}, template: ${template}}\n`
}

/** Documents as one text. */
export function joined(...documents: readonly string[]): string {
  return documents.join('---\n')
}

/** The workload of an id; fails where there is none. */
export function workloadIn({ cluster }: Loaded, id: string): Workload {
  const found = cluster.workloads.find((workload) => workload.id === id)
  if (!found) throw new Error(`no ${id}; there are ${cluster.workloads.map((workload) => workload.id).join()}`)
  return found
}

/** Codes of problems with their places: `code file:line:column`. */
export function problemsOf({ problems }: Loaded): readonly string[] {
  return problems.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`)
}
