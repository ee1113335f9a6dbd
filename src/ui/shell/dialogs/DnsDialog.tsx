import { useState } from 'react'
import { endName } from '#core/model/end.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice } from '#ui/kit/Field.tsx'

interface Props {
  readonly namespace: string
  /** One workload of it, `Kind/name`; undefined: all of it. */
  readonly workload?: string | undefined
  readonly onClose: () => void
}

/** Egress of a namespace or a workload is about to be denied: names must still resolve. */
export function DnsDialog({ namespace, workload, onClose }: Props) {
  const { actions } = useApp()
  const [dns, setDns] = useState(true)
  const deny = (): void => {
    onClose()
    const common = { direction: 'egress', on: true, dns } as const
    void actions.carryOut(
      workload === undefined
        ? { type: 'default-deny', namespace, ...common }
        : { type: 'isolate', end: { namespace, workload }, ...common },
    )
  }
  const name = workload === undefined ? namespace : endName({ namespace, workload })
  const pods = workload === undefined ? 'Pods of the namespace' : 'Its pods'
  return (
    <Dialog
      title={`Deny egress from ${name}`}
      description={`${pods} may then connect only where a rule allows it.`}
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
