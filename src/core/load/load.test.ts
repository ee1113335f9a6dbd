import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '#core/model/settings.ts'
import { load, type Loaded, loadSteps, locate, treeOf } from './load.ts'
import { deploymentText, filesOf, joined, loadText, policyText, problemsOf, workloadIn } from './load.testkit.ts'

const outcomes = ({ documents }: Loaded): readonly string[] =>
  documents.map(({ outcome, kind, name }) => `${outcome} ${kind} ${name}`.trim())
const ids = ({ documents }: Loaded): readonly string[] => documents.map(({ id }) => id)

const settings = (name: string, fields: string): string =>
  `{apiVersion: drawbridge/v1alpha1, kind: DrawbridgeSettings, metadata: {name: ${name}}, ${fields}}\n`

describe('a workspace is the sum of its documents', () => {
  test('nothing gives nothing', () => {
    const loaded = load([])
    expect(loaded).toMatchObject({ documents: [], policies: [], checks: [], problems: [] })
    expect(loaded.cluster).toEqual({ namespaces: [], workloads: [], services: [], nodes: [], exposures: [] })
  })

  test('each document is listed with its place, kind, name and what became of it', () => {
    const text = joined(
      '# nothing\n',
      deploymentText('web'),
      'kind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\n',
      'a: [\n',
      policyText('p', '{typo: 1}'),
    )
    const loaded = loadText(text)
    expect(outcomes(loaded)).toEqual([
      'empty',
      'object Deployment shop/web',
      'ignored ConfigMap',
      'broken',
      'rejected NetworkPolicy shop/p',
    ])
    expect(loaded.documents.map(({ line }) => line)).toEqual([1, 2, 7, 11, 13])
    const [, web] = loaded.documents
    expect(text.slice(web?.range.from, web?.range.to)).toBe(`---\n${deploymentText('web')}`)
  })

  test('counts for the status line', () => {
    const pods =
      '{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: b}}\n'
    const cilium = '{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: c, namespace: shop}}\n'
    const secret = '{apiVersion: v1, kind: Secret, metadata: {name: c}}\n'
    const { counts } = loadText(
      joined('', deploymentText('web', 'replicas: 3, '), pods, cilium, secret, secret, policyText('p')),
    )
    expect(counts).toEqual({
      documents: 7,
      workloads: 3,
      pods: 5,
      namespaces: 2,
      policies: 1,
      services: 0,
      ignored: 2,
      defaulted: 2,
      unloadedNamespaces: 2,
      unevaluated: [{ kind: 'CiliumNetworkPolicy', count: 1 }],
      ignoredKinds: [{ kind: 'Secret', count: 2 }],
    })
  })

  test("a missing namespace is the file's, else default, which is counted", () => {
    const text = '{apiVersion: v1, kind: Pod, metadata: {name: a}}'
    const pods = load([
      { path: 'a.yaml', text, counts: true, namespace: 'shop' },
      { path: 'b.yaml', text, counts: true },
    ])
    expect(pods.cluster.workloads.map(({ id }) => id)).toEqual(['shop/Pod/a', 'default/Pod/a'])
    expect(pods.counts.defaulted).toBe(1)
    const changed = load([{ path: 'a.yaml', text, counts: true, namespace: 'other' }], pods)
    expect(changed.cluster.workloads.map(({ id }) => id)).toEqual(['other/Pod/a'])
    expect(ids(changed)).toEqual(ids(pods).slice(0, 1))
  })

  test('a file that does not count is listed, and has no say and no problems', () => {
    const loaded = load([{ path: 'a.yaml', text: joined(deploymentText('web'), 'a: [\n'), counts: false }])
    expect(loaded.cluster.workloads).toEqual([])
    expect(loaded.problems).toEqual([])
    expect(outcomes(loaded)).toEqual(['ignored Deployment shop/web', 'ignored'])
    expect(loaded.counts.documents).toBe(0)
  })

  test('settings of several documents add up, the later over the earlier', () => {
    const loaded = loadText(
      joined(settings('a', 'podCidrs: none'), settings('b', 'unknownLabels: unknown, directOwners: true')),
    )
    expect(loaded.settings).toEqual({ ...DEFAULT_SETTINGS, podCidrs: 'none', directOwners: true })
  })
})

