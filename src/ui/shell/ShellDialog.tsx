import type { Dialog } from '#state/view.ts'
import { CompareDialog } from '#ui/cni/CompareDialog.tsx'
import { DetectDialog } from '#ui/cni/DetectDialog.tsx'
import { EditCheckDialog } from '#ui/checks/EditCheckDialog.tsx'
import { LiveTestsDialog } from '#ui/checks/LiveTestsDialog.tsx'
import { SuggestDialog } from '#ui/checks/SuggestDialog.tsx'
import { TakeTestsDialog } from '#ui/checks/TakeTestsDialog.tsx'
import { PasteDialog } from '#ui/files/PasteDialog.tsx'
import { useApp } from '#ui/kit/AppContext.tsx'
import { AuthorDialog } from '#ui/lessons/AuthorDialog.tsx'
import { HandInsDialog } from '#ui/lessons/HandInsDialog.tsx'
import { LessonsDialog } from '#ui/lessons/LessonsDialog.tsx'
import { SolutionDialog } from '#ui/lessons/SolutionDialog.tsx'
import { SummaryDialog } from '#ui/lessons/SummaryDialog.tsx'
import { ConflictDialog } from './dialogs/ConflictDialog.tsx'
import { DnsDialog } from './dialogs/DnsDialog.tsx'
import { ExportDialog } from './dialogs/ExportDialog.tsx'
import { PreviewDialog } from './dialogs/PreviewDialog.tsx'
import { ProtectDialog } from './dialogs/ProtectDialog.tsx'
import { ShareDialog } from './dialogs/ShareDialog.tsx'
import { WorkspacesDialog } from './dialogs/WorkspacesDialog.tsx'

/** A dialog of the shell; Find is always there, and those that add something to the picture belong to the canvas. */
export function ShellDialog({ dialog }: { readonly dialog: Dialog }) {
  const app = useApp()
  const close = (): void => app.actions.closeDialog()
  switch (dialog.type) {
    case 'paste':
      return <PasteDialog onClose={close} />
    case 'lessons':
      return <LessonsDialog onClose={close} />
    case 'solution':
      return <SolutionDialog onClose={close} />
    case 'summary':
      return <SummaryDialog onClose={close} />
    case 'author':
      return <AuthorDialog onClose={close} />
    case 'hand-ins':
      return <HandInsDialog onClose={close} />
    case 'export':
      return <ExportDialog onClose={close} />
    case 'share':
      return <ShareDialog onClose={close} />
    case 'workspaces':
      return <WorkspacesDialog onClose={close} />
    case 'preview':
      return <PreviewDialog plan={dialog.plan} next={dialog.next} onClose={close} />
    case 'dns':
      return <DnsDialog namespace={dialog.namespace} workload={dialog.workload} onClose={close} />
    case 'protect':
      return <ProtectDialog namespaces={dialog.namespaces} onClose={close} />
    case 'conflict':
      return <ConflictDialog paths={dialog.paths} />
    case 'compare-cnis':
      return <CompareDialog onClose={close} />
    case 'detect-cni':
      return <DetectDialog onClose={close} />
    case 'suggest-checks':
      return <SuggestDialog onClose={close} />
    case 'live-tests':
      return <LiveTestsDialog format={dialog.format} onClose={close} />
    case 'edit-check':
      return <EditCheckDialog check={dialog.check} onClose={close} />
    case 'take-tests':
      return <TakeTestsDialog name={dialog.name} text={dialog.text} onClose={close} />
    case 'find':
    case 'add-namespace':
    case 'add-workload':
    case 'add-ip-block':
      return null
  }
}
