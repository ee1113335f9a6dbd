import { useState } from 'react'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice } from '#ui/kit/Field.tsx'

/** Egress of a namespace is about to be denied: names must still resolve. */
export function DnsDialog({ namespace, onClose }: { readonly namespace: string; readonly onClose: () => void }) {
  const { actions } = useApp()
  const [dns, setDns] = useState(true)
  const deny = (): void => {
    onClose()
    void actions.carryOut({ type: 'default-deny', namespace, direction: 'egress', on: true, dns })
  }
  return (
    <Dialog
      title={`Deny egress from ${namespace}`}
      description="Pods of the namespace may then connect only where a rule allows it."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" data-autofocus onClick={deny}>
            Deny egress
          </Button>
        </>
      }
    >
      <Choice
        label="Keep DNS open"
        detail="Adds a rule to the cluster's DNS on UDP and TCP. Without it no name resolves, and nearly everything stops working."
        checked={dns}
        onChange={(event) => setDns(event.target.checked)}
      />
    </Dialog>
  )
}
