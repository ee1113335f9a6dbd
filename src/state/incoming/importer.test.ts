import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { DocumentInfo, Picture } from '#core/model/picture.ts'
import { emptyPicture, settled, startApp, testEngine, texts } from '../app.testkit.ts'
import type { RunningApp } from '../createApp.ts'
import { FILE_BYTES } from './sift.ts'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n'
const told = (app: RunningApp): readonly string[] => app.view.getState().notices.map(({ text }) => text)

async function conflict(): Promise<RunningApp> {
  const { app } = await startApp()
  await app.actions.open([
    { path: 'a.yaml', content: 'old: 1\n' },
    { path: 'z.yaml', content: POD },
  ])
  await app.actions.open([
    { path: 'a.yaml', content: 'new: 1\n' },
    { path: 'b.yaml', content: POD },
    { path: 'z.yaml', content: POD },
  ])
  expect(app.view.getState().dialog).toEqual({ type: 'conflict', paths: ['a.yaml'] })
  expect(Object.keys(texts(app))).toEqual(['a.yaml', 'z.yaml'])
  return app
}

const document = (file: string, kind: string, outcome: DocumentInfo['outcome'] = 'object'): DocumentInfo => ({
  id: `${file}${kind}${outcome}`,
  file,
  kind,
  outcome,
  range: { from: 0, to: 0 },
  line: 1,
  name: 'x',
})
const card = (document: string): Picture['workloads'][number] => ({
  id: document,
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
  replicas: 1,
  ports: [],
  labels: {},
  isolated: { ingress: 'no', egress: 'no' },
  hostNetwork: false,
  finished: false,
  sketch: false,
  assumed: false,
  stale: false,
  refs: [{ document, path: [], range: { from: 0, to: 0 } }],
})
const picture = (documents: readonly DocumentInfo[], counts: Partial<Picture['counts']>): Partial<Picture> => ({
  documents,
  counts: { ...emptyPicture(0).counts, ...counts },
})

describe('files that are opened', () => {
  test('stay as they are, byte for byte, with their encoding beside them', async () => {
    const { app } = await startApp()
    await app.actions.open([{ path: 'a.yaml', content: strToU8('\uFEFFkind: Pod\r\n# ```\r\n') }])
    expect(app.documents.getState().files).toMatchObject([
      {
        path: 'a.yaml',
        text: 'kind: Pod\r\n# ```\r\n',
        opened: 'kind: Pod\r\n# ```\r\n',
        encoding: { bom: true },
        counts: true,
      },
    ])
  })

  test('come in as one undo step, together with zips', async () => {
    const { app } = await startApp()
    const zip = zipSync({ 'shop/b.yaml': strToU8(POD), 'shop/readme.md': strToU8('# hi') })
    await app.actions.open([
      { path: 'a.yaml', content: POD },
      { path: 'shop.zip', content: zip },
    ])
    expect(Object.keys(texts(app))).toEqual(['a.yaml', 'shop/b.yaml'])
    expect(app.documents.getState().undoLabel).toBe('Undo opening 2 files')
    app.actions.undo()
    expect(texts(app)).toEqual({})
  })

  test('that are no YAML or JSON are left out and counted', async () => {
    const { app } = await startApp()
    await app.actions.open([
      { path: 'shop/a.yaml', content: POD },
      { path: 'shop/Makefile', content: 'all:' },
      { path: 'shop/x.txt', content: 'x' },
    ])
    expect(Object.keys(texts(app))).toEqual(['shop/a.yaml'])
    expect(told(app).join()).toContain('2 files that are no YAML or JSON left out.')
  })

  test('by themselves may be called dump.txt', async () => {
    const { app } = await startApp()
    await app.actions.open([{ path: 'dump.txt', content: POD }])
    expect(texts(app)).toEqual({ 'dump.txt': POD })
  })

  test('of which nothing can be read say so', async () => {
    const { app } = await startApp()
    await app.actions.open([{ path: 'logo.png', content: strToU8('x') }])
    expect(told(app)).toEqual(['Nothing was opened: 1 file, and none is YAML or JSON.'])
  })

  test('that are not UTF-8 can be read, not edited', async () => {
    const { app } = await startApp()
    await app.actions.open([{ path: 'a.yaml', content: new Uint8Array([0x61, 0xff]) }])
    app.actions.edit('a.yaml', [{ from: 0, to: 0, insert: 'x' }], 'typing')
    expect(texts(app)).toEqual({ 'a.yaml': 'a�' })
    expect(told(app).join()).toContain('not valid UTF-8')
  })

  test('that are too large are named, the others come in', async () => {
    const { app } = await startApp()
    await app.actions.open([
      { path: 'big.yaml', content: 'x'.repeat(FILE_BYTES + 1) },
      { path: 'a.yaml', content: POD },
    ])
    expect(Object.keys(texts(app))).toEqual(['a.yaml'])
    expect(told(app)[0]).toBe('big.yaml has 50 MB; a file may have 50 MB. It was left out.')
  })

  test('that are patches are shown and do not count', async () => {
    const { app } = await startApp()
    await app.actions.open([
      { path: 'prod/patches/a.yaml', content: POD },
      { path: 'prod/b.yaml', content: POD },
    ])
    expect(app.documents.getState().files.map(({ counts }) => counts)).toEqual([false, true])
    expect(told(app).join()).toContain('kubectl kustomize prod')
  })
})

