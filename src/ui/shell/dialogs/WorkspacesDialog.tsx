import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import styles from './dialogs.module.css'

/** All workspaces of this browser, the latest first. */
export function WorkspacesDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions, documents } = useApp()
  const all = useStore(documents, (state) => state.workspaces)
  const current = useStore(documents, (state) => state.workspace.id)
  const open = (id: string): void => {
    onClose()
    void actions.openWorkspace(id)
  }
  const make = (): void => {
    onClose()
    void actions.newWorkspace()
  }
  return (
    <Dialog
      title="Workspaces"
      description="They are kept in this browser only."
      width={560}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={make}>
          New workspace
        </Button>
      }
    >
      <ul className={styles.workspaces}>
        {all
          .toSorted((a, b) => b.changed - a.changed)
          .map(({ id, name, changed }) => (
            <li key={id}>
              <button
                type="button"
                className={styles.pick}
                onClick={() => open(id)}
                aria-current={id === current ? 'true' : undefined}
              >
                <b>{name}</b>
                <small>{id === current ? 'open now' : `changed ${DATE.format(changed)}`}</small>
              </button>
              <Button
                small
                variant="danger"
                aria-label={`Delete ${name}`}
                onClick={() => void actions.deleteWorkspace(id)}
              >
                Delete
              </Button>
            </li>
          ))}
      </ul>
    </Dialog>
  )
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
