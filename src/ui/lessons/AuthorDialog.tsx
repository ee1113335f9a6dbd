import { type ReactNode, useState } from 'react'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { downloadText } from '#ui/kit/download.ts'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { AuthorCourse } from './AuthorCourse.tsx'
import { AuthorGoals } from './AuthorGoals.tsx'
import { AuthorHelp } from './AuthorHelp.tsx'
import { AuthorStates } from './AuthorStates.tsx'
import { AuthorTest } from './AuthorTest.tsx'
import { AuthorTexts } from './AuthorTexts.tsx'
import styles from './dialogs.module.css'
import { SureButton } from './SureButton.tsx'
import { useLessonLink } from './useLessonLink.ts'
import { useLessons, useTeaching } from './useTeaching.ts'

const PARTS = [
  { value: 'text', label: 'Text', Part: AuthorTexts },
  { value: 'states', label: 'Start and solution', Part: AuthorStates },
  { value: 'goals', label: 'Goals', Part: AuthorGoals },
  { value: 'help', label: 'Hints and limits', Part: AuthorHelp },
  { value: 'course', label: 'Course', Part: AuthorCourse },
] as const

/** Writes a lesson from the present workspace, tests it, and hands it out as a file or a link. It stays with the workspace. */
export function AuthorDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const copyLink = useLessonLink()
  const draft = useLessons((state) => state.draft)
  const tested = useLessons((state) => state.tested)
  const [shown, setShown] = useState<string>('text')
  if (!draft) return null
  const { Part } = PARTS.find(({ value }) => value === shown) ?? PARTS[0]
  // A lesson that can't be failed, or can't be passed, is not handed out.
  const handOut = async (give: (name: string, text: string) => void): Promise<void> => {
    const tested = await teaching.test()
    const file = teaching.draftText()
    const isGood = tested.type === 'graded' && !tested.start.passed && tested.solution.passed
    if (file && isGood) give(file.name, file.text)
  }
  const drop = (): void => {
    onClose()
    teaching.dropDraft()
    actions.notify('info', 'The draft is gone; the workspace stays.')
  }
  return (
    <Dialog
      title="Write a lesson"
      description="From this workspace. Close it whenever you want to edit; what you wrote stays here."
      width={760}
      onClose={onClose}
      footer={
        <>
          <SureButton label="Drop the draft …" sure="Really drop it" onSure={drop} />
          <span className={styles.space} />
          <Button onClick={() => void teaching.test()}>Test it</Button>
          <Button onClick={() => void handOut((_, text) => void copyLink(draft.title, text))}>Copy link</Button>
          <Button variant="primary" onClick={() => void handOut(downloadText)}>
            Download the lesson
          </Button>
        </>
      }
    >
      <div className={styles.tabs}>
        <Tabs label="Parts of the lesson" tabs={PARTS} value={shown} onChange={setShown} />
      </div>
      <div className={`${styles.column} ${styles.steady}`}>
        <Part draft={draft} edit={(change) => teaching.editDraft(change)} />
        {tested && <AuthorTest tested={tested} />}
      </div>
    </Dialog>
  )
}
