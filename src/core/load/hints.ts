import { keyRange } from '#core/kinds/fields.ts'
import { meantKind } from '#core/kinds/read.ts'
import { typeOf } from '#core/kinds/meta.ts'
import type { Diagnostic, TextRange } from '#core/model/text.ts'
import { child, type Tree } from '#core/yaml/tree.ts'

/** What is wrong with a text that is no Kubernetes object, and what to do about it; the range is within the text. */
export type Hint = Pick<Diagnostic, 'code' | 'severity' | 'message'> & { readonly range: TextRange }

const TABLE = /^[ \t]*(NAMESPACE|NAME)[ \t]{2,}[A-Z][A-Z() -]*$/m
const DESCRIPTION = /^Name:[ \t]{2,}\S.*$/m
const DESCRIBED = /^(Namespace|Labels|Annotations|Created on|Spec|Containers|Pod Template|Selector):/m
const FENCE = /^[ \t]*(```|~~~)/m
const HEREDOC = /^.*<<-?[ \t]*['"]?(\w+)['"]?[ \t]*([|>].*)?$/m

/** Recognises what people paste by mistake, whether it parses or not; undefined for anything that it doesn't know. */
export function recogniseText(text: string): Hint | undefined {
  // Output of kubectl stands in the first lines; dumps are long.
  const start = text.slice(0, 4000)
  const found = (form: RegExp): TextRange | undefined => {
    const match = form.exec(start)
    return match ? { from: match.index, to: match.index + match[0].length } : undefined
  }
  const table = found(TABLE)
  if (table) return hint('kubectl-table', table, TABLE_MESSAGE)
  const description = DESCRIBED.test(start) ? found(DESCRIPTION) : undefined
  if (description) return hint('kubectl-describe', description, DESCRIBE_MESSAGE)
  const fence = found(FENCE)
  if (fence) return hint('markdown-fence', fence, FENCE_MESSAGE)
  const heredoc = found(HEREDOC)
  return heredoc && hint('heredoc', heredoc, HEREDOC_MESSAGE)
}

const TABLE_MESSAGE =
  'This is a table that `kubectl get` prints; it holds no manifests. Run the same command with `-o yaml` and paste that: ' +
  '`kubectl get networkpolicies,namespaces,pods,deployments,statefulsets,daemonsets,jobs,cronjobs,services -A -o yaml`.'
const DESCRIBE_MESSAGE =
  'This is what `kubectl describe` prints; it holds no manifest. Paste the output of `kubectl get … -o yaml` instead.'
const FENCE_MESSAGE = 'Remove the line with the code fence: it belongs to Markdown, not to YAML.'
const HEREDOC_MESSAGE = 'Remove the shell command and its end marker: only the text between them is YAML.'

/** Why a document that parses is no object, where that deserves a word. */
export function recogniseTree(tree: Tree): Hint | undefined {
  const range = tree.range
  if (tree.type === 'scalar') return hint('not-an-object', range, 'This is plain text, not a Kubernetes object.')
  if (tree.type === 'sequence') return { ...hint('not-an-object', range, LIST_MESSAGE), severity: 'info' }
  const { kind, group } = typeOf(tree)
  if (kind !== '') return meantKind({ kind, group }) ? undefined : withoutVersion(tree)
  if (child(tree, 'apiVersion')) {
    const at = keyRange(tree, 'apiVersion') ?? range
    return hint(
      'kind-not-set',
      at,
      'kind: Required value: an object needs `kind` beside `apiVersion`, e.g. `kind: NetworkPolicy`.',
    )
  }
  return {
    ...hint(
      'not-an-object',
      range,
      'This has no `apiVersion` and `kind`: it is no Kubernetes object and has no say here.',
    ),
    severity: 'info',
  }
}

const LIST_MESSAGE =
  'This is a list, not a Kubernetes object; it has no say here. Objects are put together with `---` or `kind: List`.'

/** Has the text lost its indentation, so that fields of `metadata` and `spec` stand beside them? */
export function recogniseLostIndentation(tree: Tree): Hint | undefined {
  const isEmpty = (key: string): boolean => {
    const value = child(tree, key)
    return value?.type === 'scalar' && value.value === null
  }
  const at = [
    'name',
    'namespace',
    'podSelector',
    'matchLabels',
    'policyTypes',
    'ingress',
    'egress',
    'template',
    'containers',
  ]
    .map((key) => keyRange(tree, key))
    .find((range) => range !== undefined)
  if (!at || !['metadata', 'spec'].some(isEmpty)) return undefined
  return hint(
    'lost-indentation',
    at,
    'The indentation is lost: fields that belong into `metadata` or `spec` stand at the left margin. Copy the raw text again, or indent them.',
  )
}

function withoutVersion(tree: Tree): Hint | undefined {
  if (child(tree, 'apiVersion')) return undefined
  const at = keyRange(tree, 'kind') ?? tree.range
  return {
    ...hint('api-version-not-set', at, `\`apiVersion\` is missing: ${typeOf(tree).kind} is skipped without it.`),
    severity: 'info',
  }
}

function hint(code: string, range: TextRange, message: string): Hint {
  return { code, severity: 'error', message, range }
}
