import { Check, Timer as TimerIcon, X } from 'lucide-react'
import { type ReactNode, useEffect, useId } from 'react'
import type { Course, Lesson } from '#core/model/lesson.ts'
import { lessonKey } from '#state/lessons/teaching.ts'
import { countDone, TRACKS } from '#state/lessons/summary.ts'
import { SAMPLES } from '#state/samples.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import styles from './list.module.css'
import { useLessons, useTeaching } from './useTeaching.ts'

/** What is handed out, the newest first; our own lessons by track; what is done of them; the samples. */
export function LessonsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const lessons = useLessons((state) => state.lessons)
  const courses = useLessons((state) => state.courses).toReversed()
  const progress = useLessons((state) => state.progress)
  const instructor = useLessons((state) => state.instructor)
  useEffect(() => void teaching.load(), [teaching])
  const done = countDone(progress)
  // Whoever was handed a course came for it.
  const all = [
    ...courses.flatMap(({ title, lessons: own }) => own.map((lesson) => ({ lesson, course: title }))),
    ...lessons.map((lesson) => ({ lesson, course: undefined })),
  ]
  const next = all.find(({ lesson, course }) => !progress.get(lessonKey(lesson, course))?.done)
  const start = (lesson: Lesson, course?: string): void => {
    onClose()
    void teaching.start(lesson, course)
  }
  return (
    <Dialog
      title="Learn"
      description="Each lesson opens as a workspace of its own; yours stays as it is."
      width={880}
      onClose={onClose}
      footer={
        <>
          <div className={styles.teach}>
            <Choice
              label="I teach"
              checked={instructor}
              onChange={(event) => teaching.setInstructor(event.target.checked)}
            />
          </div>
          {instructor && <Button onClick={() => actions.openDialog({ type: 'hand-ins' })}>Grade hand-ins</Button>}
          <Button onClick={() => teaching.draftLesson()}>Write a lesson</Button>
          <Button onClick={() => actions.openDialog({ type: 'summary' })}>My summary</Button>
        </>
      }
    >
      <div className={styles.all}>
        {next && (
          <div className={styles.next}>
            <p>
              <b>{done === 0 ? 'Begin here' : `${done} done. Go on with`}</b>
              <span>{next.lesson.title}</span>
            </p>
            <Button variant="primary" data-autofocus onClick={() => start(next.lesson, next.course)}>
              {done === 0 ? 'Begin' : 'Go on'}
            </Button>
          </div>
        )}
        {courses.map((course) => (
          <CourseGroup key={course.title} course={course} onStart={start} />
        ))}
        {TRACKS.map(({ id, name, about }) => (
          <Group
            key={id}
            name={name}
            about={about}
            lessons={lessons.filter(({ track }) => track === id)}
            onStart={start}
          />
        ))}
        <Samples onClose={onClose} />
      </div>
    </Dialog>
  )
}

interface GroupProps {
  readonly name: string
  readonly about: string
  readonly lessons: readonly Lesson[]
  readonly course?: string | undefined
  readonly aside?: ReactNode
  readonly onStart: (lesson: Lesson, course?: string) => void
}

function Group({ name, about, lessons, course, aside, onStart }: GroupProps): ReactNode {
  const progress = useLessons((state) => state.progress)
  const heading = useId()
  const done = lessons.filter((lesson) => progress.get(lessonKey(lesson, course))?.done).length
  return (
    <section className={styles.group} aria-labelledby={heading}>
      <h3 id={heading}>
        {name} <small>{about}</small>
        <em>
          {done} of {lessons.length}
        </em>
        {aside}
      </h3>
      <ol>
        {lessons.map((lesson) => (
          <li key={lesson.id}>
            <Entry lesson={lesson} course={course} onStart={onStart} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Entry({
  lesson,
  course,
  onStart,
}: Pick<GroupProps, 'course' | 'onStart'> & { readonly lesson: Lesson }): ReactNode {
  const entry = useLessons((state) => state.progress.get(lessonKey(lesson, course)))
  const state = entry?.done ? 'done' : entry?.workspace === undefined ? '' : 'begun'
  return (
    <button type="button" className={styles.entry} onClick={() => onStart(lesson, course)}>
      <i className={entry?.done ? styles.done : ''} aria-hidden>
        {entry?.done && <Check size={12} strokeWidth={3} />}
      </i>
      <span>{lesson.title}</span>
      {state !== '' && <span className="visually-hidden">({state})</span>}
      <small>
        {lesson.seconds !== undefined && <TimerIcon size={12} aria-label="against the clock" />}
        {lesson.minutes} min
      </small>
    </button>
  )
}

function CourseGroup({ course, onStart }: { readonly course: Course; readonly onStart: GroupProps['onStart'] }) {
  const teaching = useTeaching()
  const forget = (
    <IconButton label={`Take ${course.title} off the list`} small onClick={() => teaching.forgetCourse(course.title)}>
      <X size={14} aria-hidden />
    </IconButton>
  )
  return (
    <Group
      name={course.title}
      about="Handed out to you."
      lessons={course.lessons}
      course={course.title}
      aside={forget}
      onStart={onStart}
    />
  )
}

function Samples({ onClose }: { readonly onClose: () => void }): ReactNode {
  const actions = useActions()
  const heading = useId()
  return (
    <section className={styles.group} aria-labelledby={heading}>
      <h3 id={heading}>
        Samples <small>Clusters to look around in, and to break.</small>
      </h3>
      <ul className={styles.samples}>
        {SAMPLES.map(({ id, name, about }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.sample}
              onClick={() => {
                onClose()
                void actions.openSample(id)
              }}
            >
              <b>{name}</b>
              <small>{about}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
