import { lazy, Suspense } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { FindDialog } from './dialogs/FindDialog.tsx'
import { whenIdle } from './whenIdle.ts'

const load = async () => ({ default: (await import('./ShellDialog.tsx')).ShellDialog })
const ShellDialog = lazy(load)
whenIdle(load)

/** The dialog that is open, if one is; their code comes when the page has time. */
export function Dialogs() {
  const app = useApp()
  const dialog = useStore(app.view, (state) => state.dialog)
  // People type as soon as they have pressed the keys of Find: it must not come late.
  if (dialog?.type === 'find') return <FindDialog onClose={() => app.actions.closeDialog()} />
  return <Suspense>{dialog && <ShellDialog dialog={dialog} />}</Suspense>
}
