import { describe, expect, test } from 'vitest'
import { load } from './load.ts'
import { deploymentText, filesOf, joined, loadText, policyText, problemsOf } from './load.testkit.ts'

const said = (text: string): readonly string[] =>
  loadText(text).problems.map(({ code, severity }) => `${severity} ${code}`)

describe('what people paste by mistake is named as such (design.md 9)', () => {
  test.each([
    ['a table', 'NAME   POD-SELECTOR   AGE\nweb    app=web        3d\n', 'kubectl-table'],
    [
      'a table of all namespaces',
      'NAMESPACE     NAME                      READY   STATUS    RESTARTS   AGE\nkube-system   coredns-5d78c9869d-2xk   1/1     Running   0          3d\n',
      'kubectl-table',
    ],
    [
      'a table after the command',
      '$ kubectl get netpol\nNAME   POD-SELECTOR   AGE\nweb    app=web        3d\n',
      'kubectl-table',
    ],
    [
      'a description',
      'Name:         web\nNamespace:    shop\nCreated on:   2024-01-01 00:00:00 +0000 UTC\nLabels:       <none>\nSpec:\n  PodSelector:     app=web\n',
      'kubectl-describe',
    ],
    ['a fence', `\`\`\`yaml\n${policyText('p')}\`\`\`\n`, 'markdown-fence'],
    ['a heredoc', `cat <<EOF | kubectl apply -f -\n${policyText('p')}EOF\n`, 'heredoc'],
    ['a heredoc alone', `kubectl apply -f - <<'EOF'\n${policyText('p')}EOF\n`, 'heredoc'],
  ])('%s', (_, text, code) => {
    expect(said(text).map((saying) => saying.split(' ')[1])).toContain(code)
  })

  test('the table names the command to use', () => {
    expect(loadText('NAME   POD-SELECTOR   AGE\nweb    app=web        3d\n').problems[0]?.message).toContain('-o yaml')
  })

  test('lost indentation', () => {
    expect(
      said(
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\nname: web\nspec:\npodSelector:\nmatchLabels:\napp: web\n',
      ),
    ).toEqual(['error lost-indentation'])
  })

  test.each([
    ['plain text', 'hello\n', ['error not-an-object']],
    ['a list', '- a\n- b\n', ['info not-an-object']],
    ['values of a chart', 'replicas: 3\nimage: x\n', ['info not-an-object']],
    ['an apiVersion without a kind', 'apiVersion: v1\nmetadata: {name: x}\n', ['error kind-not-set']],
    ['a kind without an apiVersion', 'kind: Foo\nmetadata: {name: x}\n', ['info api-version-not-set']],
    ['a kind that is skipped', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n', []],
    ['an empty text', '\n\n', []],
    ['comments', '# nothing\n---\n# here\n', []],
    ['a duplicate key', `${policyText('p')}kind: NetworkPolicy\n`, ['warning duplicate-key']],
  ])('%s', (_, text, sayings) => {
    expect(said(text)).toEqual(sayings)
  })

  test('a duplicate key does not reject: kubectl keeps the last one', () => {
    expect(loadText(`${policyText('p')}spec: {podSelector: {}, policyTypes: [Egress]}\n`).policies).toMatchObject([
      { stale: false, directions: ['egress'] },
    ])
  })
})

describe('files that have no say (design.md 9)', () => {
  test.each([
    ['control lines', `{{- if .Values.policy }}\n${policyText('p')}{{- end }}\n`],
    ['a name', policyText('{{ .Release.Name }}')],
    ['a quoted name', policyText('"{{ .Release.Name }}-web"')],
    ['a value', policyText('p', '{podSelector: {{ .Values.selector }}}')],
    ['part of a name', policyText('{{ include "x" . }}-web')],
  ])('a Helm template: %s', (_, text) => {
    const loaded = load(filesOf({ 'a.yaml': joined(text, policyText('q')), 'b.yaml': policyText('r') }))
    expect(loaded.problems).toMatchObject([{ code: 'helm-template', severity: 'info', file: 'a.yaml' }])
    expect(loaded.problems[0]?.message).toContain('helm template')
    expect(loaded.policies.map(({ name }) => name)).toEqual(['shop/r'])
  })

  test('braces inside strings of a dump hurt nobody', () => {
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  x: |\n    {{ define "y" }}\n  z: "{{ $labels.pod }}"\n'
    const loaded = loadText(joined(map, policyText('p')))
    expect(loaded.policies).toHaveLength(1)
    expect(loaded.problems).toEqual([])
  })

  test('patches of a kustomization', () => {
    const loaded = load(
      filesOf({
        'overlays/prod/kustomization.yaml':
          'resources: [../../base]\npatches:\n- path: replicas.yaml\n- {path: ../shared/more.yaml}\npatchesStrategicMerge: [./old.yaml]\n',
        'overlays/prod/replicas.yaml': deploymentText('a'),
        'overlays/shared/more.yaml': deploymentText('b'),
        'overlays/prod/old.yaml': deploymentText('c'),
        'base/patches/x.yaml': deploymentText('d'),
        'base/web.yaml': deploymentText('web'),
      }),
    )
    expect(loaded.cluster.workloads.map(({ name }) => name)).toEqual(['web'])
    expect(problemsOf(loaded)).toEqual([
      'kustomize-patch overlays/prod/replicas.yaml:1:1',
      'kustomize-patch overlays/shared/more.yaml:1:1',
      'kustomize-patch overlays/prod/old.yaml:1:1',
      'kustomize-patch base/patches/x.yaml:1:1',
    ])
    expect(loaded.problems[0]?.message).toContain('kubectl kustomize overlays/prod')
  })
})
