import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OpenLesson } from '#state/lessons/teaching.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button, IconButton } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { Menu, type MenuEntries } from '#ui/kit/Menu.tsx'
import styles from './lessons.module.css'
import { useLessons, useTeaching } from './useTeaching.ts'

/** What can be done with the lesson besides, and the way out. */
export function LessonMenu({ open: { attempt } }: { readonly open: OpenLesson }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const instructor = useLessons((state) => state.instructor)
  const hint = useLessons(({ name }) =>
    name.trim() === '' ? ' It is without a name: write yours in “My summary”.' : '',
  )
  const handIn = async (): Promise<void> => {
    const text = teaching.handInText() ?? ''
    if (await copyText(text))
      actions.notify('info', `Your answer is on the clipboard: send it to whoever grades it.${hint}`)
    else actions.notify('warning', 'The browser refused the clipboard.')
  }
  const entries: MenuEntries = [
    { label: 'Start again', detail: 'undo brings your texts back', onSelect: () => teaching.apply('start') },
    { label: 'Show the clock', checked: attempt.clock, onSelect: () => teaching.setClock(!attempt.clock) },
    {
      label: 'As an exam',
      detail: 'nothing is told until you hand in',
      checked: attempt.exam === 'sealed',
      disabled: attempt.passed,
      onSelect: () => teaching.setExam(attempt.exam !== 'sealed'),
    },
    '-',
    { label: 'Copy my answer to hand it in', onSelect: () => void handIn() },
    ...(instructor
      ? [{ label: 'Show the solution', onSelect: () => actions.openDialog({ type: 'solution' as const }) }]
      : []),
    { label: 'All lessons …', onSelect: () => actions.openDialog({ type: 'lessons' }) },
  ]
  const trigger = (
    <IconButton label="More about this lesson" small>
      <Ellipsis size={16} aria-hidden />
    </IconButton>
  )
  return (
    <span className={styles.tools}>
      <Menu trigger={trigger} entries={entries} align="end" />
      <Button small variant="quiet" onClick={() => void teaching.leave().then(toFiles)}>
        Leave
      </Button>
    </span>
  )
}

// The button is gone with the lesson: the focus goes to what stands in its place.
function toFiles(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('nav[data-region]')?.focus()
  })
}
