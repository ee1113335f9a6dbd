import { describe, expect, test } from 'vitest'
import { locate } from '#core/load/load.ts'
import type { Constraint, Lesson, LessonFile } from '#core/model/lesson.ts'
import { constraintText } from './constraints.ts'
import { enter } from './enter.ts'
import { filesAfter } from './filesAfter.ts'
import { explainWrong } from './explainWrong.ts'
import { grade } from './grade.ts'
import { steps } from './steps.ts'
import { at, deployment, file, guess, hidden, may, mayNot, namespace, policy } from './texts.ts'

const close = (app: string, name = 'close'): string =>
  policy('inn', name, `  podSelector:\n    matchLabels:\n      app: ${app}\n  policyTypes:\n    - Ingress`)
const OPEN_ATTIC = '  podSelector:\n    matchLabels:\n      up: high\n  ingress:\n    - {}'
const CLUSTER = file(
  'cluster.yaml',
  namespace('inn'),
  deployment('inn', 'cellar', { app: 'cellar' }, '5432'),
  deployment('inn', 'guest', { app: 'guest' }, '8080'),
)
const policies = (...documents: readonly string[]): LessonFile => file('policies.yaml', ...documents)

function lesson(more: Partial<Lesson> = {}): Lesson {
  return {
    id: 'inn',
    title: 'The inn',
    track: 'basics',
    minutes: 1,
    idea: 'Close the cellar.',
    task: 'Close it.',
    files: [CLUSTER, policies(close('guest'))],
    unseen: [file('attic.yaml', deployment('inn', 'attic', { app: 'cellar', up: 'high' }), close('attic', 'hatch'))],
    predict: [],
    goals: [
      mayNot('guests stay out of the cellar', at('inn', 'guest'), at('inn', 'cellar')),
      may('the cellar rings guests', at('inn', 'cellar'), at('inn', 'guest'), 'TCP/8080'),
      hidden(mayNot('guests stay out of the attic', at('inn', 'guest'), at('inn', 'attic'))),
    ],
    constraints: [],
    hints: [],
    solution: [policies(close('cellar'))],
    remember: 'Cellars are closed.',
    wrong: [],
    ...more,
  }
}

const INN = lesson()
const SOLVED = filesAfter(INN, INN.solution)
const outcomes = (own: Lesson, files: readonly LessonFile[]): readonly string[] =>
  grade(own, files).goals.map(({ outcome }) => outcome)
const violations = (constraint: Constraint, ...documents: readonly string[]): readonly string[] =>
  grade(lesson({ constraints: [constraint] }), [CLUSTER, policies(...documents)]).violations
const words = (sentences: readonly (readonly { readonly text: string }[])[]): readonly string[] =>
  sentences.map((parts) => parts.map(({ text }) => text).join(''))

