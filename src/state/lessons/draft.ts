import type { Goal, Lesson, LessonFile } from '#core/model/lesson.ts'
import type { Picture } from '#core/model/picture.ts'
import { readLesson, lessonAsText } from '#lessons/format.ts'
import type { DraftGoal, LessonDraft } from './teaching.ts'

/** A lesson that nobody has written anything of. */
export function newDraft(id: string): LessonDraft {
  return {
    id,
    title: '',
    track: 'everyday',
    minutes: 10,
    idea: '',
    task: '',
    remember: '',
    unseen: [],
    goals: [],
    hints: [],
    untouched: [],
  }
}

/** The lesson that a draft comes to, or what is missing for it, in words. */
export function lessonOf(draft: LessonDraft): { readonly lesson: Lesson } | { readonly problems: readonly string[] } {
  const problems = missing(draft)
  if (problems.length > 0) return { problems }
  const { start = [], solution = [] } = draft
  const isUnseen = ({ path }: LessonFile): boolean => draft.unseen.includes(path)
  const lesson: Lesson = {
    id: draft.id,
    title: draft.title.trim(),
    track: draft.track,
    minutes: draft.minutes,
    ...(draft.seconds === undefined ? {} : { seconds: draft.seconds }),
    idea: draft.idea.trim(),
    task: draft.task.trim(),
    remember: draft.remember.trim(),
    files: start.filter((file) => !isUnseen(file)),
    unseen: start.filter(isUnseen),
    goals: draft.goals.map(({ goal }) => goal),
    predict: draft.goals.filter(({ predict }) => predict).map(({ goal: { from, to, ports } }) => ({ from, to, ports })),
    constraints: [
      ...draft.untouched.map((policy) => ({ type: 'untouched' as const, policy })),
      ...(draft.atMost === undefined ? [] : [{ type: 'at-most' as const, policies: draft.atMost }]),
    ],
    hints: draft.hints.filter((text) => text.trim() !== '').map((text) => ({ text: text.trim() })),
    solution: changed(start, solution).filter((file) => !isUnseen(file)),
    wrong: [],
  }
  // What can't be opened again must not be handed out.
  const read = readLesson(lessonAsText(lesson))
  return read.type === 'problem' ? { problems: [read.problem] } : { lesson }
}

// Those that a solution does not name stay: what the author has deleted is empty in it.
function changed(start: readonly LessonFile[], solution: readonly LessonFile[]): readonly LessonFile[] {
  const before = new Map(start.map(({ path, text }) => [path, text]))
  const after = new Set(solution.map(({ path }) => path))
  const gone = start.filter(({ path }) => !after.has(path)).map(({ path }) => ({ path, text: '' }))
  return [...solution.filter(({ path, text }) => before.get(path) !== text), ...gone]
}

function missing(draft: LessonDraft): readonly string[] {
  const { title, idea, task, remember, start, solution, goals } = draft
  return [
    ...(title.trim() === '' ? ['Give it a title.'] : []),
    ...(idea.trim() === '' ? ['Write the idea: what is to be understood.'] : []),
    ...(task.trim() === '' ? ['Write the task: what is to be done.'] : []),
    ...(remember.trim() === '' ? ['Write the sentence to remember.'] : []),
    ...(start ? [] : ['Take a snapshot of the start.']),
    ...(solution ? [] : ['Take a snapshot of the solution.']),
    ...(goals.length === 0 ? ['Take over goals: draw connections or save checks, they become goals.'] : []),
    ...(goals.length > 0 && goals.every(({ goal }) => !goal.shown) ? ['Show at least one goal.'] : []),
  ]
}

/** The workspace's checks as goals; those that are among `known` keep what was said of them. */
export function goalsOf(picture: Picture | undefined, known: readonly DraftGoal[]): readonly DraftGoal[] {
  const goals = (picture?.edges ?? []).flatMap(({ from, to, asked, checks }) =>
    'anywhere' in from
      ? []
      : checks.map(({ name, expect }): Goal => ({ name, from, to, ports: asked ?? [], expect, shown: true })),
  )
  return goals.map((goal) => {
    const before = known.find((one) => one.goal.name === goal.name)
    return before ? { predict: before.predict, goal: { ...goal, shown: before.goal.shown } } : { goal, predict: false }
  })
}

/** Paths of files that hold nothing but checks: those are the author's and the learner's own, no part of a lesson. */
export function checkFiles(picture: Picture | undefined): ReadonlySet<string> {
  const others = new Set<string>()
  const checks = new Set<string>()
  for (const { file, kind, outcome } of picture?.documents ?? []) {
    if (outcome === 'empty') continue
    if (kind === 'ConnectivityChecks') checks.add(file)
    else others.add(file)
  }
  return new Set([...checks].filter((path) => !others.has(path)))
}
