import type { Lesson } from '#core/model/lesson.ts'
import { filesAfter } from '#lessons/filesAfter.ts'
import { changesFor, patchAttempt, putFiles, type Room } from './context.ts'
import { note } from './library.ts'
import type { Grading } from './grading.ts'
import { type Attempt, type Done, lessonKey, type LessonStep, type SavedTeaching, type Teaching } from './teaching.ts'

type Taking = Pick<
  Teaching,
  | 'start'
  | 'leave'
  | 'goTo'
  | 'guess'
  | 'hint'
  | 'peek'
  | 'solution'
  | 'apply'
  | 'setExam'
  | 'handIn'
  | 'setClock'
  | 'elapsed'
> & {
  /** Another workspace is being shown, with what was kept of it. */
  readonly show: (saved: SavedTeaching | undefined) => void
  readonly saved: () => SavedTeaching | undefined
  /** The open lesson is solved. */
  readonly pass: () => void
}

/** Taking lessons: from opening one to having passed it. */
export function createTaking(room: Room, grading: () => Grading): Taking {
  const { store, stores, workspaces, clock } = room
  let begun = clock.now()

  const spent = (): number => {
    const attempt = store.getState().open?.attempt
    if (!attempt) return 0
    return attempt.passed ? attempt.spent : attempt.spent + clock.now() - begun
  }
  const here = (): string => stores.documents.getState().workspace.id
  const isThere = (id: string | undefined): id is string =>
    stores.documents.getState().workspaces.some((one) => one.id === id)
  const isUntouched = (): boolean => {
    const { open } = store.getState()
    if (!open) return false
    const { passed, predicted, guesses, hints, solution } = open.attempt
    const { files, canUndo } = stores.documents.getState()
    const isBegun =
      passed || predicted !== 'no' || hints > 0 || solution || guesses.some((guess) => guess !== undefined)
    return !isBegun && !canUndo && files.every((file) => file.text === file.opened)
  }
  // A lesson that nobody has touched can be opened again at any time: it doesn't pile up.
  const moveOn = async (open: () => Promise<void>): Promise<void> => {
    const before = store.getState().open && isUntouched() ? here() : undefined
    await open()
    if (before !== undefined && before !== here()) await workspaces.forget(before)
  }
  const openFresh = async (lesson: Lesson, course: string | undefined, back: string | undefined): Promise<void> => {
    const attempt = newAttempt(lesson)
    await workspaces.openTexts({
      name: `Lesson: ${lesson.title}`,
      files: lesson.files,
      show: lesson.files.at(-1)?.path,
      teaching: { open: { lesson, course, back, attempt } },
    })
    note(room, { lesson, course }, { workspace: here() })
  }
  const goOn = async (id: string, back: string | undefined): Promise<void> => {
    await workspaces.open(id)
    const { open } = store.getState()
    if (open) store.setState({ open: { ...open, back } })
  }
  // Who goes on to the task is not asked what to expect any more.
  const goTo = (step: LessonStep): void => {
    const attempt = store.getState().open?.attempt
    const skips = step === 'do' && attempt?.predicted === 'no'
    patchAttempt(room, skips ? { step, predicted: 'skipped' } : { step })
  }
  const pass = (): void => {
    const { open, progress, truths } = store.getState()
    if (!open || open.attempt.passed) return
    const time = spent()
    const done = doneOf(open.attempt, { at: clock.now(), seconds: Math.round(time / 1000), truths })
    // Who mends the text before they have read on is done all the same, and is told so.
    const { predicted } = open.attempt
    patchAttempt(room, { passed: true, spent: time, step: 'do', predicted: predicted === 'no' ? 'skipped' : predicted })
    const before = progress.get(lessonKey(open.lesson, open.course))?.done
    if (!before || before.solution) note(room, open, { done })
  }

  return {
    async start(lesson, course) {
      await room.ready()
      const { open, progress } = store.getState()
      const back = open ? open.back : here()
      const known = progress.get(lessonKey(lesson, course))?.workspace
      if (known !== undefined && known === here() && open) return
      await moveOn(() => (isThere(known) ? goOn(known, back) : openFresh(lesson, course, back)))
    },
    async leave() {
      const { open, progress } = store.getState()
      if (!open) return
      const ofLessons = new Set([...progress.values()].map(({ workspace }) => workspace))
      const other = stores.documents.getState().workspaces.find(({ id }) => id !== here() && !ofLessons.has(id))
      const target = isThere(open.back) && open.back !== here() ? open.back : other?.id
      await moveOn(() => (target === undefined ? workspaces.openLiving() : workspaces.open(target)))
    },
    goTo,
    guess(index, guess) {
      const { open } = store.getState()
      if (!open || open.attempt.predicted === 'told') return
      patchAttempt(room, {
        guesses: open.lesson.predict.map((_, at) => (at === index ? guess : open.attempt.guesses[at])),
      })
    },
    hint() {
      const { open } = store.getState()
      if (open) patchAttempt(room, { hints: Math.min(open.attempt.hints + 1, open.lesson.hints.length) })
    },
    peek: () => patchAttempt(room, { solution: true }),
    solution() {
      const { open } = store.getState()
      return open ? changesFor(room, filesAfter(open.lesson, open.lesson.solution)) : []
    },
    apply(which) {
      const { open } = store.getState()
      if (!open) return
      const { lesson } = open
      if (which === 'solution') {
        patchAttempt(room, { solution: true })
        return putFiles(room, filesAfter(lesson, lesson.solution), 'the solution')
      }
      begun = clock.now()
      store.setState({ truths: [], reveal: undefined })
      patchAttempt(room, { ...newAttempt(lesson), clock: open.attempt.clock })
      putFiles(room, lesson.files, 'starting again')
    },
    setExam(on) {
      patchAttempt(room, { exam: on ? 'sealed' : 'off' })
      if (on) goTo('do')
      else void grading().follow()
    },
    handIn() {
      patchAttempt(room, { exam: 'open' })
      void grading().follow()
    },
    setClock: (on) => patchAttempt(room, { clock: on }),
    elapsed: () => Math.floor(spent() / 1000),
    show(saved) {
      begun = clock.now()
      const before = store.getState().open
      store.setState({
        open: saved?.open,
        draft: saved?.draft,
        truths: [],
        graded: undefined,
        reveal: undefined,
        tested: undefined,
      })
      const { panels } = stores.view.getState()
      if (saved?.open) stores.view.setState({ panels: { ...panels, left: true, bottom: 'none' } })
      else if (before) stores.view.setState({ panels: room.preferences.read().panels })
    },
    saved() {
      const { open, draft } = store.getState()
      if (!open && !draft) return undefined
      return { open: open && { ...open, attempt: { ...open.attempt, spent: spent() } }, draft }
    },
    pass,
  }
}

/** An attempt at its beginning. */
export function newAttempt(lesson: Lesson): Attempt {
  return {
    step: 'read',
    guesses: lesson.predict.map(() => undefined),
    predicted: 'no',
    hints: 0,
    solution: false,
    exam: 'off',
    spent: 0,
    clock: lesson.seconds !== undefined,
    passed: false,
  }
}

function doneOf(
  { hints, solution, exam, guesses, predicted }: Attempt,
  { truths, ...when }: Pick<Done, 'at' | 'seconds'> & { readonly truths: readonly { readonly status: string }[] },
): Done {
  const told = predicted === 'told' && truths.length === guesses.length
  const right = guesses.filter((guess, at) => guess === truths[at]?.status).length
  return { ...when, hints, solution, exam: exam !== 'off', ...(told ? { right, asked: guesses.length } : {}) }
}
