import { ChevronDown } from 'lucide-react'
import { type SyntheticEvent, useState } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { TextField } from '#ui/kit/Field.tsx'
import { Menu, type MenuEntries } from '#ui/kit/Menu.tsx'
import styles from './shell.module.css'

const RECENT = 8

/** The workspace's name, and everything that can be done with workspaces. */
export function WorkspaceMenu() {
  const app = useApp()
  const { actions } = app
  const current = useStore(app.documents, (state) => state.workspace)
  const all = useStore(app.documents, (state) => state.workspaces)
  const writable = useStore(app.documents, (state) => state.writable)
  const [renaming, setRenaming] = useState(false)
  const others = all
    .filter(({ id }) => id !== current.id)
    .toSorted((a, b) => b.changed - a.changed)
    .slice(0, RECENT)
  const entries: MenuEntries = [
    { label: 'Rename …', onSelect: () => setRenaming(true), disabled: !writable },
    { label: 'New workspace', detail: 'this one stays', onSelect: () => void actions.newWorkspace() },
    { label: 'Lessons and samples …', onSelect: () => actions.openDialog({ type: 'lessons' }) },
    ...(others.length === 0 ? [] : ['-' as const, { heading: 'Open' }]),
    ...others.map(({ id, name }) => ({ label: name, onSelect: () => void actions.openWorkspace(id) })),
    '-',
    { label: 'All workspaces …', onSelect: () => actions.openDialog({ type: 'workspaces' }) },
    { label: 'Delete this workspace', danger: true, onSelect: () => void actions.deleteWorkspace(current.id) },
  ]
  const trigger = (
    <Button variant="quiet" className={styles.workspace}>
      <span className="visually-hidden">Workspace </span>
      <span className={styles.name}>{current.name}</span>
      <ChevronDown size={13} aria-hidden />
    </Button>
  )
  return (
    <>
      <Menu trigger={trigger} entries={entries} />
      {renaming && <RenameDialog name={current.name} onClose={() => setRenaming(false)} />}
    </>
  )
}

function RenameDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const app = useApp()
  const [value, setValue] = useState(name)
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (value.trim() === '') return
    app.actions.renameWorkspace(value.trim())
    onClose()
  }
  return (
    <Dialog title="Rename the workspace" onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <TextField label="Name" value={value} onChange={setValue} data-autofocus />
        <p className={styles.formEnd}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={value.trim() === ''}>
            Rename
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