describe('a path that exists', () => {
  test('is replaced where it stands, in one undo step', async () => {
    const app = await conflict()
    await app.actions.resolveConflict('replace')
    expect(texts(app)).toEqual({ 'a.yaml': 'new: 1\n', 'z.yaml': POD, 'b.yaml': POD })
    expect(app.documents.getState().files[0]?.opened).toBe('new: 1\n')
    app.actions.undo()
    expect(texts(app)).toEqual({ 'a.yaml': 'old: 1\n', 'z.yaml': POD })
  })

  test('may be kept beside the new one', async () => {
    const app = await conflict()
    await app.actions.resolveConflict('keep-both')
    expect(texts(app)).toEqual({ 'a.yaml': 'old: 1\n', 'z.yaml': POD, 'a-2.yaml': 'new: 1\n', 'b.yaml': POD })
  })

  test('stays when the dialog is closed', async () => {
    const app = await conflict()
    app.actions.closeDialog()
    await app.actions.resolveConflict('replace')
    expect(Object.keys(texts(app))).toEqual(['a.yaml', 'z.yaml'])
    expect(app.view.getState().dialog).toBeUndefined()
  })
})

describe('a paste', () => {
  test('becomes a new file each time, without what a chat puts around it', async () => {
    const { app } = await startApp()
    await app.actions.paste(`\`\`\`yaml\n${POD}\`\`\``)
    expect(told(app)[0]).toContain('Taken off: the Markdown fences around it.')
    await app.actions.paste(POD)
    await app.actions.paste('{"kind": "Pod"}')
    expect(texts(app)).toEqual({ 'pasted.yaml': POD, 'pasted-2.yaml': POD, 'pasted.json': '{"kind": "Pod"}' })
    expect(app.view.getState().activeFile).toBe('pasted.json')
  })

  test('of a table says which command gives manifests', async () => {
    const { app } = await startApp()
    await app.actions.paste('NAME   READY   STATUS\nweb    1/1     Running\n')
    expect(texts(app)).toEqual({})
    expect(told(app)[0]).toContain('-o yaml')
  })
})

