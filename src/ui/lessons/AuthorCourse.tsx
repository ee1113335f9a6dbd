import { ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CourseDraft } from '#state/lessons/teaching.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { downloadText } from '#ui/kit/download.ts'
import { TextField } from '#ui/kit/Field.tsx'
import styles from './dialogs.module.css'
import { useLessonLink } from './useLessonLink.ts'
import { useLessons, useTeaching } from './useTeaching.ts'

const NO_COURSE: CourseDraft = { title: '', files: [] }

/** Several lessons in an order, as one file. */
export function AuthorCourse(): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const copyLink = useLessonLink()
  const { title, files } = useLessons((state) => state.courseDraft) ?? NO_COURSE
  const setFiles = (next: CourseDraft['files']): void => teaching.editCourse({ files: next })
  const add = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])]
    // The same file may be chosen again.
    input.value = ''
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })))
    setFiles([...files, ...read])
  }
  const addDraft = (): void => {
    const draft = teaching.draftText()
    if (draft) setFiles([...files, draft])
    else void teaching.test()
  }
  const handOut = (give: (text: string) => void): void => {
    const made = teaching.courseText(
      title,
      files.map(({ text }) => text),
    )
    if ('problem' in made) actions.notify('warning', made.problem)
    else give(made.text)
  }
  const save = (text: string): void =>
    downloadText(`${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'course'}.lesson.json`, text)
  const isEmpty = files.length === 0 || title.trim() === ''
  return (
    <>
      <p className={styles.note}>A course is a list of lessons in one file, in this order.</p>
      <TextField
        label="Title of the course"
        value={title}
        onChange={(next) => teaching.editCourse({ title: next })}
        maxLength={120}
      />
      <ol className={styles.courseFiles}>
        {files.map((file, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same file may be there twice
          <li key={`${at} ${file.name}`}>
            <code>{file.name}</code>
            <IconButton
              label={`Move ${file.name} up`}
              small
              disabled={at === 0}
              onClick={() => setFiles(files.toSpliced(at, 1).toSpliced(at - 1, 0, file))}
            >
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <Button
              small
              variant="quiet"
              aria-label={`Remove ${file.name}`}
              onClick={() => setFiles(files.toSpliced(at, 1))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
      <p className={styles.row}>
        <label className={styles.pick}>
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept=".json"
            aria-label="Add lesson files"
            onChange={(event) => void add(event.target)}
          />
          Add lesson files
        </label>
        <Button onClick={addDraft}>Add this draft</Button>
        <Button disabled={isEmpty} onClick={() => handOut((text) => void copyLink(title, text))}>
          Copy the course’s link
        </Button>
        <Button disabled={isEmpty} onClick={() => handOut(save)}>
          Download the course
        </Button>
      </p>
    </>
  )
}
