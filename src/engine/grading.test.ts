import { expect, test } from 'vitest'
import { selectedMeansClosed } from '#lessons/basics/selectedMeansClosed.ts'
import { filesAfter } from '#lessons/filesAfter.ts'
import { openBench } from './engine.testkit.ts'

const lesson = selectedMeansClosed
const texts = (files: typeof lesson.files) => files.map((file) => ({ ...file, counts: true }))

async function benchWith(files: typeof lesson.files) {
  const bench = openBench()
  await bench.change({ type: 'workspace', files: texts(files) })
  return bench
}

test('grades the present texts, and says why a goal is not reached, with a link into them', async () => {
  const { engine, pictures } = await benchWith(lesson.files)
  const graded = (await engine.ask('grade', { lesson }))?.graded
  expect(graded?.passed).toBe(false)
  const broken = graded?.goals.filter(({ outcome }) => outcome === 'broken')
  expect(broken?.map(({ goal }) => goal.name)).toEqual(['reporters read the archive'])
  const refs = broken?.flatMap(({ why }) => why.flat()).flatMap(({ ref }) => ref?.document ?? [])
  expect(refs?.length).toBeGreaterThan(0)
  expect(pictures.at(-1)?.documents.map(({ id }) => id)).toEqual(expect.arrayContaining(refs ?? []))
})

test('other files are graded in place of the texts, and nothing of them stays', async () => {
  const { engine } = await benchWith(lesson.files)
  const solved = await engine.ask('grade', { lesson, files: filesAfter(lesson, lesson.solution) })
  expect(solved?.graded.passed).toBe(true)
  expect((await engine.ask('grade', { lesson }))?.graded.passed).toBe(false)
})

test('a file that does not count is no answer, and one that does not parse is told', async () => {
  const { engine } = await openedWith(
    filesAfter(lesson, lesson.solution).map((file) => ({ ...file, counts: file.path !== 'policies.yaml' })),
  )
  expect((await engine.ask('grade', { lesson }))?.graded.passed).toBe(false)
  const broken = await benchWith([
    ...filesAfter(lesson, lesson.solution),
    { path: 'x.yaml', text: 'kind: NetworkPolicy\n  x: [' },
  ])
  const graded = (await broken.engine.ask('grade', { lesson }))?.graded
  expect(graded?.passed).toBe(false)
  expect(graded?.rejected.join()).toMatch(/x\.yaml, line/)
})

test('constraints are told one by one, kept or not', async () => {
  const with2 = {
    ...lesson,
    constraints: [
      { type: 'at-most' as const, policies: 0 },
      { type: 'no-kind' as const, kind: 'ClusterNetworkPolicy' },
    ],
  }
  const { engine } = await benchWith(lesson.files)
  const graded = (await engine.ask('grade', { lesson: with2 }))?.graded
  expect(graded?.constraints.map(({ violations }) => violations.length)).toEqual([1, 0])
  expect(graded?.rejected).toEqual([])
})

test('reveals a connection in five steps, over the present texts or others', async () => {
  const { engine } = await benchWith(filesAfter(lesson, lesson.solution))
  const connection = lesson.predict[1]
  if (!connection) throw new Error('the lesson predicts less')
  const now = await engine.ask('reveal', { lesson, connection })
  const start = await engine.ask('reveal', { lesson, connection, files: lesson.files })
  expect(now?.steps.map(({ shows }) => shows)).toEqual(['source', 'egress', 'destination', 'ingress', 'result'])
  expect([now, start].map((one) => one?.steps.at(-1)?.status)).toEqual(['allowed', 'denied'])
})

async function openedWith(files: readonly { path: string; text: string; counts: boolean }[]) {
  const bench = openBench()
  await bench.change({ type: 'workspace', files })
  return bench
}
