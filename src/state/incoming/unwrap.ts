/** A pasted text without what a chat, a README or a shell put around it. */
export interface Unwrapped {
  readonly text: string
  /** What was taken off, for people; undefined where the text is untouched. */
  readonly taken?: string | undefined
  /** Why this can't be read as manifests at all. */
  readonly refusal?: string | undefined
  /** What looks wrong though it is taken in. */
  readonly warning?: string | undefined
}

const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([\w+-]*)[ \t]*\r?$/
// At the left only, and not behind `#`: a script in a ConfigMap and a comment are the user's own text.
const HEREDOC = /^(?:[$%>] ?)?(?:sudo )?(?:cat|kubectl|oc|tee)\b.*<<(-?)\s*(["']?)(\w+)\2/
const PROMPT = /^(?:[$%] )?(?:kubectl|oc|helm|kustomize) /
const TABLE = /^(?:NAMESPACE\s+)?NAME\s+[A-Z]{2}/
const DESCRIPTION = /^Name: {2,}\S+\r?\n(?:Namespace|Priority|Labels|Created on):/m
const KEYS = /^(?:apiVersion|kind)\s*:/m

/** Takes off Markdown fences, shell heredocs and the command line above a dump (design.md 9); names what is no manifest. */
export function unwrap(text: string): Unwrapped {
  const refusal = refuse(text)
  if (refusal !== undefined) return { text, refusal }
  const peeled = heredocs(text) ?? fences(text) ?? promptAbove(text)
  const warning = flattened(peeled?.text ?? text)
  return { text, ...peeled, warning }
}

function refuse(text: string): string | undefined {
  const start = text.trimStart()
  const first = start.replace(PROMPT_LINE, '')
  if (TABLE.test(first) && !KEYS.test(text))
    return 'This is the table that `kubectl get` prints: add `-o yaml` to the command, and paste what it prints then.'
  if (DESCRIPTION.test(first) && !KEYS.test(text))
    return 'This is what `kubectl describe` prints: use `kubectl get … -o yaml`, and paste what it prints.'
  return undefined
}

const PROMPT_LINE = /^(?:[$%#] )?(?:kubectl|oc) .*\r?\n/

function heredocs(text: string): { text: string; taken: string } | undefined {
  if (!text.includes('<<')) return undefined
  const lines = text.split('\n')
  const bodies: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const opening = HEREDOC.exec(lines[i] ?? '')
    if (!opening) continue
    const end = lines.findIndex((line, at) => at > i && line.trim() === opening[3])
    const body = lines.slice(i + 1, end < 0 ? undefined : end)
    bodies.push((opening[1] === '-' ? body.map((line) => line.replace(/^\t+/, '')) : body).join('\n'))
    i = end < 0 ? lines.length : end
  }
  return bodies.length === 0 ? undefined : { text: joinBodies(bodies), taken: 'the shell command around it' }
}

interface Fence {
  readonly line: number
  readonly indent: number
  readonly language: string
}

// Fences stand at the left; indented ones only where the text itself begins with one (else they may be a block scalar's).
function fences(text: string): { text: string; taken: string } | undefined {
  if (!/`{3}|~{3}/.test(text)) return undefined
  const lines = text.split('\n')
  const indented = FENCE.test(lines.find((line) => line.trim() !== '') ?? '')
  const found = lines.flatMap((line, at): Fence[] => {
    const match = FENCE.exec(line)
    const indent = match?.[1]?.length ?? 0
    return match && (indent === 0 || indented) ? [{ line: at, indent, language: match[3] ?? '' }] : []
  })
  if (found.length === 0) return undefined
  const bodies = found.length === 1 ? dangling(lines, found) : paired(lines, found)
  return bodies.length === 0 ? undefined : { text: joinBodies(bodies), taken: 'the Markdown fences around it' }
}

function paired(lines: readonly string[], found: readonly Fence[]): readonly string[] {
  const bodies: string[] = []
  for (let i = 0; i < found.length; i += 2) {
    const open = found[i]
    if (!open) continue
    const body = lines.slice(open.line + 1, found[i + 1]?.line).map((line) => outdent(line, open.indent))
    if (/^(ya?ml|json|k8s|kubernetes|)$/i.test(open.language)) bodies.push(body.join('\n'))
  }
  const manifests = bodies.filter((body) => KEYS.test(body) || /^\s*[{[]/.test(body))
  return manifests.length > 0 ? manifests : bodies
}

// One fence alone was left behind by a hasty selection: the manifest is the side that reads like one.
function dangling(lines: readonly string[], [fence]: readonly Fence[]): readonly string[] {
  const line = fence?.line ?? 0
  const [above, below] = [lines.slice(0, line).join('\n'), lines.slice(line + 1).join('\n')]
  if (KEYS.test(above) && !KEYS.test(below)) return [above]
  return KEYS.test(below) || below.trim() !== '' ? [below] : [above]
}

function promptAbove(text: string): { text: string; taken: string } | undefined {
  const line = /^\s*(.*)\r?\n/.exec(text)
  if (!line || !PROMPT.test(line[1] ?? '')) return undefined
  return { text: text.slice(line[0].length), taken: 'the command line above it' }
}

function outdent(line: string, indent: number): string {
  return line.slice(0, indent).trim() === '' ? line.slice(indent) : line
}

function joinBodies(bodies: readonly string[]): string {
  return bodies
    .map((body, i) => (i === 0 || /^---\s/.test(body) ? body : `---\n${body}`))
    .map(withEnd)
    .join('')
}

function withEnd(body: string): string {
  return body.endsWith('\n') ? body : `${body}\n`
}

function flattened(text: string): string | undefined {
  if (!/^metadata:[ \t]*\r?\n(?:name|namespace|labels):/m.test(text)) return undefined
  return 'The indentation seems to be lost (`name:` stands below `metadata:` without a space before it). Copy it again from a place that keeps spaces.'
}
