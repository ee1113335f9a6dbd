import { describe, expect, test } from 'vitest'
import { beginning, crashed } from './crashed.ts'
import { createSession } from './handle.ts'
import { file } from './engine.testkit.ts'
import type { Request, Response } from './protocol.ts'

const SYNC: Request = { type: 'sync', revision: 3, changes: [] }
const ASK: Request = {
  type: 'ask',
  id: 7,
  name: 'explain',
  question: { from: { internet: true }, to: { internet: true }, ports: [] },
}

function withStack(message: string, stack: string): Error {
  return Object.assign(new Error(message), { stack })
}

describe('a crash names its place', () => {
  test('in the line of the innermost frame, as Chromium and Firefox write it', () => {
    const chromium = withStack(
      'x is not a function',
      'TypeError: x is not a function\n    at f (https://here/assets/worker-a1.js:4:812)\n    at g (https://here/assets/worker-a1.js:5:1)',
    )
    const firefox = withStack(
      'x is not a function',
      'f@https://here/assets/worker-a1.js:4:812\ng@https://here/worker-a1.js:5:1\n',
    )
    const where = 'taking in the texts (worker-a1.js:4:812)'
    expect(crashed(3, SYNC, beginning(SYNC), chromium)).toMatchObject({ where, message: 'x is not a function' })
    expect(crashed(3, SYNC, beginning(SYNC), firefox)).toMatchObject({ where })
  })

  test('not in what a message quotes, and says what was done where there is no frame', () => {
    const quoting = withStack(
      'broken at a.yaml:1:2',
      'Error: broken at a.yaml:1:2\n    at f (https://here/worker.js:4:8)',
    )
    expect(crashed(3, SYNC, { what: 'reading documents' }, quoting)).toMatchObject({
      where: 'reading documents (worker.js:4:8)',
    })
    expect(crashed(3, SYNC, { what: 'reading documents' }, 'thrown text')).toEqual({
      type: 'crashed',
      revision: 3,
      message: 'thrown text',
      where: 'reading documents',
    })
  })

  test('and the question that it was to answer', () => {
    expect(crashed(3, ASK, beginning(ASK), 'boom')).toMatchObject({
      id: 7,
      where: 'answering the question “explain”',
    })
  })

  test('with the step that was under way', () => {
    // A text that is no string breaks the reader, not the taking in.
    const files = [{ ...file('a.yaml', ''), text: 7 as unknown as string }]
    const steps = createSession().handle({ type: 'sync', revision: 1, changes: [{ type: 'workspace', files }] })
    const told: (Response | undefined)[] = []
    for (let step = steps.next(); !step.done; step = steps.next()) told.push(step.value)
    expect(told.at(-1)).toMatchObject({
      type: 'crashed',
      where: expect.stringMatching(/^reading documents \(\w+\.ts:\d+:\d+\)$/) as string,
    })
  })
})
