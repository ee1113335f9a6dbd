import { useState } from 'react'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { TextArea } from '#ui/kit/Field.tsx'
import { Command } from '#ui/kit/Command.tsx'
import { OpenButtons } from './OpenButtons.tsx'
import styles from './files.module.css'

const DUMP = 'kubectl get ns,deploy,sts,ds,cronjob,job,pod,svc,netpol -A -o yaml'

/** Paste YAML or JSON, or open files; with the command that gives everything at once. */
export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const [text, setText] = useState('')
  const add = (): void => {
    onClose()
    void app.actions.paste(text)
  }
  return (
    <Dialog
      title="Paste or open manifests"
      description="From kubectl, Helm, Kustomize or a file. Nothing leaves this browser; values of Secrets are taken out first."
      width={640}
      onClose={onClose}
      footer={
        <>
          <OpenButtons onOpened={onClose} />
          <span className={styles.grow} />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={text.trim() === ''} onClick={add}>
            Add to the workspace
          </Button>
        </>
      }
    >
      <div className={styles.paste}>
        <TextArea
          label="YAML or JSON"
          hint="Several documents at once are fine. You can also paste anywhere on the page, or drop a folder."
          value={text}
          onChange={setText}
          rows={10}
          mono
          data-autofocus
        />
        <p>The whole cluster in one go:</p>
        <Command text={DUMP} />
      </div>
    </Dialog>
  )
}