describe('an answer is judged by what it does', () => {
  test('goals are judged over all pods, seen and unseen', () => {
    expect(outcomes(INN, INN.files)).toEqual(['broken', 'broken', 'broken'])
    expect(outcomes(INN, SOLVED)).toEqual(['holds', 'holds', 'holds'])
    expect(grade(INN, SOLVED).passed).toBe(true)
  })

  test('one goal that is not reached is enough not to pass, also one that is not seen', () => {
    const half = [CLUSTER, policies(close('cellar'), close('cellar', 'more'), policy('inn', 'attic', OPEN_ATTIC))]
    expect(outcomes(INN, half)).toEqual(['holds', 'holds', 'broken'])
    expect(grade(INN, half)).toMatchObject({ passed: false, violations: [] })
  })

  test('files that an answer does not name stay, in their order; new ones come last', () => {
    const answer = [file('more.yaml', close('guest', 'more')), policies(close('cellar'))]
    expect(filesAfter(INN, answer)).toEqual([CLUSTER, policies(close('cellar')), answer[0]])
    expect(filesAfter(INN, [])).toEqual(INN.files)
  })

  test('a lesson under a CNI is judged as the CNI does it', () => {
    const flannel = lesson({ profile: 'flannel' })
    expect(outcomes(flannel, SOLVED)).toEqual(['broken', 'holds', 'broken'])
    const settings = `apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: {name: s}\nprofile: flannel\n`
    expect(outcomes(INN, [...SOLVED, file('settings.yaml', settings)])).toEqual(['broken', 'holds', 'broken'])
  })

  test('a pod that is gone, or was given the place of an unseen one, fulfils nothing', () => {
    const [, answer = CLUSTER] = SOLVED
    expect(outcomes(INN, [answer])).toEqual(['missing', 'missing', 'missing'])
    const fake = file('fake.yaml', deployment('inn', 'attic', { app: 'fake' }))
    expect(outcomes(INN, [...filesAfter(INN, [policies(close('fake'))]), fake])[2]).toBe('broken')
  })

  test('an answer with a document that the API server rejects does not pass', () => {
    const rejected = policy('inn', 'odd', '  podSelector: {}\n  policyTypes:\n    - Inwards')
    const found = grade(INN, [CLUSTER, policies(close('cellar'), rejected)])
    expect(found.goals.every(({ outcome }) => outcome === 'holds')).toBe(true)
    expect(found.passed).toBe(false)
    expect(found.violations[0]).toMatch(/^policies\.yaml, line 21: /)
  })

  test('after an edit, the entry before it leads to the same', () => {
    const before = enter(INN, INN.files)
    const after = enter(INN, SOLVED, before)
    expect(grade(INN, SOLVED, after)).toEqual(grade(INN, SOLVED))
    expect(after.loaded.cluster).toBe(before.loaded.cluster)
  })
})

describe('constraints', () => {
  const untouched: Constraint = { type: 'untouched', policy: 'inn/close' }

  test('a policy to leave alone may be moved and commented, not changed or removed', () => {
    expect(violations(untouched, `# The guests’ door.\n${close('guest')}`, close('cellar', 'more'))).toEqual([])
    expect(violations(untouched, close('cellar'))).toEqual(['inn/close was changed. It was to stay as it is.'])
    expect(violations(untouched, close('guest', 'renamed'))).toEqual(['inn/close is gone. It was to stay.'])
    expect(violations(untouched, `${close('guest')}---\n${close('cellar')}`)).toHaveLength(1)
  })

  test('only the learner’s own policies are counted', () => {
    const one: Constraint = { type: 'at-most', policies: 1 }
    expect(violations(one, close('cellar'))).toEqual([])
    expect(violations(one, close('cellar'), close('guest', 'more'))).toEqual(['2 policies, where 1 must do.'])
  })

  test('a kind that must not be used may stay as it was', () => {
    const none: Constraint = { type: 'no-kind', kind: 'NetworkPolicy' }
    expect(violations(none, close('guest'))).toEqual([])
    expect(violations(none, `# The guests’ door.\r\n${close('guest').replaceAll('\n', '\r\n')}`)).toEqual([])
    expect(violations(none)).toEqual([])
    expect(violations(none, close('guest'), deployment('inn', 'more', { app: 'more' }))).toEqual([])
    expect(violations(none, close('guest').replace('name: close', 'name: door'))).toHaveLength(1)
    expect(violations(none, close('cellar'))).toEqual([
      'NetworkPolicy inn/close is new or changed. Get along without one.',
    ])
  })

  test('each says beforehand what it asks', () => {
    const all: readonly Constraint[] = [
      untouched,
      { type: 'at-most', policies: 1 },
      { type: 'at-most', policies: 2 },
      { type: 'no-kind', kind: 'ClusterNetworkPolicy' },
    ]
    expect(all.map(constraintText)).toEqual([
      'Leave inn/close as it is.',
      'Get along with 1 policy in all.',
      'Get along with 2 policies in all.',
      'Add or change no ClusterNetworkPolicy.',
    ])
  })
})

