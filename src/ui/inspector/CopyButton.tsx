import { Copy } from 'lucide-react'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import styles from './inspector.module.css'

/** Puts the explanation on the clipboard, to be pasted into an issue or a chat. */
export function CopyButton() {
  const { actions } = useApp()
  const copy = async (): Promise<void> => {
    const text = actions.explanationText()
    if (text === undefined) return
    const done = await copyText(text)
    if (done) actions.notify('info', 'Copied the explanation as Markdown.')
    else actions.notify('warning', 'The browser does not let Drawbridge use the clipboard.')
  }
  return (
    <Button small variant="quiet" className={styles.last} onClick={() => void copy()}>
      <Copy size={13} aria-hidden />
      Copy as Markdown
    </Button>
  )
}
