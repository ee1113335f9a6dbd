import { type ReactNode, useEffect, useMemo } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { DiffView } from '#ui/kit/DiffView.tsx'
import { fileDiffs } from '#ui/kit/fileDiffs.ts'
import styles from './dialogs.module.css'
import { useTeaching } from './useTeaching.ts'

/** The solution as the difference to the present texts, with the button that makes it theirs. */
export function SolutionDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const app = useApp()
  const teaching = useTeaching()
  const files = useStore(app.documents, (state) => state.files)
  useEffect(() => teaching.peek(), [teaching])
  const diffs = useMemo(() => fileDiffs(teaching.solution(), files), [teaching, files])
  return (
    <Dialog
      title="A solution"
      description="One of many: whatever reaches all goals is right."
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {diffs.length > 0 && (
            <Button
              variant="primary"
              onClick={() => {
                onClose()
                teaching.apply('solution')
              }}
            >
              Apply the solution
            </Button>
          )}
        </>
      }
    >
      <div className={styles.column}>
        {diffs.length === 0 && <p>Your texts are the same as the solution.</p>}
        {diffs.map((diff) => (
          <DiffView key={diff.path} diff={diff} />
        ))}
      </div>
    </Dialog>
  )
}
