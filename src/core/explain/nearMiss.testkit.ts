import { evaluate, type Evaluation } from '#core/evaluate/evaluate.ts'
import { load } from '#core/load/load.ts'
import type { End } from '#core/model/end.ts'

/** A workload by name, in `shop` unless said. */
export const at = (workload: string, namespace = 'shop'): End => ({ namespace, workload: `Deployment/${workload}` })

// A Deployment with these labels on its pods (`app: <name>` unless said) and these container ports.
function deployment(
  name: string,
  {
    namespace = 'shop',
    labels = `app: ${name}`,
    ports = '{ name: http, containerPort: 8080 }',
  }: { readonly namespace?: string; readonly labels?: string; readonly ports?: string } = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: main, image: x, ports: [${ports}] }] }
---
`
}

// A Namespace with these labels.
function namespace(name: string, labels = ''): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n---\n`
}

/** A NetworkPolicy of `shop` for `app: db`, unless said, with this text below `spec`. */
export function policy(name: string, spec: string, podSelector = '{ matchLabels: { app: db } }'): string {
  const body = spec
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n')
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: ${podSelector}
${body}
---
`
}

/** A Service of `shop` for `app: db`. */
export function service(name: string, ports: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: db }, ports: [${ports}] }
---
`
}

/** Namespaces `shop` and `data`; in shop `web`, `api` and `db` (which listens on 8080 `http`), in data `web` and `etl`. */
export const CLUSTER = [
  namespace('shop'),
  namespace('data', 'team: blue'),
  deployment('web'),
  deployment('api'),
  deployment('db'),
  deployment('web', { namespace: 'data' }),
  deployment('etl', { namespace: 'data' }),
].join('')

/** What the text says. */
export function evaluationOf(text: string): Evaluation {
  const loaded = load([{ path: 'all.yaml', text, counts: true }])
  return evaluate(loaded.cluster, loaded.policies, loaded.settings)
}
