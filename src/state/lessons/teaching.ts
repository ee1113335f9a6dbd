import type { StoreApi } from 'zustand/vanilla'
import type { Course, Goal, Graded, Lesson, LessonFile, Prediction, Track } from '#core/model/lesson.ts'
import type { FileChange } from '#core/model/text.ts'
import type { Status } from '#core/model/verdict.ts'
import type { Step } from '#lessons/steps.ts'

/** Where a learner is in a lesson. */
export type LessonStep = 'read' | 'predict' | 'do'

/** What a learner thinks of a connection. */
export type Guess = 'allowed' | 'denied'

/** How far somebody is with a lesson; kept with its workspace. */
export interface Attempt {
  readonly step: LessonStep
  /** By prediction; undefined: not said yet. */
  readonly guesses: readonly (Guess | undefined)[]
  /** `told`: all were said, and what is true is on the screen; `skipped`: the learner went on without. */
  readonly predicted: 'no' | 'told' | 'skipped'
  /** How many hints have been asked for. */
  readonly hints: number
  /** The solution has been looked at. */
  readonly solution: boolean
  /** `sealed`: nothing is told until it is handed in. */
  readonly exam: 'off' | 'sealed' | 'open'
  /** Time that was spent on it before it was opened last, in milliseconds. */
  readonly spent: number
  readonly clock: boolean
  readonly passed: boolean
}

/** The lesson whose workspace is open. `course` is undefined for our own lessons; `back` is the workspace to return to. */
export interface OpenLesson {
  readonly lesson: Lesson
  readonly course?: string | undefined
  readonly back?: string | undefined
  readonly attempt: Attempt
}

/** What is true of a prediction: the result, and how it comes about. */
export interface Truth {
  readonly status: Status
  readonly steps: readonly Step[]
}

/** A connection that is shown step by step; `at` is the step that is shown last, from 0. */
export interface Reveal {
  readonly title: string
  readonly connection: Prediction
  readonly steps: readonly Step[]
  readonly at: number
}

/** That a lesson was done, and how. `at` is a time in milliseconds since 1970. */
export interface Done {
  readonly at: number
  readonly seconds: number
  readonly hints: number
  readonly solution: boolean
  readonly exam: boolean
  /** Right predictions of so many; undefined where none were made. */
  readonly right?: number | undefined
  readonly asked?: number | undefined
}

/** What is kept of a lesson in this browser. */
export interface LessonProgress {
  readonly title: string
  readonly track: Track
  readonly course?: string | undefined
  /** The workspace in which it is worked on. */
  readonly workspace?: string | undefined
  readonly done?: Done | undefined
}

/** A lesson that is being written; its texts are the author's, snapshots are of the workspace. */
export interface LessonDraft {
  readonly id: string
  readonly title: string
  readonly track: Track
  readonly minutes: number
  readonly seconds?: number | undefined
  readonly idea: string
  readonly task: string
  readonly remember: string
  readonly start?: readonly LessonFile[] | undefined
  readonly solution?: readonly LessonFile[] | undefined
  /** Paths of the start that the learner does not get to see. */
  readonly unseen: readonly string[]
  /** From the workspace's checks. */
  readonly goals: readonly DraftGoal[]
  readonly hints: readonly string[]
  /** Policies (`namespace/name`) that must stay as they are. */
  readonly untouched: readonly string[]
  readonly atMost?: number | undefined
}

/** A goal of a draft; `predict`: the learner is asked about it first. */
export interface DraftGoal {
  readonly goal: Goal
  readonly predict: boolean
}

