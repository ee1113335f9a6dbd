import { describe, expect, test } from 'vitest'
import { unwrap } from './unwrap.ts'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n'
const POLICY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n'

describe('what is around a pasted manifest is taken off', () => {
  test.each([
    ['a fence', '```yaml\n' + POD + '```\n', POD],
    ['a fence with Windows line ends', '```yaml\r\nkind: Pod\r\n```\r\n', 'kind: Pod\r\n'],
    ['prose around a fence', `Try this:\n\n\`\`\`yml\n${POD}\`\`\`\nand tell me.\n`, POD],
    ['tildes', `~~~\n${POD}~~~`, POD],
    ['an indented fence', '   ```yaml\n   kind: Pod\n   spec:\n     x: 1\n   ```\n', 'kind: Pod\nspec:\n  x: 1\n'],
    ['two fences', `\`\`\`yaml\n${POD}\`\`\`\ntext\n\`\`\`\n${POLICY}\`\`\`\n`, `${POD}---\n${POLICY}`],
    ['a shell block beside the manifest', `\`\`\`bash\nkubectl get po\n\`\`\`\n\`\`\`yaml\n${POD}\`\`\``, POD],
    ['a fence that is left over at the end', `${POD}\`\`\`\n`, POD],
    ['a fence that is left over at the start', `\`\`\`yaml\n${POD}`, POD],
    ['a heredoc', `cat <<EOF | kubectl apply -f -\n${POD}EOF\n`, POD],
    ['a quoted heredoc', `$ kubectl apply -f - <<'YAML'\n${POD}YAML\n`, POD],
    ['a heredoc in a fence', `\`\`\`sh\nkubectl apply -f - <<EOF\n${POD}EOF\n\`\`\`\n`, POD],
    ['a heredoc with tabs', 'cat <<-EOF > a.yaml\n\tkind: Pod\n\tEOF\n', 'kind: Pod\n'],
    [
      'two heredocs',
      `cat <<EOF | kubectl apply -f -\n${POD}EOF\ncat <<EOF | kubectl apply -f -\n${POLICY}EOF\n`,
      `${POD}---\n${POLICY}`,
    ],
    ['the command above a dump', `$ kubectl get pods -o yaml\n${POD}`, POD],
  ])('%s', (_name, pasted, text) => {
    expect(unwrap(pasted).text).toBe(text)
    expect(unwrap(pasted).taken).toBeDefined()
  })
})

test.each([
  ['a plain manifest', POD],
  ['JSON', '{"apiVersion": "v1", "kind": "Pod"}'],
  ['fences in a block scalar', 'kind: ConfigMap\ndata:\n  README.md: |\n  ```\n    ```yaml\n    kind: Pod\n    ```\n'],
  [
    'a heredoc in a script of a ConfigMap',
    'kind: ConfigMap\ndata:\n  run.sh: |\n    cat <<EOF > /tmp/x\n    kind: Pod\n    EOF\n',
  ],
  ['a heredoc in a comment', `# kubectl apply -f - <<EOF\n${POD}`],
  ['a merge key', 'base: &b {a: 1}\nmore:\n  <<: *b\n'],
])('%s stays as it is, byte for byte', (_name, text) => {
  expect(unwrap(text)).toEqual({ text, warning: undefined })
})

test.each([
  [
    'NAME                     READY   STATUS    RESTARTS   AGE\nweb-1   1/1     Running   0          3d\n',
    'kubectl get',
  ],
  [
    '$ kubectl get netpol -A\nNAMESPACE   NAME   POD-SELECTOR   AGE\nshop        deny   <none>         3d\n',
    'kubectl get',
  ],
  ['Name:         deny\nNamespace:    shop\nCreated on:   2024\n', 'kubectl describe'],
])('a table or description is named as such', (text, command) => {
  expect(unwrap(text).refusal).toContain(command)
})

test('lost indentation is named as such', () => {
  expect(unwrap('apiVersion: v1\nkind: Pod\nmetadata:\nname: a\nspec:\n').warning).toContain('indentation')
})
