import { describe, expect, test } from 'vitest'
import { createDriver } from './driver.ts'
import type { Session, Steps } from './handle.ts'
import type { Request, Response } from './protocol.ts'

const sync = (revision: number): Request => ({ type: 'sync', revision, changes: [] })
const ask = (id: number): Request => ({
  type: 'ask',
  id,
  name: 'offers',
  question: { from: { internet: true }, to: { internet: true } },
})

// Each piece of work takes three steps of 5 ms by the test's own clock, then says what it was.
function setUp() {
  const posted: Response[] = []
  const bells: (() => void)[] = []
  let clock = 0
  const steps = function* (last: Response): Generator<Response | undefined, void, void> {
    for (let i = 0; i < 3; i++) {
      clock += 5
      yield { type: 'progress', revision: last.revision, label: 'work', done: i, total: 3 }
    }
    yield last
  }
  const session: Session = {
    handle: (request): Steps => {
      if (request.type === 'ask')
        return steps({ type: 'answer', id: request.id, name: 'offers', revision: 0, answer: { offers: [] } })
      return steps({ type: 'cancelled', revision: request.type === 'sync' ? request.revision : -1 })
    },
  }
  const drive = createDriver(session, {
    post: (response) => posted.push(response),
    later: (run) => bells.push(run),
    now: () => clock,
  })
  const ring = (): void => bells.shift()?.()
  const ringAll = (): void => {
    while (bells.length > 0) ring()
  }
  const wait = (ms: number): void => {
    clock += ms
  }
  return { posted, drive, ring, ringAll, bells, wait }
}

describe('work goes on in slices', () => {
  test('nothing runs before its macrotask, and a long piece gives way in between', () => {
    const { posted, drive, ring, bells } = setUp()
    drive(sync(1))
    expect(posted).toEqual([])
    ring()
    expect(bells.length).toBe(1)
    expect(posted).toEqual([])
    ring()
    expect(posted.map(({ revision }) => revision)).toEqual([1])
  })

  test('a newer sync takes the place of the one that is running', () => {
    const { posted, drive, ring, ringAll } = setUp()
    drive(sync(1))
    ring()
    drive(sync(2))
    ringAll()
    expect(posted.map(({ revision }) => revision)).toEqual([2])
  })

  test('who types faster than the engine draws still sees a picture now and then', () => {
    const { posted, drive, ring, ringAll, wait } = setUp()
    drive(sync(1))
    ring()
    wait(200)
    drive(sync(2))
    ring()
    wait(200)
    drive(sync(3))
    drive(sync(4))
    ringAll()
    expect(posted.filter(({ type }) => type !== 'progress').map(({ revision }) => revision)).toEqual([2, 4])
  })

  test('other texts never wait for older ones', () => {
    const { posted, drive, ring, ringAll, wait } = setUp()
    drive(sync(1))
    ring()
    wait(400)
    drive({ type: 'sync', revision: 2, changes: [{ type: 'workspace', files: [] }] })
    ringAll()
    expect(posted.filter(({ type }) => type !== 'progress').map(({ revision }) => revision)).toEqual([2])
  })

  test('progress of long work is told, but not at every step', () => {
    const { posted, drive, ringAll, wait } = setUp()
    drive(sync(1))
    wait(200)
    ringAll()
    expect(posted.map(({ type }) => type)).toEqual(['progress', 'cancelled'])
  })

  test('what an edit changed waits behind what somebody asked for, even when it has begun', () => {
    const { posted, drive, ring, ringAll } = setUp()
    drive({ type: 'ask', id: 1, name: 'changes', question: { since: { type: 'edit' } } })
    ring()
    drive(ask(2))
    ringAll()
    expect(posted.flatMap((response) => (response.type === 'answer' ? [response.id] : []))).toEqual([2, 1])
  })

  test('a question that came first still waits for the sync, so that it speaks of the newest texts', () => {
    const { posted, drive, ringAll } = setUp()
    drive(ask(1))
    drive(sync(5))
    drive(ask(2))
    ringAll()
    expect(posted.map((response) => (response.type === 'answer' ? response.id : response.type))).toEqual([
      'cancelled',
      1,
      2,
    ])
  })

  test('progress of short work is not told', () => {
    const { posted, drive, ringAll } = setUp()
    drive(sync(1))
    ringAll()
    expect(posted.some(({ type }) => type === 'progress')).toBe(false)
  })
})
