import { describe, expect, test } from 'vitest'
import { redactSecrets } from '#core/load/secrets.ts'
import { startApp, testClock, texts } from '../app.testkit.ts'
import { createSlices } from '../clock.ts'
import { redact } from './redact.ts'

const slices = createSlices(testClock(), new AbortController().signal)
const secret = (name: string, indent = ''): string =>
  ['apiVersion: v1', 'kind: Secret', 'metadata:', `  name: ${name}`, 'data: # keep', '  password: aHVudGVyMg==', '']
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n'

describe('Secrets’ values are taken out piece by piece, as from the whole', () => {
  test.each([
    ['documents', `# top\n---\n${secret('a')}---\n${POD}---\n${secret('b')}`, 2],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n- ${secret('a', '  ').trimStart()}- ${secret('b', '  ').trimStart()}`,
      2,
    ],
    ['an indented List', `apiVersion: v1\nkind: List\nitems:\n  - ${secret('a', '    ').trimStart()}`, 1],
    [
      'a SecretList',
      'apiVersion: v1\nkind: SecretList\nitems:\n- metadata:\n    name: a\n  data:\n    password: aHVudGVyMg==\n',
      1,
    ],
    [
      'a JSON List',
      JSON.stringify(
        { kind: 'List', items: [{ kind: 'Secret', data: { password: 'aHVudGVyMg==' } }, { kind: 'Pod' }] },
        null,
        2,
      ),
      1,
    ],
    ['CRLF', secret('a').replaceAll('\n', '\r\n'), 1],
    ['no Secret', POD, 0],
  ])('%s', async (_name, text, secrets) => {
    const redacted = await redact(text, slices)
    expect(redacted).toEqual({ text: redactSecrets(text).text, secrets })
    expect(redacted.text).not.toContain('aHVudGVyMg')
  })
})

test('nothing of a Secret that is opened or pasted enters the workspace, and the count is told', async () => {
  const { app } = await startApp()
  await app.actions.open([{ path: 'a.yaml', content: secret('a') }])
  await app.actions.paste(`\`\`\`yaml\n${secret('b')}\`\`\``)
  expect(JSON.stringify(app.documents.getState().files)).not.toContain('aHVudGVyMg')
  expect(app.view.getState().notices[0]?.text).toContain(
    'The values of 1 Secret were taken out before anything was kept.',
  )
})

test('a paste into the editor loses them, too, in the same undo step', async () => {
  const { app } = await startApp()
  app.actions.apply([{ type: 'create', path: 'a.yaml', text: `${POD}---\n` }], 'a file')
  const end = POD.length + 4
  app.actions.edit('a.yaml', [{ from: end, to: end, insert: secret('a') }], 'typing')
  expect(texts(app)['a.yaml']).toBe(`${POD}---\n${secret('a').replace('aHVudGVyMg==', '"REDACTED"')}`)
  expect(app.view.getState().notices.at(-1)?.text).toContain('1 Secret')
  app.actions.undo()
  expect(texts(app)['a.yaml']).toBe(`${POD}---\n`)
})
