import { Printer } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { checkSummary, countDone } from '#state/lessons/summary.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { downloadText } from '#ui/kit/download.ts'
import { TextArea, TextField } from '#ui/kit/Field.tsx'
import styles from './dialogs.module.css'
import { Markdown } from './Markdown.tsx'
import { SureButton } from './SureButton.tsx'
import { useLessons, useTeaching } from './useTeaching.ts'

/** What was learnt, to keep, to print, or to hand on; and the way to begin anew. */
export function SummaryDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const teaching = useTeaching()
  const actions = useActions()
  const name = useLessons((state) => state.name)
  const done = useLessons((state) => countDone(state.progress))
  const lessons = useLessons((state) => state.lessons)
  useEffect(() => void teaching.load(), [teaching])
  const [day] = useState(() => new Date().toISOString().slice(0, 10))
  const text = lessons.length > 0 ? teaching.summary(day) : ''
  const copy = async (): Promise<void> => {
    if (await copyText(text)) actions.notify('info', 'The summary is on the clipboard.')
  }
  return (
    <Dialog
      title="What you have learnt"
      description="Kept in this browser only."
      width={640}
      onClose={onClose}
      footer={
        <>
          <SureButton label="Forget all progress …" sure="Really forget it" onSure={() => teaching.reset()} />
          <span className={styles.space} />
          <Button onClick={() => void copy()} disabled={done === 0}>
            Copy Markdown
          </Button>
          <Button onClick={() => downloadText('network-policies.md', text)} disabled={done === 0}>
            Download
          </Button>
          <Button variant="primary" onClick={() => window.print()} disabled={done === 0}>
            <Printer size={14} aria-hidden />
            Print
          </Button>
        </>
      }
    >
      <div className={styles.column}>
        <TextField label="Your name" value={name} onChange={(text) => teaching.setName(text)} maxLength={120} />
        {done === 0 ? (
          <p className={styles.empty}>No lesson is done yet. What you finish appears here.</p>
        ) : (
          <article className={styles.sheet} aria-label="Summary">
            <Markdown text={text} />
          </article>
        )}
        <CheckSum />
      </div>
      {createPortal(
        <div className={`${styles.print} print-sheet`} aria-hidden>
          <Markdown text={text} />
        </div>,
        document.body,
      )}
    </Dialog>
  )
}

const FITS = {
  fits: 'The checksum fits: no typing errors. It proves nothing more.',
  differs: 'The checksum doesn’t fit: something was changed since.',
  none: 'There is no checksum in it.',
} as const

function CheckSum(): ReactNode {
  const [pasted, setPasted] = useState('')
  return (
    <details className={styles.more}>
      <summary>Check somebody’s summary</summary>
      <TextArea label="Paste it whole" value={pasted} onChange={setPasted} rows={4} mono />
      <output>{pasted.trim() !== '' && FITS[checkSummary(pasted)]}</output>
    </details>
  )
}
