import type { End } from '#core/model/end.ts'
import type { Goal, LessonFile, Prediction } from '#core/model/lesson.ts'

type Texts = Readonly<Record<string, string>>

/** A file of documents, as somebody would have written it by hand. */
export function file(path: string, ...documents: readonly string[]): LessonFile {
  return { path, text: `${documents.map((text) => text.trim()).join('\n---\n')}\n` }
}

/** A Namespace; without labels, none but the one that the API server sets. */
export function namespace(name: string, labels: Texts = {}): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n${block('labels', labels, 2)}`
}

/** A Deployment; ports are container ports: `8080`, `http: 8080`, `53/UDP`. Labels are those of its pods. */
export function deployment(home: string, name: string, labels: Texts, ...ports: readonly string[]): string {
  const [first = ['app', name]] = Object.entries(labels)
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${home}
spec:
  selector:
    matchLabels:
      ${first[0]}: ${first[1]}
  template:
    metadata:
${block('labels', labels, 6)}    spec:
      containers:
        - name: ${name}
          image: registry.example/${home}/${name}:1.0
${ports.length === 0 ? '' : `          ports:\n${ports.map(containerPort).join('')}`}`
}

/** A Service in front of the pods with the label `app: <name>`; `port` → `target`. */
export function service(home: string, name: string, port: number, target: number | string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${home}
spec:
  selector:
    app: ${name}
  ports:
    - port: ${port}
      targetPort: ${target}
`
}

/** A NetworkPolicy with this `spec`, written with the indentation that it has in the file. */
export function policy(home: string, name: string, spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${home}
spec:
${spec.replace(/^\n/, '').trimEnd()}
`
}

/** A workload's end: a Deployment, unless the kind is said. */
export function at(namespace: string, name: string): End {
  return { namespace, workload: name.includes('/') ? name : `Deployment/${name}` }
}

/** A goal: this must be possible. */
export function may(name: string, from: End, to: End, ...ports: readonly string[]): Goal {
  return { name, from, to, ports, expect: 'allowed', shown: true }
}

/** A goal: this must not be possible, not even in part. */
export function mayNot(name: string, from: End, to: End, ...ports: readonly string[]): Goal {
  return { name, from, to, ports, expect: 'denied', shown: true }
}

/** A goal that the learner sees only once it is broken. */
export function hidden(goal: Goal): Goal {
  return { ...goal, shown: false }
}

/** A connection to predict. */
export function guess(from: End, to: End, ...ports: readonly string[]): Prediction {
  return { from, to, ports }
}

function block(key: string, entries: Texts, indent: number): string {
  const names = Object.entries(entries)
  if (names.length === 0) return ''
  const pad = ' '.repeat(indent)
  return `${pad}${key}:\n${names.map(([name, value]) => `${pad}  ${name}: ${value}\n`).join('')}`
}

function containerPort(text: string): string {
  const [number = '', name] = text.split(': ').toReversed()
  const [port, protocol] = number.split('/')
  const lines = [
    ...(name ? [`name: ${name}`] : []),
    `containerPort: ${port}`,
    ...(protocol ? [`protocol: ${protocol}`] : []),
  ]
  return `            - ${lines.join('\n              ')}\n`
}
