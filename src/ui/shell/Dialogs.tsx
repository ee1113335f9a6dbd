import { PasteDialog } from '#ui/files/PasteDialog.tsx'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { ConflictDialog } from './dialogs/ConflictDialog.tsx'
import { DnsDialog } from './dialogs/DnsDialog.tsx'
import { ExportDialog } from './dialogs/ExportDialog.tsx'
import { FindDialog } from './dialogs/FindDialog.tsx'
import { PreviewDialog } from './dialogs/PreviewDialog.tsx'
import { SamplesDialog } from './dialogs/SamplesDialog.tsx'
import { WorkspacesDialog } from './dialogs/WorkspacesDialog.tsx'

/** The dialog that is open, if one of the shell's is; those that add something to the picture belong to the canvas. */
export function Dialogs() {
  const app = useApp()
  const dialog = useStore(app.view, (state) => state.dialog)
  const close = (): void => app.actions.closeDialog()
  switch (dialog?.type) {
    case 'paste':
      return <PasteDialog onClose={close} />
    case 'samples':
      return <SamplesDialog onClose={close} />
    case 'export':
      return <ExportDialog onClose={close} />
    case 'workspaces':
      return <WorkspacesDialog onClose={close} />
    case 'find':
      return <FindDialog onClose={close} />
    case 'preview':
      return <PreviewDialog plan={dialog.plan} onClose={close} />
    case 'dns':
      return <DnsDialog namespace={dialog.namespace} onClose={close} />
    case 'conflict':
      return <ConflictDialog paths={dialog.paths} />
    case 'add-namespace':
    case 'add-workload':
    case 'add-ip-block':
    case undefined:
      return null
  }
}
