import { type ReactNode, useState } from 'react'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { downloadText } from '#ui/kit/download.ts'
import { TextField } from '#ui/kit/Field.tsx'
import styles from './dialogs.module.css'
import { useLessonLink } from './useLessonLink.ts'
import { useTeaching } from './useTeaching.ts'

interface CourseFile {
  readonly name: string
  readonly text: string
}

/** Several lessons in an order, as one file. */
export function AuthorCourse(): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const copyLink = useLessonLink()
  const [title, setTitle] = useState('')
  const [files, setFiles] = useState<readonly CourseFile[]>([])
  const add = async (chosen: FileList | null): Promise<void> => {
    const read = await Promise.all(
      [...(chosen ?? [])].map(async (file) => ({ name: file.name, text: await file.text() })),
    )
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
      <TextField label="Title of the course" value={title} onChange={setTitle} maxLength={120} />
      <ol className={styles.courseFiles}>
        {files.map((file, at) => (
          <li key={`${file.name} ${file.text.length}`}>
            <code>{file.name}</code>
            <Button
              small
              variant="quiet"
              aria-label={`Remove ${file.name}`}
              onClick={() => setFiles(files.filter((_, index) => index !== at))}
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
            onChange={(event) => void add(event.target.files)}
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
