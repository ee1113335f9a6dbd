import { expect, test } from 'vitest'
import { workloadOf } from './read.testkit.ts'

function hosts(container: string, key = 'containers'): readonly string[] {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {${key}: [{${container}}]}\n`
  const object = workloadOf(text)
  const pods = object.type === 'pod' ? [object.pod] : object.pods
  return pods.flatMap((pod) =>
    (pod.hosts ?? []).map(({ host, port, by }) => `${host}${port === undefined ? '' : `:${port}`} by ${by}`),
  )
}

const env = (value: string): readonly string[] => hosts(`env: [{name: A, value: ${JSON.stringify(value)}}]`)

test.each([
  ['db', ['db by env A']],
  ['postgres://me:secret@db:5432/app', ['db:5432 by env A']],
  ['http://a.b/c?d=e', ['a.b by env A']],
  ['a:1,b.c:2, d', ['a:1 by env A', 'b.c:2 by env A']],
  ['--to=db:1', ['db:1 by env A']],
  ['Db.Data.', ['db.data by env A']],
  ['some words about a db', []],
  ['10.1.2.3:80', []],
  ['', []],
  ['-db-', []],
])('env %s names %j', (value, named) => expect(env(value)).toEqual(named))

test('commands and arguments, also of init containers, each host once', () => {
  expect(hosts('command: [run, db], args: ["--a=db:80", "db:80"]')).toEqual([
    'run by an argument',
    'db by an argument',
    'db:80 by an argument',
  ])
  expect(hosts('args: [db]', 'initContainers')).toEqual(['db by an argument'])
})

test('pods that name nothing say nothing', () => {
  const object = workloadOf(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{env: [{name: A, valueFrom: {}}]}]}\n',
  )
  expect(object.type === 'pod' && 'hosts' in object.pod).toBe(false)
})

test('a long value of odd signs takes no time', () => {
  expect(env('a.'.repeat(900) + '!'.repeat(100))).toEqual([])
})
