import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import type { DocumentInfo, Edge, Picture } from '#core/model/picture.ts'
import { filesAfter } from '#lessons/filesAfter.ts'
import { emptyPicture } from '../app.testkit.ts'
import { checkFiles, goalsOf, lessonOf, newDraft } from './draft.ts'
import type { LessonDraft } from './teaching.ts'

const at = (name: string): End => ({ namespace: 'shop', workload: `Deployment/${name}` })
const goal = (name: string, shown = true) => ({
  goal: { name, from: at('web'), to: at('db'), ports: ['TCP/80'], expect: 'denied', shown } as const,
  predict: false,
})
const file = (path: string, text: string) => ({ path, text })
const DRAFT: LessonDraft = {
  ...newDraft('lesson-1'),
  title: ' Doors ',
  idea: 'An idea.',
  task: 'A task.',
  remember: 'A sentence.',
  start: [file('a.yaml', 'a: 1\n'), file('bad.yaml', 'b: 1\n'), file('far.yaml', 'c: 1\n')],
  solution: [file('a.yaml', 'a: 2\n'), file('far.yaml', 'c: 2\n'), file('new.yaml', 'd: 1\n')],
  goals: [goal('one'), { ...goal('two', false), predict: true }],
  unseen: ['far.yaml'],
}
const made = (change: Partial<LessonDraft> = {}) => {
  const result = lessonOf({ ...DRAFT, ...change })
  return 'lesson' in result ? result.lesson : undefined
}
const problems = (change: Partial<LessonDraft>): readonly string[] => {
  const result = lessonOf({ ...DRAFT, ...change })
  return 'problems' in result ? result.problems : []
}

describe('a draft becomes a lesson', () => {
  test('whose solution holds what it changes, adds and does without, of what the learner sees', () => {
    const lesson = made()
    expect(lesson?.files.map(({ path }) => path)).toEqual(['a.yaml', 'bad.yaml'])
    expect(lesson?.unseen).toEqual([file('far.yaml', 'c: 1\n')])
    expect(lesson?.solution).toEqual([file('a.yaml', 'a: 2\n'), file('new.yaml', 'd: 1\n'), file('bad.yaml', '')])
    expect(lesson && filesAfter(lesson, lesson.solution)).toEqual([
      file('a.yaml', 'a: 2\n'),
      file('bad.yaml', ''),
      file('new.yaml', 'd: 1\n'),
    ])
    expect(made({ solution: DRAFT.start })?.solution).toEqual([])
  })

  test('with its goals, and questions about those that are to be predicted', () => {
    expect(made()?.goals.map(({ name, shown }) => [name, shown])).toEqual([
      ['one', true],
      ['two', false],
    ])
    expect(made()?.predict).toEqual([{ from: at('web'), to: at('db'), ports: ['TCP/80'] }])
  })

  test('with constraints, hints that say something, and a time where one is set', () => {
    expect(made()).toMatchObject({ title: 'Doors', constraints: [], hints: [] })
    expect(made()).not.toHaveProperty('seconds')
    const more = { untouched: ['shop/a'], atMost: 0, hints: [' one ', '  ', 'two'], seconds: 60 }
    expect(made(more)).toMatchObject({
      constraints: [
        { type: 'untouched', policy: 'shop/a' },
        { type: 'at-most', policies: 0 },
      ],
      hints: [{ text: 'one' }, { text: 'two' }],
      seconds: 60,
    })
  })
})

describe('what a draft lacks is said', () => {
  test.each<[string, Partial<LessonDraft>]>([
    ['Give it a title.', { title: ' ' }],
    ['Write the idea: what is to be understood.', { idea: '\n' }],
    ['Write the task: what is to be done.', { task: '' }],
    ['Write the sentence to remember.', { remember: '' }],
    ['Take a snapshot of the start.', { start: undefined }],
    ['Take a snapshot of the solution.', { solution: undefined }],
    ['Take over goals: draw connections or save checks, they become goals.', { goals: [] }],
    ['Show at least one goal.', { goals: [goal('a', false), goal('b', false)] }],
  ])('%s', (said, change) => expect(problems(change)).toEqual([said]))

  test('all at once', () => expect(lessonOf(newDraft('a'))).toMatchObject({ problems: { length: 7 } }))

  test('and what nobody could open is not handed out', () => {
    expect(problems({ minutes: 0 })[0]).toMatch(/lesson\.minutes is not a whole number/)
  })
})

const edge = (checks: readonly string[], from: End = at('web'), asked?: readonly string[]): Edge => ({
  id: 'e',
  layers: ['checks'],
  from,
  to: at('db'),
  ports: '',
  status: 'allowed',
  label: '',
  name: '',
  blockedAt: 'none',
  checks: checks.map((name) => ({ name, expect: 'allowed', outcome: 'holds', ref: REF })),
  rules: [],
  stale: false,
  ...(asked && { asked }),
})
const REF = { document: 'd', path: [], range: { from: 0, to: 0 } } as const
const picture = (part: Partial<Picture>): Picture => ({ ...emptyPicture(0), ...part })

describe('goals', () => {
  test('are the checks that are drawn, with the ports that they ask for', () => {
    const edges = [edge(['a', 'b'], at('web'), ['TCP/1']), edge(['c']), edge(['only'], { anywhere: true })]
    expect(goalsOf(picture({ edges }), []).map((one) => [one.goal.name, one.goal.ports, one.predict])).toEqual([
      ['a', ['TCP/1'], false],
      ['b', ['TCP/1'], false],
      ['c', [], false],
    ])
    expect(goalsOf(undefined, [])).toEqual([])
  })

  test('keep what was said of them, and speak of the connection as it is now', () => {
    const known = [{ predict: true, goal: { ...goal('a', false).goal } }, goal('gone')]
    expect(goalsOf(picture({ edges: [edge(['a'])] }), known)).toMatchObject([
      { predict: true, goal: { name: 'a', shown: false, expect: 'allowed', ports: [] } },
    ])
  })
})

const info = (path: string, kind: string, outcome: DocumentInfo['outcome'] = 'object'): DocumentInfo => ({
  id: `${path} ${kind}`,
  file: path,
  line: 1,
  range: { from: 0, to: 0 },
  kind,
  name: '',
  outcome,
})

test('files of nothing but checks are no part of a lesson', () => {
  const documents = [
    info('checks.yaml', 'ConnectivityChecks'),
    info('checks.yaml', '', 'empty'),
    info('both.yaml', 'Pod'),
    info('both.yaml', 'ConnectivityChecks'),
    info('pod.yaml', 'Pod'),
    info('none.yaml', '', 'empty'),
  ]
  expect([...checkFiles(picture({ documents }))]).toEqual(['checks.yaml'])
  expect([...checkFiles(undefined)]).toEqual([])
})