describe('the notice after an import', () => {
  test('waits for the picture of these texts, and counts what it shows', async () => {
    const engine = testEngine()
    const { app } = await startApp({ testEngine: engine })
    engine.manual = true
    void app.actions.open([{ path: 'a.yaml', content: POD }])
    await settled()
    expect(told(app)).toEqual([])
    const documents = [
      document('a.yaml', 'Deployment'),
      document('a.yaml', 'NetworkPolicy'),
      document('a.yaml', 'ClusterNetworkPolicy'),
      document('a.yaml', 'ConfigMap', 'ignored'),
    ]
    engine.show({ ...picture(documents, { defaulted: 2 }), workloads: [card('a.yamlDeploymentobject')] })
    await settled()
    expect(told(app)).toEqual([
      '4 documents: 1 workload, 2 policies, 1 other ignored. 2 documents without a namespace are read as namespace default.',
    ])
  })

  test('speaks of the files that came in, not of those that were there', async () => {
    const engine = testEngine()
    const { app } = await startApp({ testEngine: engine })
    await app.actions.open([{ path: 'a.yaml', content: POD }])
    engine.manual = true
    void app.actions.open([{ path: 'b.yaml', content: POD }])
    await settled()
    const documents = [
      document('a.yaml', 'Pod'),
      document('b.yaml', 'Pod'),
      document('b.yaml', 'NetworkPolicy', 'broken'),
    ]
    engine.show({ ...picture(documents, {}), workloads: [card('a.yamlPodobject'), card('b.yamlPodobject')] })
    await settled()
    expect(told(app).at(-1)).toBe('2 documents: 1 workload, 0 policies, 1 that does not parse.')
  })
})

describe('cancel', () => {
  test('takes back an import that is still being evaluated', async () => {
    const engine = testEngine()
    const { app } = await startApp({ testEngine: engine })
    engine.manual = true
    void app.actions.open([{ path: 'a.yaml', content: POD }])
    await settled()
    app.actions.cancel()
    await settled()
    expect(texts(app)).toEqual({})
    expect(engine.cancelled).toBe(1)
    expect(engine.files()).toEqual([])
  })

  test('says so, and nothing of what was read, when the picture without it comes', async () => {
    const engine = testEngine()
    const { app } = await startApp({ testEngine: engine })
    engine.manual = true
    void app.actions.open([{ path: 'a.yaml', content: POD }])
    await settled()
    app.actions.cancel()
    engine.show()
    await settled()
    expect(told(app)).toEqual(['Stopped: what was being opened is out again. Redo brings it back.'])
  })

  test('lets nothing in, either, where the last file has just been read', async () => {
    const { app } = await startApp()
    app.analysis.subscribe(({ progress }) => {
      if (progress?.done === progress?.total) queueMicrotask(() => app.actions.cancel())
    })
    await app.actions.open([{ path: 'a.yaml', content: POD }])
    expect(texts(app)).toEqual({})
    expect(told(app)).toEqual(['Stopped: nothing was added.'])
  })

  test('stops an import that is being read', async () => {
    const { app } = await startApp()
    const opening = app.actions.open([
      { path: 'a.yaml', content: POD },
      { path: 'b.yaml', content: POD },
    ])
    app.actions.cancel()
    await opening
    expect(texts(app)).toEqual({})
    expect(told(app)).toEqual(['Stopped: nothing was added.'])
    expect(app.analysis.getState().progress).toBeUndefined()
  })
})

const TESTS = `- name: web may reach db
  type: k8s
  protocol: tcp
  targetPort: 5432
  exitCode: 0
  src: { k8sResource: { kind: deployment, name: web, namespace: shop } }
  dst: { k8sResource: { kind: deployment, name: db, namespace: shop } }
`

describe('tests of NetAssert', () => {
  test('are offered as checks, by paste and as a file, and do not become files; what comes with them does', async () => {
    const { app } = await startApp()
    await app.actions.paste(TESTS)
    expect(app.view.getState().dialog).toEqual({ type: 'take-tests', name: 'pasted.yaml', text: TESTS })
    expect(texts(app)).toEqual({})
    app.actions.closeDialog()
    await app.actions.open([
      { path: 'tests/net.yaml', content: TESTS },
      { path: 'pod.yaml', content: POD },
      { path: 'tests/more.yaml', content: TESTS.replace('5432', '80') },
    ])
    expect(app.view.getState().dialog).toMatchObject({ type: 'take-tests', name: 'tests/net.yaml' })
    expect(Object.keys(texts(app))).toEqual(['pod.yaml'])
    expect(told(app).join()).toContain('Left out: tests/more.yaml')
  })

  test('are told from manifests that only speak of src and dst', async () => {
    const { app } = await startApp()
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  src: x\n  dst: y\n'
    await app.actions.paste(text)
    expect(app.view.getState().dialog).toBeUndefined()
    expect(Object.values(texts(app))).toEqual([text])
  })
})
