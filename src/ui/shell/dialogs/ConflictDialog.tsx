import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import styles from './dialogs.module.css'

/** Files of these paths are there already: replace them, or keep both. */
export function ConflictDialog({ paths }: { readonly paths: readonly string[] }) {
  const { actions } = useApp()
  const cancel = (): void => void actions.resolveConflict('cancel')
  return (
    <Dialog
      title={paths.length === 1 ? 'This file is open already' : `${paths.length} of these files are open already`}
      description="Replacing can be undone."
      onClose={cancel}
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button onClick={() => void actions.resolveConflict('keep-both')}>Keep both</Button>
          <Button variant="primary" data-autofocus onClick={() => void actions.resolveConflict('replace')}>
            Replace
          </Button>
        </>
      }
    >
      <ul className={styles.plain}>
        {paths.slice(0, 12).map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
        {paths.length > 12 && <li>… and {paths.length - 12} more</li>}
      </ul>
    </Dialog>
  )
}
