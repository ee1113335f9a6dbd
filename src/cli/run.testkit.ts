import type { Ran } from './built.testkit.ts'
import { run } from './run.ts'
import { painter } from './terminal.ts'

/** Runs the command in this process, without colours. */
export async function ask(args: readonly string[], input = ''): Promise<Ran> {
  const texts = { out: '', err: '' }
  const plain = painter(false, {})
  const status = await run(args, {
    out: async (text) => void (texts.out += text),
    err: (text) => void (texts.err += text),
    foretell: () => {},
    input: chunks(input),
    paint: { out: plain, err: plain },
  })
  return { status, ...texts }
}

async function* chunks(text: string): AsyncGenerator<Uint8Array, void, void> {
  if (text !== '') yield new TextEncoder().encode(text)
}

/** A Deployment with the label `app: <name>` and one port, as a document. */
export function deployment(name: string, port: number, namespace = 'shop'): string {
  const container = `{name: c, image: i, ports: [{name: main, containerPort: ${port}}]}`
  const template = `{metadata: {labels: {app: ${name}}}, spec: {containers: [${container}]}}`
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: {matchLabels: {app: ${name}}}, template: ${template}}\n`
}

/** A NetworkPolicy for the pods with the label `app: <name>`, as a document; `rules` are what follows the selector. */
export function netpol(name: string, rules: string, namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  podSelector: {matchLabels: {app: ${name}}}\n${rules}`
}

/** Documents as one text. */
export function joined(...documents: readonly string[]): string {
  return documents.join('---\n')
}

/** A shop: web may reach db on 5432, nobody else may. */
export const SHOP = {
  'web.yaml': deployment('web', 8080),
  'db.yaml': joined(
    deployment('db', 5432),
    netpol('db', '  ingress:\n  - from: [{podSelector: {matchLabels: {app: web}}}]\n    ports: [{port: 5432}]\n'),
  ),
  'jobs.yml': deployment('jobs', 9000),
}
