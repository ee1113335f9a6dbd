/** A container port as samples name them. */
export interface SamplePort {
  readonly name: string
  readonly port: number
  readonly protocol?: 'TCP' | 'UDP'
}

/** The text of a Namespace; every cluster labels it with its own name, so that is written here, too. */
export function namespaceText(name: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = Object.entries({ 'kubernetes.io/metadata.name': name, ...labels })
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
${all.map(([key, value]) => `    ${key}: ${value}`).join('\n')}
`
}

/** The text of a Deployment of one container; its pods carry the labels (`app: <name>` without any). */
export function deploymentText(
  namespace: string,
  name: string,
  ports: readonly SamplePort[] = [],
  labels: Readonly<Record<string, string>> = { app: name },
): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}: ${value}`)
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels: { ${pairs.join(', ')} }
  template:
    metadata:
      labels: { ${pairs.join(', ')} }
    spec:
      containers:
        - name: ${name}
          image: registry.example/${name}:1.0
${portsText(ports)}`
}

/** Documents as one file. */
export function fileText(...documents: readonly string[]): string {
  return documents.join('---\n')
}

/** A check as samples write it: ends in flow style, `ports` as a list's inner text. */
export interface Line {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly ports?: string | undefined
  readonly expect: 'allowed' | 'denied'
}

/** A Deployment as an end of a check. */
export function workload(namespace: string, name: string): string {
  return `{ namespace: ${namespace}, workload: Deployment/${name} }`
}

/** The text of a document of checks. */
export function checksText(lines: readonly Line[]): string {
  return `apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata:
  name: checks
checks:
${lines.map(checkText).join('')}`
}

function checkText({ name, from, to, ports, expect }: Line): string {
  const asked = ports === undefined ? '' : `    ports: [${ports}]\n`
  return `  - name: ${name}\n    from: ${from}\n    to: ${to}\n${asked}    expect: ${expect}\n`
}

function portsText(ports: readonly SamplePort[]): string {
  if (ports.length === 0) return ''
  const lines = ports.map(({ name, port, protocol }) => {
    const rest = protocol === undefined ? '' : `, protocol: ${protocol}`
    return `            - { name: ${name}, containerPort: ${port}${rest} }\n`
  })
  return `          ports:\n${lines.join('')}`
}