describe('who is wrong is told why', () => {
  test('what should be closed: who lets it through, and who was meant to close it', () => {
    const [cellar] = explainWrong(INN, INN.files)
    expect(words(cellar?.why ?? [])).toEqual([
      'inn/guest may reach inn/cellar on all ports: no policy restricts it.',
      'No policy isolates inn/guest for egress, so everything may get out.',
      'No policy isolates inn/cellar for ingress, so everything may get in.',
      'inn/close does not select inn/cellar: it asks for app: guest, and the pod has app: cellar.',
      'inn/hatch does not select inn/cellar: it asks for app: attic, and the pod has app: cellar.',
    ])
  })

  test('where a rule of the source lets it out, nobody is said to have been meant to close it', () => {
    const out = '  podSelector:\n    matchLabels:\n      app: guest\n  policyTypes:\n    - Egress\n  egress:\n    - {}'
    expect(words(explainWrong(INN, [CLUSTER, policies(policy('inn', 'out', out))])[0]?.why ?? [])).toEqual([
      expect.stringContaining('inn/guest may reach inn/cellar on all ports'),
      expect.stringContaining('inn/guest'),
      'Rule 1 of inn/out (spec.egress[0]) allows all ports to inn/cellar.',
      'No policy isolates inn/cellar for ingress, so everything may get in.',
    ])
  })

  test('a policy for the other direction is named, too', () => {
    const outward = [CLUSTER, policies(close('cellar').replace('Ingress', 'Egress'))]
    expect(words(explainWrong(INN, outward)[0]?.why ?? []).at(-2)).toBe(
      'inn/close selects inn/cellar, but its policyTypes are without Ingress.',
    )
  })

  test('what should be open: who closes it, and what comes closest', () => {
    const [, ring] = explainWrong(INN, INN.files)
    expect(words(ring?.why ?? [])).toEqual([
      'inn/guest does not accept TCP 8080 from inn/cellar: it is isolated for ingress, and no rule allows this.',
      'inn/close has no ingress rules: it allows nothing.',
      'No ingress rule of inn/guest comes close to naming inn/cellar: inn/close isolates it.',
    ])
  })

  test('of what is asked only the open ports are told', () => {
    const narrow = policies(
      `${close('cellar').trimEnd()}\n  ingress:\n    - ports:\n        - protocol: TCP\n          port: 5432\n`,
    )
    expect(words(explainWrong(INN, [CLUSTER, narrow])[0]?.why ?? [])[0]).toBe(
      'inn/guest may reach inn/cellar on TCP 5432: a rule at inn/cellar allows it.',
    )
  })

  test('its links lead to places in what was entered', () => {
    const entered = enter(INN, INN.files)
    const parts = explainWrong(INN, INN.files, entered).flatMap(({ why }) => why.flat())
    const named = parts.flatMap(({ ref, text }) => (ref ? [[text, locate(entered.loaded, ref)?.file]] : []))
    expect(named).toContainEqual(['inn/close', 'policies.yaml'])
  })

  test('a right answer has nothing to be told', () => {
    expect(explainWrong(INN, SOLVED)).toEqual([])
  })

  test('an end that is gone is said', () => {
    expect(words(explainWrong(INN, [])[0]?.why ?? [])).toEqual([
      'There is nobody to ask: inn/guest and inn/cellar are not loaded, or have no pods.',
    ])
  })
})

describe('the reveal', () => {
  test('goes from the source to the result', () => {
    const reveal = steps(INN, guess(at('inn', 'cellar'), at('inn', 'guest'), 'TCP/8080'))
    expect(reveal.map(({ title, status, sentences }) => [title, status, ...words(sentences)])).toEqual([
      [
        'Who selects inn/cellar for egress?',
        undefined,
        'No policy isolates inn/cellar for egress, so everything may get out.',
      ],
      ['Egress at inn/cellar: allowed', 'allowed', 'No policy has a say here.'],
      [
        'Who selects inn/guest for ingress?',
        undefined,
        'inn/guest is isolated for ingress: inn/close selects it, so only what a rule allows may get in.',
        'inn/close has no ingress rules: it allows nothing.',
      ],
      ['Ingress at inn/guest: denied', 'denied', 'No rule allows TCP 8080 from inn/cellar.'],
      [
        'Denied: it takes both halves.',
        'denied',
        'inn/guest does not accept TCP 8080 from inn/cellar: it is isolated for ingress, and no rule allows this.',
      ],
    ])
  })

  test('says in one step that an end is not there', () => {
    const reveal = steps(INN, guess(at('inn', 'nobody'), at('inn', 'guest')))
    expect(reveal.map(({ shows, status }) => [shows, status])).toEqual([['result', 'undetermined']])
  })
})