/** A course that is being put together: lesson files in their order. It goes with the page. */
export interface CourseDraft {
  readonly title: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** What a test of a draft has found: problems in words, or how its start and its solution do. */
export type Tested =
  | { readonly type: 'problems'; readonly problems: readonly string[] }
  | { readonly type: 'graded'; readonly lesson: Lesson; readonly start: Graded; readonly solution: Graded }

/** What somebody handed in, graded here. */
export interface GradedHandIn {
  readonly name: string
  readonly title: string
  readonly files: readonly LessonFile[]
  /** Undefined where the lesson is not known here. */
  readonly lesson?: Lesson | undefined
  readonly graded?: Graded | undefined
}

/** Everything about lessons that the screen shows. */
export interface TeachingState {
  /** Our own, in their order; empty until they are loaded. */
  readonly lessons: readonly Lesson[]
  /** Opened from files. */
  readonly courses: readonly Course[]
  /** By `lessonKey`. */
  readonly progress: ReadonlyMap<string, LessonProgress>
  readonly open?: OpenLesson | undefined
  /** By prediction, once they are told. */
  readonly truths: readonly Truth[]
  readonly graded?: Graded | undefined
  readonly reveal?: Reveal | undefined
  readonly draft?: LessonDraft | undefined
  readonly tested?: Tested | undefined
  readonly courseDraft?: CourseDraft | undefined
  /** Solutions and reveals are at hand, nothing is sealed. */
  readonly instructor: boolean
  /** The learner's name, for the summary and hand-ins. */
  readonly name: string
}

/** What is kept with a workspace. */
export type SavedTeaching = Pick<TeachingState, 'open' | 'draft'>

/** Lessons: taking them, writing them, grading what others hand in. */
export interface Teaching {
  readonly store: StoreApi<TeachingState>
  /** Loads our lessons; done when they are there. */
  load(): Promise<void>
  /** Opens a lesson's workspace, or goes on in the one that is there. */
  start(lesson: Lesson, course?: string): Promise<void>
  /** Returns to the workspace that was open before. */
  leave(): Promise<void>
  /** The lesson behind the open one, if there is one. */
  next(): { readonly lesson: Lesson; readonly course?: string | undefined } | undefined
  goTo(step: LessonStep): void
  guess(index: number, guess: Guess): void
  /** Says what is true of the predictions. */
  tell(): Promise<void>
  hint(): void
  /** The solution was asked for. */
  peek(): void
  /** What would make the texts the solution. */
  solution(): readonly FileChange[]
  /** Makes the texts those of the solution, or those of the start: one undo step. */
  apply(which: 'solution' | 'start'): void
  setExam(on: boolean): void
  handIn(): void
  setClock(on: boolean): void
  /** Seconds spent on the open lesson. */
  elapsed(): number
  /** Shows a connection step by step; `title` says which. */
  reveal(title: string, connection: Prediction): Promise<void>
  /** Goes on or back by one. */
  step(by: 1 | -1): void
  endReveal(): void
  /** Shows a connection's cards on the canvas. */
  point(connection: Prediction): void

  /** Takes in a lesson or a course as text; undefined, or what is wrong with it. */
  openText(text: string): Promise<string | undefined>
  forgetCourse(title: string): void
  reset(): void
  setName(name: string): void
  setInstructor(on: boolean): void
  /** The summary of what was done, as Markdown; `day` is how today is written. */
  summary(day: string): string

  draftLesson(): void
  editDraft(change: Partial<LessonDraft>): void
  dropDraft(): void
  snapshot(which: 'start' | 'solution'): void
  /** Makes the texts those of a snapshot: one undo step. */
  restore(which: 'start' | 'solution'): void
  takeChecks(): void
  test(): Promise<Tested>
  /** The draft as a file, once it has nothing that is wrong. */
  draftText(): { readonly name: string; readonly text: string } | undefined
  editCourse(change: Partial<CourseDraft>): void
  /** Lessons as the file of a course, in their order. */
  courseText(title: string, texts: readonly string[]): { readonly text: string } | { readonly problem: string }

  /** What the learner hands in: the texts, as a text to send. */
  handInText(): string | undefined
  regrade(text: string): Promise<{ readonly handIns: readonly GradedHandIn[]; readonly problems: readonly string[] }>
  /** Opens what somebody handed in as a workspace of its own. */
  openHandIn(handIn: GradedHandIn): Promise<void>
}

/** The name under which a lesson's progress is kept. */
export function lessonKey(lesson: Pick<Lesson, 'id'>, course?: string): string {
  return course === undefined ? lesson.id : `${course}/${lesson.id}`
}

/** Must what the policies do stay hidden now: while the learner predicts, and in an exam? */
export function isSealed({ open, instructor }: Pick<TeachingState, 'open' | 'instructor'>): boolean {
  if (!open || instructor) return false
  const { exam, predicted, passed } = open.attempt
  if (exam !== 'off') return exam === 'sealed'
  return open.lesson.predict.length > 0 && predicted === 'no' && !passed
}
