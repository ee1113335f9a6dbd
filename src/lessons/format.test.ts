import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import type { Lesson } from '#core/model/lesson.ts'
import { courseAsText, lessonAsText, looksLikeLesson, readLesson } from './format.ts'
import { LESSONS } from './index.ts'

const [first] = LESSONS
if (!first) throw new Error('there are no lessons')
type Json = Record<string, unknown>
const asJson = (): Json => JSON.parse(lessonAsText(first)) as Json
/** The first lesson with one field of it changed. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is nonsense has no type
const changed = (change: (lesson: Record<string, any>) => void): string => {
  const file = asJson()
  change(file['lesson'] as Record<string, unknown>)
  return JSON.stringify(file)
}
const problemOf = (text: string): string => {
  const read = readLesson(text)
  return read.type === 'problem' ? read.problem : 'no problem'
}

test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s comes back as it went out', (_, lesson) => {
  expect(readLesson(lessonAsText(lesson))).toEqual({ type: 'lesson', lesson })
})

test('a course comes back in its order', () => {
  const course = { title: 'All of it', lessons: LESSONS.toReversed() }
  expect(readLesson(courseAsText(course))).toEqual({ type: 'course', course })
})

test('everything that a lesson can say comes back', () => {
  const ends: readonly End[] = [
    { namespace: 'shop' },
    { namespace: 'shop', workload: 'Deployment/web' },
    { anyNamespace: true },
    { internet: true },
    { ingressController: true },
    { node: 'n1' },
    { host: 'example.org' },
    { cidr: '10.0.0.0/8' },
    { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] },
  ]
  const lesson: Lesson = {
    ...first,
    profile: 'cilium',
    seconds: 10,
    minutes: 600,
    broken: true,
    goals: ends.map((from, i) => ({
      name: `${i}`,
      from,
      to: { namespace: 'shop' },
      ports: ['TCP/80', 'UDP/1-2', 'TCP/http'],
      expect: i % 2 === 0 ? 'allowed' : 'denied',
      shown: i % 3 === 0,
    })),
    constraints: [
      { type: 'untouched', policy: 'shop/a' },
      { type: 'at-most', policies: 0 },
      { type: 'no-kind', kind: 'ClusterNetworkPolicy' },
    ],
    hints: [{ text: 'Look.' }, { text: 'Look here.', files: [{ path: 'a/b.yaml', text: '' }] }],
    wrong: [{ belief: 'So it is.', files: [{ path: 'a.yaml', text: 'a: 1\r\n\t' }] }],
  }
  expect(readLesson(lessonAsText(lesson))).toEqual({ type: 'lesson', lesson })
})

test('what a lesson can do without need not be written', () => {
  const bare = changed((one) => {
    for (const key of ['unseen', 'predict', 'constraints', 'hints', 'wrong', 'profile', 'seconds', 'broken'])
      delete one[key]
    for (const goal of one['goals']) delete goal.ports
  })
  expect(readLesson(bare)).toMatchObject({
    type: 'lesson',
    lesson: { unseen: [], predict: [], constraints: [], hints: [], wrong: [] },
  })
  const read = readLesson(bare)
  expect(read.type === 'lesson' && read.lesson.goals.every(({ ports }) => ports.length === 0)).toBe(true)
})

test('a text that is a lesson looks like one, and YAML does not', () => {
  expect(looksLikeLesson(lessonAsText(first))).toBe(true)
  expect(looksLikeLesson(courseAsText({ title: 'x', lessons: [first] }))).toBe(true)
  expect(looksLikeLesson('{"apiVersion": "v1", "format": "drawbridge-lesson"}')).toBe(false)
})

describe('hostile files end in a message that says where', () => {
  const deep = '['.repeat(500_000)
  test.each([
    ['nothing', '', /not JSON/],
    ['YAML', 'kind: Lesson', /not JSON/],
    ['null', 'null', /the file is not an object/],
    ['a list', '[1]', /the file is not an object/],
    ['very deep', deep, /no lesson/],
    ['something else', '{"format": "excel"}', /format is none of/],
    ['huge', `{"format":"drawbridge-lesson","x":"${'x'.repeat(2_000_001)}"}`, /larger/],
    ['from the future', JSON.stringify({ ...asJson(), version: 2 }), /newer than this Drawbridge/],
    ['without a lesson', '{"format":"drawbridge-lesson","version":1}', /lesson is not an object/],
    ['an empty course', '{"format":"drawbridge-course","version":1,"title":"a","lessons":[]}', /lessons is empty/],
    ['a lesson twice', courseAsText({ title: 'x', lessons: [first, first] }), /id twice/],
    ['a title of blanks', changed((one) => (one['title'] = ' \t')), /lesson\.title is empty/],
    [
      'a path of two slashes',
      changed((one) => (one['files'][0].path = 'a//b.yaml')),
      /files\[0\]\.path is not a plain/,
    ],
    ['a path of a folder', changed((one) => (one['files'][0].path = 'a/')), /files\[0\]\.path is not a plain/],
    [
      'a path of another machine',
      changed((one) => (one['files'][0].path = 'C:a.yaml')),
      /files\[0\]\.path is not a plain/,
    ],
    ['a hidden file', changed((one) => (one['files'][0].path = 'a/.git')), /files\[0\]\.path is not a plain/],
    [
      'an exception that is no block',
      changed((one) => (one['goals'][0].from = { cidr: '10.0.0.0/8', except: ['x'] })),
      /from\.except\[0\] is no block/,
    ],
    [
      'a time that is too short',
      changed((one) => (one['seconds'] = 9)),
      /lesson\.seconds is not a whole number from 10/,
    ],
    [
      'half a policy',
      changed((one) => (one['constraints'] = [{ type: 'at-most', policies: 0.5 }])),
      /constraints\[0\]\.policies/,
    ],
    ['a flag that is a word', changed((one) => (one['goals'][0].shown = 'yes')), /goals\[0\]\.shown is neither/],
    [
      'a goal that wants something else',
      changed((one) => (one['goals'][0].expect = 'maybe')),
      /goals\[0\]\.expect is none of allowed, denied/,
    ],
    ['version nought', JSON.stringify({ ...asJson(), version: 0 }), /version is not a whole number/],
    ['a title of two lines', changed((one) => (one['title'] = 'a\nb')), /lesson\.title has more than one line/],
    ['a title that is an object', changed((one) => (one['title'] = { toString: 1 })), /lesson\.title is not a text/],
    ['an id that is a path', changed((one) => (one['id'] = '../x')), /lesson\.id/],
    ['unseen characters', changed((one) => (one['task'] = 'a\u202eb')), /lesson\.task holds characters/],
    ['no goals', changed((one) => (one['goals'] = [])), /lesson\.goals is empty/],
    ['goals of a prototype', changed((one) => (one['goals'] = { length: 3 })), /lesson\.goals is not a list/],
    ['a goal between nowheres', changed((one) => (one['goals'][0].from = {})), /goals\[0\]\.from names no end/],
    [
      'a workload without kind',
      changed((one) => (one['goals'][0].from = { namespace: 'a', workload: 'web' })),
      /Deployment\/web/,
    ],
    ['a port that is none', changed((one) => (one['goals'][0].ports = ['80/81/82'])), /goals\[0\]\.ports\[0\]/],
    ['a block that is none', changed((one) => (one['goals'][0].from = { cidr: '10.0.0.0/99' })), /from\.cidr/],
    ['a path upwards', changed((one) => (one['files'][0].path = '../../etc/passwd')), /files\[0\]\.path/],
    ['a path of the unseen', changed((one) => (one['files'][0].path = '.unseen/x.yaml')), /files\[0\]\.path/],
    ['a path twice', changed((one) => one['files'].push(one['files'][0])), /files names a path twice/],
    ['minutes that are NaN', changed((one) => (one['minutes'] = null)), /lesson\.minutes/],
    [
      'a million hints',
      changed((one) => (one['hints'] = Array.from({ length: 1000 }, () => ({ text: 'x' })))),
      /hints has more/,
    ],
    ['an odd constraint', changed((one) => (one['constraints'] = [{ type: 'constructor' }])), /constraints\[0\]\.type/],
  ])('%s', (_, text, said) => {
    expect(problemOf(text)).toMatch(said)
  })

  test('keys of a prototype neither count nor survive', () => {
    const text = lessonAsText(first).replace(
      '"lesson": {',
      '"__proto__": {"polluted": 1}, "lesson": {"__proto__": {"title": "x"}, "constructor": 1,',
    )
    const read = readLesson(text)
    expect(read).toEqual({ type: 'lesson', lesson: first })
    expect(({} as Json)['polluted']).toBeUndefined()
    const bare = changed((one) => {
      delete one['title']
    }).replace('"lesson":{', '"lesson":{"__proto__":{"title":"borrowed"},')
    expect(problemOf(bare)).toMatch(/lesson\.title is not a text/)
  })
})
