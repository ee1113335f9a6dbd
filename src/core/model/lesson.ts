import type { End } from './end.ts'
import type { Sentence } from './sentence.ts'
import type { Status } from './verdict.ts'

/** Where a lesson belongs. */
export type Track = 'basics' | 'everyday' | 'traps' | 'exam'

/** A text of a lesson. */
export interface LessonFile {
  readonly path: string
  readonly text: string
}

/** What must be true of a connection, judged by behaviour alone (design.md 3); `ports` as in checks, none: all. */
export interface Goal {
  /** For the learner, what is wanted and never how: `web may query db`. */
  readonly name: string
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
  readonly expect: 'allowed' | 'denied'
  /** False: the learner sees it only once it is broken (a pod that was forgotten). */
  readonly shown: boolean
}

/** What the answer must not do, besides: leave a policy (`namespace/name`) as it is, or get along with so many policies. */
export type Constraint =
  | { readonly type: 'untouched'; readonly policy: string }
  | { readonly type: 'at-most'; readonly policies: number }
  /** No policy of this kind may be added or changed, e.g. `ClusterNetworkPolicy`. */
  | { readonly type: 'no-kind'; readonly kind: string }

/** A step of help; `files` is what the learner's texts would be like after following it. */
export interface Hint {
  readonly text: string
  readonly files?: readonly LessonFile[] | undefined
}

/** A connection that the learner predicts before seeing what is true of it. */
export interface Prediction {
  readonly from: End
  readonly to: End
  readonly ports: readonly string[]
}

/** An answer that looks right and is not: for the tests of a lesson, and for "why is this wrong?". */
export interface WrongAnswer {
  readonly files: readonly LessonFile[]
  /** What its author believed, in one sentence. */
  readonly belief: string
}

/** A taught exercise (design.md 3). All texts are Markdown or YAML; nothing of them is ever HTML. */
export interface Lesson {
  /** Kebab-case, unique, never changed: progress is kept by it. */
  readonly id: string
  readonly title: string
  readonly track: Track
  readonly minutes: number
  /** One idea, in short Markdown paragraphs. */
  readonly idea: string
  /** What is to be done, one or two sentences. */
  readonly task: string
  /** What the learner starts from. */
  readonly files: readonly LessonFile[]
  /** Pods and namespaces that count and that the learner does not see. */
  readonly unseen: readonly LessonFile[]
  /** The CNI that it is about; undefined: the reference. */
  readonly profile?: string | undefined
  readonly predict: readonly Prediction[]
  readonly goals: readonly Goal[]
  readonly constraints: readonly Constraint[]
  readonly hints: readonly Hint[]
  /** The texts of a right answer: whole files, those that are not named stay as they were. */
  readonly solution: readonly LessonFile[]
  /** What is worth remembering, in one or two sentences, shown when it is solved. */
  readonly remember: string
  readonly wrong: readonly WrongAnswer[]
  /** True where the start, a hint or a wrong answer holds a document that the API server rejects, on purpose: the lesson is about that. */
  readonly broken?: boolean | undefined
  /** For drills: how long it should take. */
  readonly seconds?: number | undefined
}

/** Lessons in an order, as one file (an author's own). */
export interface Course {
  readonly title: string
  readonly lessons: readonly Lesson[]
}

/** How an answer does. */
export interface Grade {
  readonly passed: boolean
  readonly goals: readonly { readonly goal: Goal; readonly outcome: 'holds' | 'broken' | 'undetermined' | 'missing' }[]
  /** Constraints that are not kept, in words. */
  readonly violations: readonly string[]
}

/** How an answer does, with all that a learner is told of it; plain data, crosses the worker border. */
export interface Graded {
  readonly passed: boolean
  readonly goals: readonly {
    readonly goal: Goal
    readonly outcome: Grade['goals'][number]['outcome']
    /** What the connection does now; undefined where an end of it is not there. */
    readonly status?: Status | undefined
    /** Why it does not hold: what the connection does, then the near misses. None where it holds. */
    readonly why: readonly Sentence[]
  }[]
  /** In the order of the lesson: what is asked for, and what the answer does against it. */
  readonly constraints: readonly { readonly text: string; readonly violations: readonly string[] }[]
  /** Documents that the API server would reject: `policies.yaml, line 4: …`. */
  readonly rejected: readonly string[]
}