const pod = (name: string): string => `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "${name}"}}`

const bare = (name: string): string => `{"metadata": {"name": "${name}"}}`

const block = (name: string): string => `- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: ${name}\n`

const item = (name: string, port: string): string =>
  `- apiVersion: networking.k8s.io/v1\n  kind: NetworkPolicy\n  metadata: {name: ${name}}\n  spec:\n    ingress:\n    - ports:\n      - port: ${port}\n`

describe('Lists', () => {
  test.each([
    ['JSON', `{"apiVersion": "v1", "kind": "List", "items": [${pod('a')},\n ${pod('b')}]}`],
    ['block', `apiVersion: v1\nkind: List\nitems:\n${block('a')}${block('b')}`],
    ['block after items', `apiVersion: v1\nitems:\n${block('a')}${block('b')}kind: List\nmetadata: {}\n`],
    ['flow', `{apiVersion: v1, kind: List, items: [${pod('a')}, ${pod('b')}]}`],
    ['JSON PodList', `{"kind": "PodList", "apiVersion": "v1", "items": [${bare('a')}, ${bare('b')}]}`],
    ['flow PodList', `kind: PodList\napiVersion: v1\nitems: [${bare('a')}, ${bare('b')}]`],
    [
      'anchors across items',
      `kind: List\napiVersion: v1\nitems:\n- apiVersion: &v v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: *v\n  kind: Pod\n  metadata: {name: b}\n`,
    ],
    [
      'a List in a List',
      `{"kind": "List", "apiVersion": "v1", "items": [{"kind": "List", "apiVersion": "v1", "items": [${pod('a')}]}, ${pod('b')}]}`,
    ],
    [
      'a flow List in a flow List',
      `{kind: List, apiVersion: v1, items: [{kind: List, apiVersion: v1, items: [${pod('a')}]}, ${pod('b')}]}`,
    ],
  ])('%s: each item is a document, and knows its place', (_, text) => {
    const loaded = loadText(text)
    expect(problemsOf(loaded)).toEqual([])
    expect(loaded.cluster.workloads.map(({ id }) => id)).toEqual(['default/Pod/a', 'default/Pod/b'])
    expect(loaded.counts.documents).toBe(2)
    for (const { refs, name } of loaded.cluster.workloads) {
      const place = refs[0] && locate(loaded, refs[0])
      expect(text.slice(place?.range.from, place?.range.to)).toContain(name)
      expect(text.slice(place?.range.from, place?.range.to)).not.toContain(name === 'a' ? 'name: b' : 'name: a')
    }
  })

  test('an empty List is no document', () => {
    expect(loadText('{"kind": "PodList", "apiVersion": "v1", "items": []}').counts.documents).toBe(0)
    expect(loadText('kind: List\napiVersion: v1\nitems: null\n').counts.documents).toBe(0)
  })

  test('an error in an item is told at its place in the file, the others go on', () => {
    const loaded = loadText(`apiVersion: v1\nkind: List\nitems:\n${item('a', '80')}${item('b', '"80"')}`)
    expect(problemsOf(loaded)).toEqual(['invalid-port-name a.yaml:17:15'])
    expect(outcomes(loaded)).toEqual(['object NetworkPolicy default/a', 'rejected NetworkPolicy default/b'])
  })

  test('an uncut item tells its place, too', () => {
    const loaded = loadText(
      '{kind: List, apiVersion: v1, items: [\n  {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {x: on}}}]}',
    )
    expect(problemsOf(loaded)).toEqual(['wrong-type a.yaml:2:63'])
  })
})

