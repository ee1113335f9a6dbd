import { expect, test } from 'vitest'
import { overlaysIn, tellOverlays } from './overlays.ts'

const POD = 'kind: Pod\nmetadata: {name: a}\n'
const paths = (files: Parameters<typeof overlaysIn>[0]): readonly string[] => overlaysIn(files).map(({ path }) => path)

test('what a kustomization lists as a patch does not count, what it lists as a resource does', () => {
  const kustomization = [
    'resources:\n- ../../base\n- policy.yaml',
    'patches:\n- path: replicas.yaml\n  target: {kind: Deployment}\n- patch: |-\n    - op: remove\n      path: /spec',
    'patchesStrategicMerge:\n  - ../common/env.yaml\n',
  ].join('\n')
  const files = [
    'overlays/prod/policy.yaml',
    'overlays/prod/replicas.yaml',
    'overlays/common/env.yaml',
    'base/replicas.yaml',
  ]
  const all = files.map((path) => ({ path, text: POD }))
  expect(paths([...all, { path: 'overlays/prod/kustomization.yaml', text: kustomization }])).toEqual([
    'overlays/prod/replicas.yaml',
    'overlays/common/env.yaml',
  ])
})

test.each([
  ['prod/patches/db.yaml', true],
  ['patches-prod/db.yaml', true],
  ['prod/dispatches.yaml', false],
  ['prod/patchwork.yaml', false],
])('%s is a patch: %s', (path, expected) => {
  expect(paths([{ path, text: POD }])).toEqual(expected ? [path] : [])
})

test.each([
  ['a Helm template', 'metadata:\n  name: {{ .Values.name }}\n', true],
  ['a Helm condition', '{{- if .Values.policy.enabled }}\nkind: NetworkPolicy\n{{- end }}\n', true],
  ['a Jinja template', 'metadata:\n  name: {{ app }}\n', true],
  ['an alert in quotes', "data:\n  rules: '{{ $labels.instance }} is down'\n", false],
  [
    'a template in a block scalar',
    'kind: ConfigMap\ndata:\n  mail.tmpl: |\n    {{ define "x" }}\n    {{ template "y" }}\n    name: {{ .Values }}\n',
    false,
  ],
  ['a flow mapping', 'metadata: {labels: {app: web}}\n', false],
])('%s is recognised', (_name, text, expected) => {
  expect(paths([{ path: 'shop/templates/a.yaml', text }])).toEqual(expected ? ['shop/templates/a.yaml'] : [])
})

test('one message shows the commands', () => {
  const told = tellOverlays(
    overlaysIn([
      { path: 'shop/templates/a.yaml', text: '{{ if .Values.x }}\n' },
      { path: 'prod/patches/b.yaml', text: POD },
    ]),
  )
  expect(told).toContain('`helm template shop > rendered.yaml`')
  expect(told).toContain('`kubectl kustomize prod > rendered.yaml`')
  expect(tellOverlays([])).toBeUndefined()
})
