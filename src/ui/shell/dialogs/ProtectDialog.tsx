import { useId, useState } from 'react'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import styles from './dialogs.module.css'
import { StyleSelect } from './StyleSelect.tsx'

type Directions = 'ingress' | 'both'

const CHOICES: readonly { readonly id: Directions; readonly label: string; readonly detail: string }[] = [
  {
    id: 'ingress',
    label: 'What comes in',
    detail:
      'Each workload accepts only who needs it. What pods send stays open. The shorter way, and the usual first step.',
  },
  {
    id: 'both',
    label: 'Both ways',
    detail:
      'Pods send only what they need to send, too; DNS stays open. More text, and new connections need both ends.',
  },
]

/** How far to protect namespaces (none given: everything); the plan comes next, nothing changes here. */
export function ProtectDialog(props: { readonly namespaces: readonly string[]; readonly onClose: () => void }) {
  const { namespaces, onClose } = props
  const { actions } = useApp()
  const [directions, setDirections] = useState<Directions>('ingress')
  const group = useId()
  const plan = (): void => {
    onClose()
    void actions.carryOut({ type: 'protect', namespaces, directions })
  }
  return (
    <Dialog
      title={namespaces.length === 0 ? 'Protect everything' : `Protect ${namespaces.join(', ')}`}
      description="Writes the least that your checks, Services and container ports need, and denies the rest. You see it all before anything changes."
      width={500}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" data-autofocus onClick={plan}>
            Show the plan
          </Button>
        </>
      }
    >
      <fieldset className={styles.choices}>
        <legend>Deny by default</legend>
        {CHOICES.map(({ id, label, detail }) => (
          <Choice
            key={id}
            type="radio"
            name={group}
            label={label}
            detail={detail}
            checked={directions === id}
            onChange={() => setDirections(id)}
          />
        ))}
      </fieldset>
      <StyleSelect />
    </Dialog>
  )
}