// Ids differ, and a broken document keeps its last good meaning: then only the outcome of each text is the same.
function factsOf(loaded: Loaded | undefined): object {
  const documents = loaded?.documents.map(({ file, range, line, outcome }) => ({ file, range, line, outcome }))
  const isWhole = !documents?.some(({ outcome }) => outcome === 'broken')
  const workloads = loaded?.cluster.workloads.map(({ id, replicas }) => [id, replicas])
  return { documents, ...(isWhole && { counts: loaded?.counts, workloads }) }
}

describe('ids stay while texts change', () => {
  const a = policyText('a')
  const b = policyText('b')
  const c = policyText('c')

  test.each([
    ['nothing', [a, b, c], [0, 1, 2]],
    ['an edit', [a, b.replace('{}', '{matchLabels: {x: z}}'), c], [0, 1, 2]],
    ['a document in front', [policyText('new'), a, b, c], ['new', 0, 1, 2]],
    ['a document behind', [a, b, c, policyText('new')], [0, 1, 2, 'new']],
    ['one taken out', [a, c], [0, 2]],
    ['two swapped', [b, a, c], [1, 0, 2]],
    ['one renamed', [a, policyText('d'), c], [0, 1, 2]],
    ['all edited', [a, b, c].map((text) => `${text}# x\n`), [0, 1, 2]],
    ['edited and swapped', [`${b}# x\n`, `${a}# x\n`, c], [1, 0, 2]],
    ['one broken', [a, `${b}x: [\n`, c], [0, 1, 2]],
    ['doubled', [a, a, b, c], [0, 'new', 1, 2]],
    ['nothing left', [], [0]],
  ])('%s', (_, documents, expected) => {
    const before = loadText(joined('', a, b, c))
    const after = loadText(joined('', ...documents), before)
    const old = ids(before)
    expect(ids(after).map((id) => (old.includes(id) ? old.indexOf(id) : 'new'))).toEqual(expected)
  })

  test('a file that is renamed keeps its documents; ids are never given again', () => {
    const before = load(filesOf({ 'a.yaml': a, 'b.yaml': b }))
    const renamed = load(filesOf({ 'a.yaml': a, 'c.yaml': b }), before)
    expect(ids(renamed)).toEqual(ids(before))
    expect(renamed.documents[1]?.file).toBe('c.yaml')
    const gone = load(filesOf({ 'a.yaml': a }), renamed)
    const back = load(filesOf({ 'a.yaml': a, 'd.yaml': c }), gone)
    expect(ids(before)).not.toContain(ids(back)[1])
  })

  test('what did not change is the same object', () => {
    const files = {
      'a.yaml': joined(deploymentText('web'), policyText('p')),
      'b.yaml': joined(deploymentText('api'), policyText('q')),
    }
    const before = load(filesOf(files))
    const after = load(
      filesOf({
        ...files,
        'a.yaml': files['a.yaml'].replace('{podSelector: {}}', '{podSelector: {}, policyTypes: [Egress]}'),
      }),
      before,
    )
    expect(after.cluster).toBe(before.cluster)
    expect(after.policies[1]).toBe(before.policies[1])
    expect(after.policies[0]).not.toBe(before.policies[0])
    expect(after.documents[0]).toBe(before.documents[0])
    expect(after.documents[2]).toBe(before.documents[2])
    expect(after.settings).toBe(before.settings)
    const scaled = load(
      filesOf({ ...files, 'b.yaml': joined(deploymentText('api', 'replicas: 2, '), policyText('q')) }),
      before,
    )
    expect(scaled.cluster.workloads[0]).toBe(before.cluster.workloads[0])
    expect(workloadIn(scaled, 'shop/Deployment/api').replicas).toBe(2)
    expect(scaled.cluster.namespaces).toBe(before.cluster.namespaces)
  })

  test('loading on gives the same as loading anew, whatever the edit', () => {
    const part = fc.constantFrom(
      a,
      b,
      c,
      deploymentText('web'),
      deploymentText('web', 'replicas: 2, '),
      'a: [\n',
      '# x\n',
      '{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: a}}]}\n',
    )
    const workspace = fc.dictionary(
      fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'),
      fc.array(part, { maxLength: 4 }).map((parts) => joined(...parts)),
    )
    fc.assert(
      fc.property(fc.array(workspace, { minLength: 2, maxLength: 4 }), (revisions) => {
        let loaded: Loaded | undefined
        for (const texts of revisions) loaded = load(filesOf(texts), loaded)
        const fresh = load(filesOf(revisions.at(-1) ?? {}))
        expect(factsOf(loaded)).toEqual(factsOf(fresh))
        const every = loaded?.documents.map(({ id }) => id) ?? []
        expect(new Set(every).size).toBe(every.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the last good meaning (design.md 8)', () => {
  test('a policy that does not parse stays, stale, until it parses again', () => {
    const good = loadText(policyText('p'))
    const broken = loadText(`${policyText('p')}  x: [\n`, good)
    expect(broken.policies).toEqual([{ ...good.policies[0], stale: true }])
    expect(outcomes(broken)).toEqual(['broken NetworkPolicy shop/p'])
    expect(broken.problems).toHaveLength(1)
    const mended = loadText(policyText('p', '{podSelector: {}, policyTypes: [Egress]}'), broken)
    expect(mended.policies).toMatchObject([{ stale: false, directions: ['egress'] }])
    expect(mended.problems).toEqual([])
  })

  test('a policy that is rejected has no effect; its last good meaning is kept, or what can be read of it', () => {
    const invalid = policyText('p', '{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{}]}]}')
    expect(loadText(invalid).policies).toMatchObject([{ stale: true, rules: [{ peers: [] }] }])
    const good = loadText(policyText('p'))
    const rejected = loadText(invalid, good)
    expect(rejected.policies).toMatchObject([{ stale: true, rules: [], subject: { pods: [] } }])
    expect(loadText(`${invalid}x: [\n`, rejected).policies).toMatchObject([{ stale: true, rules: [] }])
  })

  test('a workload that does not parse stays on the canvas', () => {
    const good = loadText(deploymentText('web'))
    const broken = loadText(`${deploymentText('web')}: x: [\n`, good)
    expect(workloadIn(broken, 'shop/Deployment/web')).toMatchObject({
      stale: true,
      pods: workloadIn(good, 'shop/Deployment/web').pods,
    })
  })

  test('a workload with a bad label stays, and the label is reported', () => {
    const loaded = loadText('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    on: off\n')
    expect(problemsOf(loaded)).toEqual(['wrong-type a.yaml:6:9'])
    expect({ ...workloadIn(loaded, 'default/Pod/a').pods[0]?.labels.labels }).toEqual({ true: 'false' })
    expect(outcomes(loaded)).toEqual(['rejected Pod default/a'])
  })

  test('a document that was never good has no meaning', () => {
    expect(loadText('kind: [\n')).toMatchObject({ policies: [], cluster: { workloads: [] }, counts: { documents: 1 } })
  })

  test('a document that turns into another kind forgets what it was', () => {
    const loaded = loadText('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p}\n', loadText(policyText('p')))
    expect(loaded.policies).toEqual([])
  })
})

describe('several objects of one name (design.md 8)', () => {
  test('the last in workspace order counts, the earlier say who overrides them', () => {
    const loaded = load(
      filesOf({
        'a.yaml': policyText('p'),
        'b.yaml': joined('# first\n', policyText('p', '{podSelector: {}, policyTypes: [Egress]}')),
      }),
    )
    expect(loaded.policies).toMatchObject([{ directions: ['egress'] }])
    expect(outcomes(loaded)).toEqual(['overridden NetworkPolicy shop/p', 'empty', 'object NetworkPolicy shop/p'])
    expect(loaded.problems).toMatchObject([
      { code: 'overridden', severity: 'warning', file: 'a.yaml', line: 4, column: 9 },
    ])
    expect(loaded.problems[0]?.message).toContain('b.yaml, line 2')
    expect(loaded.counts.policies).toBe(1)
  })

  test('another group, kind, namespace or name is another object', () => {
    const calico = policyText('p').replace('networking.k8s.io/v1', 'projectcalico.org/v3')
    const loaded = loadText(joined(policyText('p'), policyText('q'), policyText('p', '{}', 'data'), calico))
    expect(loaded.policies).toHaveLength(4)
  })

  test('an old group is the same object', () => {
    const old = deploymentText('web', 'replicas: 5, ').replace('apps/v1', 'extensions/v1beta1')
    expect(workloadIn(loadText(joined(old, deploymentText('web'))), 'shop/Deployment/web').replicas).toBe(1)
  })

  test('a rejected policy replaces nothing: the one before stays in force', () => {
    const loaded = loadText(joined(policyText('p'), policyText('p', '{typo: 1}')))
    expect(loaded.policies.map(({ stale }) => stale)).toEqual([false, true])
    expect(outcomes(loaded)).toEqual(['object NetworkPolicy shop/p', 'rejected NetworkPolicy shop/p'])
  })

  test('a broken document stands in for nothing that another says', () => {
    const files = { 'a.yaml': deploymentText('web', 'replicas: 2, '), 'b.yaml': deploymentText('web', 'replicas: 5, ') }
    const before = load(filesOf(files))
    const broken = load(filesOf({ ...files, 'b.yaml': 'a: [\n' }), before)
    expect(workloadIn(before, 'shop/Deployment/web').replicas).toBe(5)
    expect(workloadIn(broken, 'shop/Deployment/web')).toMatchObject({ replicas: 2, stale: false })
    expect(outcomes(broken)).toEqual(['object Deployment shop/web', 'broken Deployment shop/web'])
  })

  test('objects that get their name from the server never override each other', () => {
    const job = '{apiVersion: v1, kind: Pod, metadata: {generateName: run-}}\n'
    expect(loadText(joined(job, job)).counts.pods).toBe(2)
  })
})

describe('places', () => {
  test('line, column and span, with CRLF and a byte order mark', () => {
    const text = `\uFEFF${joined(policyText('a'), policyText('b', '{podSelector: {}, x: 1}'))}`.replaceAll('\n', '\r\n')
    const loaded = loadText(text)
    expect(problemsOf(loaded)).toEqual(['unknown-field a.yaml:13:25'])
    const [problem] = loaded.problems
    expect(text.slice(problem?.at.from, problem?.at.to)).toBe('x')
  })

  test('a ref is found where its document stands now', () => {
    const before = loadText(joined('', policyText('p', '{podSelector: {}, ingress: [{}]}')))
    const rule = before.policies[0]?.rules[0]?.ref
    const text = joined(policyText('new'), policyText('p', '{podSelector: {}, ingress: [{}]}'))
    const after = loadText(text, before)
    const place = rule && locate(after, rule)
    expect(text.slice(0, place?.range.from)).toMatch(/ingress: \[$/)
    expect(text.slice(place?.range.from, place?.range.to)).toBe('{}')
    expect(locate(loadText('', after), { document: 'gone', path: [], range: { from: 0, to: 0 } })).toBeUndefined()
  })

  test('a tree that is not kept can be had', () => {
    const loaded = loadText('{apiVersion: v1, kind: Pod, metadata: {name: a}}')
    const id = loaded.documents[0]?.id ?? ''
    expect(loaded.trees.get(id)?.tree).toBeUndefined()
    expect(treeOf(loaded, id)?.type).toBe('mapping')
    expect(treeOf(loaded, 'gone')).toBeUndefined()
  })
})

describe('big dumps', () => {
  test('loading goes in steps that tell how far it is', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n${Array.from({ length: 3000 }, (_, i) => `- apiVersion: v1\n  kind: Pod\n  metadata: {name: p${i}, namespace: n}\n  spec: {nodeName: n1}\n`).join('')}`
    const steps = [...loadSteps(filesOf({ 'a.yaml': 'a: b\n', 'b.yaml': text }))]
    expect(steps.length).toBeGreaterThan(3)
    const done = steps.map((step) => step.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(steps.every(({ done, total }) => done <= total && total === text.length + 5)).toBe(true)
  })
})
