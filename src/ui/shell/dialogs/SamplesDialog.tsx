import { SAMPLES } from '#state/samples.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import styles from './dialogs.module.css'

/** Examples to open, change and learn from; each becomes a workspace of its own. */
export function SamplesDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useApp()
  const open = (id: string): void => {
    onClose()
    void actions.openSample(id)
  }
  return (
    <Dialog
      title="Learn from a sample"
      description="Each opens as a workspace of its own; yours stays as it is."
      width={620}
      onClose={onClose}
    >
      <ul className={styles.samples}>
        {SAMPLES.map(({ id, name, about }) => (
          <li key={id}>
            <button type="button" className={styles.pick} onClick={() => open(id)}>
              <b>{name}</b>
              <small>{about}</small>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
